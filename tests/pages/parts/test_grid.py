"""The grid gets text and ids only, and understands what comes back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pages.parts.grid import LETTER, Answer, _answer, _definition, cells
from segmentation.i18n import words
from segmentation.results import Column

COLUMNS = (
    Column("name", "Nom", literal=True),
    Column("total", "Total", "money", literal=True),
    Column("on", "Le", "date", literal=True),
    Column("at", "À", "datetime", literal=True),
    Column("vip", "VIP", "boolean", literal=True),
    Column("tags", "Groupes", "list", literal=True),
    Column("mobile", "Mobile", "phone", literal=True),
    Column("old", "Ancien", "phone", literal=True),
)


def test_cells_are_written_in_the_reader_s_language() -> None:
    row = ("Zoé\n<b>", Decimal("1234.5"), date(2026, 11, 22), datetime(2026, 11, 22, 14, 5), True, ["a", "b"])
    row += ("+33639981649", "poste 12")
    written = cells(COLUMNS, row, words("fr"))
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in written] == [
        "Zoé <b>", "1 234,50 €", "22 nov. 2026", "22 nov. 2026 14:05", "oui", "a, b", "+33 6 39 98 16 49",
        "poste 12",
    ]  # fmt: skip
    assert cells(COLUMNS, (None,) * 8, words("en")) == [""] * 8


def test_a_heading_is_never_cut_inside_a_word() -> None:
    narrow = _definition("c0", Column("a", "Nom", literal=True), words("fr"), None)["minWidth"]
    wide = _definition("c0", Column("b", "Anticonstitutionnellement lu", literal=True), words("fr"), None)
    assert wide["minWidth"] >= 25 * LETTER > narrow


def test_an_answer_names_known_columns_only() -> None:
    known = {"c0": COLUMNS[0], "c1": COLUMNS[1]}
    raw = {
        "ids": [3, "4"],
        "sort": [{"column": "c1", "descending": True}, {"column": "1; drop", "descending": False}],
    }
    answer = _answer(raw, known)
    assert answer.ids == ("3", "4")
    assert answer.sort == (("total", True),)
    assert (answer.opened, answer.heard) == (None, True)
    assert _answer({"opened": 7}, known).opened == "7"
    assert _answer(None, known) == Answer()
