"""A whole list: narrowed, written in both formats and languages, journalled; refused without a trace."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest

from segmentation.criteria.codec import segment_from_json
from segmentation.errors import ListError
from segmentation.i18n import LANGUAGES, words
from segmentation.lists.making import ListRequest
from segmentation.lists.waterfall import Waterfall
from segmentation.workspace import Workspace

EVERYONE = segment_from_json({"all": []})
FILE = (
    "Id;Nom;Ville;Date de naissance;E-mail;Code postal;Newsletter\n"
    "C1;=1+1;Lyon;02/03/1990;a@example.org;01000;oui\n"
    "C2;Œuf;Lyon;;b@example.org;69003;oui\n"
    "C3;Le Gall;Paris;;c@example.org;75001;\n"
    "C4;Dao;Paris;;d@example.org;75001;non\n"
    "C5;Roy;Lyon;;;69003;oui\n"
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "clients.csv").write_text(FILE, encoding="utf-8")
    with Workspace.open(folder / "base.duckdb", author="Colette") as base:
        base.set_as_of(date(2026, 11, 22))
        table = base.read(folder / "clients.csv")
        with base.prepare(base.request(table, base.recognise(table))) as prepared:
            base.commit(prepared)
        yield base


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_of_three_sheets(shop: Workspace, language: str) -> None:
    w, out = words(language), io.BytesIO()
    columns = ("last_name", "email", "postal_code", "birth_date", "city")
    asked = ListRequest(EVERYONE, "Tous", columns=columns, segment_version=2)
    export = shop.write_list(out, asked, w, file_name="liste.xlsx", segment_key="tous")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [w(f"list.sheet.{name}") for name in ("list", "about", "figures")]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == tuple(w(f"field.{code}") for code in columns)
    assert [row[0] for row in rows[1:]] == ["=1+1", "Œuf"]
    assert rows[1][2] == "01000"
    assert (book.worksheets[0]["A2"].data_type, book.worksheets[0]["D2"].is_date) == ("s", True)
    assert book.worksheets[2]["A3"].value == w("list.step.members")
    assert book.worksheets[2]._charts
    assert (export.rows, export.segment_key, export.segment_version) == (2, "tous", 2)
    assert export.columns == list(columns)
    assert export.exclusions == {"unknown": 1, "opposed": 1, "invalid": 1}
    assert shop.exports()[0] == export
    assert (export.author, export.as_of, export.version) == ("Colette", date(2026, 11, 22), shop.version)


def test_a_working_file_holds_every_member_and_says_it_is_not_to_send_from(shop: Workspace) -> None:
    out = io.BytesIO()
    export = shop.write_list(out, ListRequest(EVERYONE, "Tous", "none"), words("fr"), file_name="f.xlsx")
    assert (export.rows, export.channel, export.exclusions) == (5, "none", {})
    about = [row[1].value for row in openpyxl.load_workbook(out).worksheets[1].iter_rows()]
    assert "n’est pas une liste d’envoi" in str(about[-1])


def test_a_csv_with_the_usual_columns(shop: Workspace) -> None:
    out = io.BytesIO()
    export = shop.write_list(out, ListRequest(EVERYONE, "Tous", form="csv"), words("fr"), file_name="l.csv")
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == export.rows + 1 == 3
    assert rows[1] == ["C1", "", "", "'=1+1", "a@example.org"]


def test_people_to_confirm_leave_only_with_a_reason_that_is_kept(shop: Workspace) -> None:
    out = io.BytesIO()
    asked = ListRequest(EVERYONE, "Tous", form="csv", reason="Salon du thé")
    export = shop.write_list(out, asked, words("fr"), file_name="l.csv")
    assert (export.rows, export.reason) == (3, "Salon du thé")
    assert b"d@example.org" not in out.getvalue()
    unneeded = ListRequest(EVERYONE, "Tous", channel="post", form="csv", reason="Salon")
    with pytest.raises(ListError):
        shop.write_list(io.BytesIO(), unneeded, words("fr"), file_name="l.csv")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "sms"}, "error.list.nobody"),
        ({"channel": "fax"}, "error.list.channel"),
        ({"form": "pdf"}, "error.list.format"),
        ({"columns": ("nope",)}, "error.list.unknown_column"),
        ({"segment": segment_from_json({"field": "city", "op": "is", "value": "Nice"})}, "error.list.nobody"),
    ],
)
def test_a_list_that_cannot_be_made_writes_nothing(
    shop: Workspace, changes: dict[str, object], code: str
) -> None:
    out, before = io.BytesIO(), len(shop.exports())
    asked = ListRequest(**{"segment": EVERYONE, "name": "Tous", **changes})  # type: ignore[arg-type]
    with pytest.raises(ListError) as problem:
        shop.write_list(out, asked, words("fr"), file_name="l.xlsx")
    assert problem.value.code == code
    assert all(words(language)(code, **problem.value.values) for language in LANGUAGES)
    assert (out.getvalue(), len(shop.exports())) == (b"", before)


def test_the_waterfall_alone_journals_nothing(shop: Workspace) -> None:
    before = len(shop.exports())
    found = shop.found_list(ListRequest(EVERYONE, "Tous"))
    assert isinstance(found, Waterfall)
    assert [step.count for step in found.steps] == [5, 5, 4, 3, 2, 2]
    assert len(shop.exports()) == before
