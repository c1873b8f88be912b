"""Everything held of one person: all they are owed, every value ever given, and no cell that runs."""

from __future__ import annotations

import io

import openpyxl
import pytest

from segmentation.criteria.codec import segment_from_json
from segmentation.errors import InputError
from segmentation.i18n import LANGUAGES, words
from segmentation.lists.making import ListRequest
from segmentation.store.journal import read_journal
from segmentation.workspace import Workspace
from tests.bringing import bring

PEOPLE = (
    "Id;Prénom;Nom;E-mail;Mobile;Ville;Accepte e-mails;Groupe;Bonus\n"
    "C1;Ana;=1+1;ana@example.com;0639980001;Lyon;oui;vip;7\nC2;Bob;Noir;bob@example.com;;Lyon;oui;;\n"
)
ORDERS = "Référence;Date;Montant;Id client\n" + "".join(f"O{n};01/03/2026;20,00;C1\n" for n in range(230))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_all_of_one_person_and_nothing_of_another(empty: Workspace, language: str) -> None:
    w, out = words(language), io.BytesIO()
    bring(empty, PEOPLE)
    bring(empty, ORDERS)
    empty.edit_contact(1, {"city": "Paris"})
    empty.segments.save("Parisiens", {"field": "city", "op": "is", "value": "Paris"})
    everyone = ListRequest(segment_from_json({"all": []}), "Tous", "email")
    empty.write_list(io.BytesIO(), everyone, w, file_name="tous.xlsx")
    empty.export_held(out, 1, w)
    book = openpyxl.load_workbook(out)
    names = ("now", "history", "orders", "events", "consents", "groups", "lists")
    assert book.sheetnames == [w(f"held.sheet.{name}") for name in names]
    cells = {
        name: list(sheet.iter_rows(min_row=2, values_only=True))
        for name, sheet in zip(names, book.worksheets, strict=True)
    }
    now = {row[0]: row[1] for row in cells["now"]}
    assert (now[w("field.city")], now[w("field.last_name")]) == ("Paris", "=1+1")
    given = {row[1] for row in cells["history"]}
    assert {"Lyon", "Paris", "ana@example.com"} <= given
    assert len(cells["orders"]) == 230
    assert next(row[1] for row in cells["groups"]) == "vip"
    assert "Parisiens" in {row[1] for row in cells["groups"]}
    assert [row[1] for row in cells["lists"]] == ["Tous"]
    assert cells["consents"][0][1] == w("consent.yes")
    assert not any("bob@" in str(cell) for rows in cells.values() for row in rows for cell in row)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    (entry, *_) = read_journal(empty.database)
    assert (entry.action, entry.details) == ("held", {"contact_id": 1})
    with pytest.raises(InputError):
        empty.export_held(io.BytesIO(), 9, w)
