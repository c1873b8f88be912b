"""The grid gets text and ids only, and understands what comes back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pages.parts.grid import _answer, cells
from segmentation.i18n import words
from segmentation.results import Column

COLUMNS = (
    Column("name", "Nom", literal=True),
    Column("total", "Total", "money", literal=True),
    Column("on", "Le", "date", literal=True),
    Column("at", "À", "datetime", literal=True),
    Column("vip", "VIP", "boolean", literal=True),
    Column("tags", "Groupes", "list", literal=True),
)


def test_cells_are_written_in_the_reader_s_language() -> None:
    row = ("Zoé\n<b>", Decimal("1234.5"), date(2026, 11, 22), datetime(2026, 11, 22, 14, 5), True, ["a", "b"])
    written = cells(COLUMNS, row, words("fr"))
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in written] == [
        "Zoé <b>", "1 234,50 €", "22 nov. 2026", "22 nov. 2026 14:05", "oui", "a, b",
    ]  # fmt: skip
    assert cells(COLUMNS, (None,) * 6, words("en")) == [""] * 6


def test_an_answer_names_known_columns_only() -> None:
    known = {"c0": COLUMNS[0], "c1": COLUMNS[1]}
    raw = {
        "ids": [3, "4"],
        "sort": [{"column": "c1", "descending": True}, {"column": "1; drop", "descending": False}],
    }
    answer = _answer(raw, known)
    assert answer.ids == ("3", "4")
    assert answer.sort == (("total", True),)
    assert _answer(None, known).ids == ()
