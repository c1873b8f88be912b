"""A list as a workbook: the people, what this list is, and figures with charts that the spreadsheet draws.

Each cell is written by its type and never as a formula or a link. Rows go to disk as they come, so that a
large list takes little memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

import xlsxwriter

from segmentation.i18n import Words
from segmentation.lists.about import About, about_lines
from segmentation.lists.columns import TEXTS, ListColumn
from segmentation.lists.figures import Block, draw_figures
from segmentation.lists.safety import cell_text
from segmentation.results import Value

ROWS = 1_048_575
"""Rows of a sheet below its header; a longer list goes on in a second sheet."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}

_WIDTHS = {
    "email": 30,
    "phone": 16,
    "postal_code": 11,
    "date": 12,
    "datetime": 18,
    "boolean": 9,
    "address": 32,
}
_WIDEST, _EXACT_DIGITS, _FIRST_YEAR = 40, 10**15, 1900


@dataclass(eq=False, slots=True)
class Look:
    """The formats of one workbook, made when first asked."""

    book: Any
    w: Words
    currency: str
    _made: dict[str, Any]

    def of(self, kind: str) -> Any:
        """The format of a type of value, or of a part of the sheet ("header", "heading", "wrapped")."""
        if kind not in self._made:
            self._made[kind] = self.book.add_format(self._properties(kind))
        return self._made[kind]

    def _properties(self, kind: str) -> dict[str, object]:
        day = "dd/mm/yyyy" if self.w.language == "fr" else "d mmm yyyy"
        sign = {"EUR": "€", "USD": "$", "GBP": "£"}.get(self.currency, self.currency.replace('"', ""))
        properties: dict[str, dict[str, object]] = {
            "header": {"bold": True, "bg_color": "#0F766E", "font_color": "#FFFFFF", "text_wrap": True,
                       "valign": "vcenter"},
            "heading": {"bold": True, "font_color": "#0F766E", "font_size": 12},
            "label": {"valign": "top", "font_color": "#57534E"},
            "wrapped": {"text_wrap": True, "valign": "top", "align": "left"},
            "date": {"num_format": day, "align": "left"},
            "datetime": {"num_format": f"{day} hh:mm", "align": "left"},
            "money": {"num_format": f'#,##0.00 "{sign}"' if self.w.language == "fr" else f'"{sign}"#,##0.00'},
            "percent": {"num_format": "0.0%"},
            "integer": {"num_format": "#,##0"},
            "number": {"num_format": "#,##0.##"},
            "text": {"num_format": "@"},
        }  # fmt: skip
        return properties.get(kind, {})


def write_workbook(
    out: BinaryIO,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Value]],
    w: Words,
    *,
    about: About | None = None,
    figures: Sequence[Block] = (),
    currency: str = "EUR",
    most: int = ROWS,
) -> int:
    """Write the workbook; the number of people in it. Without ``about`` and ``figures``, only their sheet.

    ``most`` rows go in a sheet. ``out`` stays open.
    """
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        look = Look(book, w, currency, {})
        written = _people(book, look, columns, iter(rows), most)
        if about is not None:
            _about(book, look, about)
        if figures:
            draw_figures(book.add_worksheet(w("list.sheet.figures")), book, look.of, figures, w)
    return written


def write_sheets(
    out: BinaryIO,
    sheets: Sequence[tuple[str, Sequence[ListColumn], Sequence[Sequence[Value]]]],
    w: Words,
    *,
    currency: str = "EUR",
) -> None:
    """Write a workbook of several sheets: a title, columns and rows each. ``out`` stays open."""
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        look = Look(book, w, currency, {})
        for title, columns, rows in sheets:
            part = iter(rows)
            _part(book.add_worksheet(title[:31]), look, columns, next(part, None), part)


def _people(
    book: Any, look: Look, columns: Sequence[ListColumn], rows: Iterator[Sequence[Value]], most: int
) -> int:
    """The list, over as many sheets as it needs."""
    written, number = 0, 0
    while True:
        part = islice(rows, most)
        first = next(part, None)
        if first is None and number:
            return written
        number += 1
        name = look.w("list.sheet.list") + (f" ({number})" if number > 1 else "")
        written += _part(book.add_worksheet(name), look, columns, first, part)
        if first is None:
            return written


def _part(
    sheet: Any,
    look: Look,
    columns: Sequence[ListColumn],
    first: Sequence[Value] | None,
    rest: Iterable[Sequence[Value]],
) -> int:
    sheet.freeze_panes(1, 0)
    writers = []
    for place, column in enumerate(columns):
        kind = "text" if column.type in TEXTS or column.type == "list" else column.type
        width = max(_WIDTHS.get(column.type, 14), min(len(column.header) + 4, _WIDEST))
        sheet.set_column(place, place, width)
        writers.append(cell_writer(sheet, look, kind))
    sheet.set_row(0, 30)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, cell_text(column.header), look.of("header"))
    count = 0
    for row in _again(first, rest):
        count += 1
        for place, value in enumerate(row):
            if value is not None:
                writers[place](count, place, value)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    return count


def _again(first: Sequence[Value] | None, rest: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    if first is not None:
        yield first
        yield from rest


def cell_writer(sheet: Any, look: Look, kind: str) -> Callable[[int, int, Value], None]:
    """Writes values of one type; what a spreadsheet cannot hold in that type is written as text."""
    style, text = look.of(kind), look.of("text")

    def write(row: int, place: int, value: Value) -> None:
        match value:
            case bool():
                sheet.write_boolean(row, place, value)
            case int() | float() | Decimal() if kind != "text" and _is_exact(value):
                sheet.write_number(row, place, float(value), style)
            case float() if not math.isfinite(value):
                return
            case datetime() if value.year >= _FIRST_YEAR:
                sheet.write_datetime(row, place, value.replace(tzinfo=None), style)
            case date() if value.year >= _FIRST_YEAR:
                sheet.write_datetime(row, place, value, style)
            case datetime() | date():
                sheet.write_string(row, place, value.isoformat(), text)
            case list() | tuple():
                sheet.write_string(row, place, cell_text(", ".join(str(one) for one in value)), text)
            case _:
                sheet.write_string(row, place, cell_text(str(value)), text)

    return write


def _is_exact(number: int | float | Decimal) -> bool:
    """Whether a spreadsheet shows every figure of it: it keeps fifteen."""
    return math.isfinite(number) and -_EXACT_DIGITS < number < _EXACT_DIGITS


def _about(book: Any, look: Look, about: About) -> None:
    sheet = book.add_worksheet(look.w("list.sheet.about"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    for row, (label, value) in enumerate(about_lines(about, look.w)):
        heading = value is None
        sheet.write_string(row, 0, cell_text(label), look.of("heading" if heading else "label"))
        kind = {int: "integer", date: "date", datetime: "datetime"}.get(type(value), "wrapped")
        if isinstance(value, str):
            sheet.write_string(row, 1, cell_text(value), look.of("wrapped"))
        elif value is not None:
            cell_writer(sheet, look, kind)(row, 1, value)
