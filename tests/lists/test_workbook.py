"""The workbook read back by openpyxl: types, no formula, no link, what it says of itself, its charts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import openpyxl
import pytest

from segmentation.i18n import LANGUAGES, Words, words
from segmentation.lists.about import About
from segmentation.lists.columns import ListColumn
from segmentation.lists.figures import Block
from segmentation.lists.safety import LONGEST
from segmentation.lists.waterfall import Step, Waterfall
from segmentation.lists.workbook import write_workbook
from segmentation.results import Value
from tests.lists.payloads import DANGEROUS, HARMLESS, ODD

FR = words("fr")
TYPES = [
    "id",
    "phone",
    "postal_code",
    "integer",
    "number",
    "money",
    "percent",
    "date",
    "datetime",
    "boolean",
    "list",
]


def opened(rows: list[list[Value]], types: list[str], w: Words = FR, **more: Any) -> Any:
    out = io.BytesIO()
    columns = [ListColumn(f"c{n}", f"Colonne {n}", kind) for n, kind in enumerate(types)]
    more.setdefault("figures", ())
    assert write_workbook(out, columns, rows, w, **more) == len(rows)
    check_nothing_runs(out.getvalue())
    return openpyxl.load_workbook(out)


def check_nothing_runs(content: bytes) -> None:
    """No formula, no link, nothing outside the workbook, in any part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/sheet")]
        charts = b"".join(parts.read(name) for name in names if name.startswith("xl/charts/chart"))
    assert sheets
    assert all(formula.startswith(b"'") for formula in re.findall(rb"<c:f>(.*?)</c:f>", charts))
    assert not [name for name in names if "externalLink" in name or "vba" in name.lower()]
    for sheet in sheets:
        assert b"<f>" not in sheet
        assert b"<f " not in sheet
        assert b"<hyperlink" not in sheet


def test_each_type_is_written_as_itself() -> None:
    row = ["00123", "+33639980001", "01000", 12, 0.5, Decimal("1234.5"), 0.25, date(2026, 11, 22),
           datetime(2026, 11, 22, 14, 5), True, ["a", "b"]]  # fmt: skip
    sheet = opened([row, [None] * len(row)], TYPES).worksheets[0]
    cells = list(sheet[2])
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n", "n", "n", "n", "d", "d", "b", "s"]
    assert [cell.value for cell in cells[:7]] == ["00123", "+33639980001", "01000", 12, 0.5, 1234.5, 0.25]
    assert (cells[7].value, cells[8].value) == (datetime(2026, 11, 22), datetime(2026, 11, 22, 14, 5))
    assert (cells[9].value, cells[10].value) == (True, "a, b")
    assert cells[7].number_format == "dd/mm/yyyy"
    assert cells[5].number_format == '#,##0.00 "€"'
    assert cells[0].number_format == "@"
    assert {cell.value for cell in sheet[3]} == {None}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:K3")
    assert all(sheet.column_dimensions[letter].width >= 9 for letter in "ABCDEFGHIJK")


def test_what_a_spreadsheet_cannot_hold_is_text() -> None:
    types = ["date", "date", "datetime", "integer", "number", "money", "text", "date"]
    row = [date(1899, 12, 31), date(1, 1, 1), datetime(1800, 1, 1), 10**15, float("inf"), Decimal(10) ** 20,
           "é" * 40_000, date(1900, 1, 1)]  # fmt: skip
    assert opened([[5]], ["id"]).worksheets[0]["A2"].value == "5"
    cells = list(opened([row], types).worksheets[0][2])
    assert [cell.value for cell in cells[:4]] == [
        "1899-12-31",
        "0001-01-01",
        "1800-01-01T00:00:00",
        str(10**15),
    ]
    assert cells[4].value is None
    assert cells[5].value == str(10**20)
    assert len(cells[6].value) == LONGEST
    assert cells[7].data_type == "d"


@pytest.mark.parametrize("kind", ["text", "id", "name", "phone", "email", "url", "date", "money", "boolean"])
def test_no_payload_runs_whatever_the_type_of_its_column(kind: str) -> None:
    texts = [text for text in (*DANGEROUS, *HARMLESS, *ODD) if text]
    sheet = opened([[text] for text in texts], [kind]).worksheets[0]
    for text, (cell,) in zip(texts, sheet.iter_rows(min_row=2), strict=True):
        assert cell.data_type == "s", text
        assert cell.hyperlink is None
        escaped = text.replace("_x0041_", "_x005F_x0041_")  # as the format writes what looks like an escape
        assert cell.value == escaped.replace("\0", "").replace("\r", "\n"), text


def test_headers_and_names_cannot_run() -> None:
    out = io.BytesIO()
    columns = [ListColumn("c", text, "text") for text in DANGEROUS]
    block = Block("=cmd|' /C calc'!A0", [("=1+1", 2), ("@x", 1)])
    write_workbook(
        out, columns, [["x"] * len(columns)], FR, about=about(name="=1+1", reason="=2+2"), figures=[block]
    )
    check_nothing_runs(out.getvalue())
    book = openpyxl.load_workbook(out)
    assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }
    assert book.worksheets[0]["A1"].value == "=1+1"


def about(**changes: Any) -> About:
    steps = (Step("members", 10, 0), Step("consent", 8, 2, "unknown"), Step("opposed", 5, 3, "opposed"),
             Step("address", 5, 0), Step("list", 5, 0))  # fmt: skip
    told: dict[str, Any] = {
        "name": "Mes fidèles",
        "sentence": "Contacts de Lyon",
        "definition": {"field": "city", "op": "is", "value": "Lyon"},
        "found": Waterfall("email", steps, np.arange(5), 1),
        "as_of": date(2026, 11, 22),
        "made_at": datetime(2026, 11, 22, 14, 5),
        "version": 7,
        "segment_version": 3,
        "reason": "Salon du thé",
        "author": "Colette",
    }
    return About(**{**told, **changes})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sheet_says_what_this_list_is(language: str) -> None:
    w = words(language)
    book = opened([["x"]], ["text"], w, about=about())
    assert book.sheetnames == [w("list.sheet.list"), w("list.sheet.about")]
    rows = [(row[0].value, row[1].value) for row in book.worksheets[1].iter_rows()]
    said = dict(rows)
    assert said[w("list.about.sentence")] == "Contacts de Lyon"
    assert said["JSON"] == '{"field": "city", "op": "is", "value": "Lyon"}'
    assert said[w("list.about.as_of")] == datetime(2026, 11, 22)
    assert said[w("list.about.rows")] == 5
    assert "7" in str(said[w("list.about.version")])
    assert "3" in str(said[w("list.about.version")])
    assert (w("list.about.removed", n=2), w("list.reason.unknown")) in rows
    assert (w("list.about.removed", n=3), w("list.reason.opposed")) in rows
    assert (w("list.about.confirmed", n=1), "Salon du thé") in rows


def test_the_third_sheet_has_tables_and_native_charts() -> None:
    blocks = [Block("Ville", [("Lyon", 3), ("Paris", 1)]), Block("Âge", [("18–24 ans", 4)])]
    book = opened([["x"]], ["text"], about=about(), figures=blocks)
    sheet = book.worksheets[2]
    assert [row[0].value for row in sheet.iter_rows(max_row=4)] == ["Ville", None, "Lyon", "Paris"]
    assert (sheet["B3"].value, sheet["C3"].value) == (3, 0.75)
    assert len(sheet._charts) == 2
    series = sheet._charts[0].series[0]
    assert (series.val.numRef.f, series.cat.strRef.f) == ("'Chiffres'!$B$3:$B$4", "'Chiffres'!$A$3:$A$4")


@pytest.mark.parametrize(("people", "sheets"), [(0, 1), (1, 1), (5, 1), (6, 2), (11, 3)])
def test_a_list_longer_than_a_sheet_goes_on_in_another(people: int, sheets: int) -> None:
    book = opened([[str(n)] for n in range(people)], ["id"], most=5)
    assert len(book.worksheets) == sheets
    told = [
        cell.value
        for sheet in book.worksheets
        for (cell,) in sheet.iter_rows(min_row=2)
        if cell.value is not None
    ]
    assert told == [str(n) for n in range(people)]
    assert {sheet["A1"].value for sheet in book.worksheets} == {"Colonne 0"}
