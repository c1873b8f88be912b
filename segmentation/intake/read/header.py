"""Which record names the columns: the first one filled like the table, if it does not look like data."""

from __future__ import annotations

import re
from typing import Final

from segmentation.intake.header_names import known_headers, normal_header
from segmentation.intake.read.dialect import modal_width
from segmentation.intake.read.records import Record

_MOST_HEADERS: Final = 3
MAX_PREAMBLE: Final = 60
"""A table starts within these many rows, or at the first."""

_FIGURE: Final = re.compile(r"[-+(]?[\d\s\u00a0\u202f.,']*\d[\s\u00a0]*[%€$)]?")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|\d{1,2}:\d{2}(:\d{2})?")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_YES_NO: Final = frozenset(
    ("true", "false", "vrai", "faux", "oui", "non", "yes", "no", "null", "none", "nan", "n/a")
)


def shape(cell: str) -> str:
    """What a cell looks like: empty, figure, date, email, yesno or text."""
    cell = cell.strip()
    if not cell:
        return "empty"
    if _EMAIL.fullmatch(cell):
        return "email"
    if _DATE.fullmatch(cell):
        return "date"
    if _FIGURE.fullmatch(cell):
        return "figure"
    return "yesno" if cell.lower() in _YES_NO else "text"


def find_header(records: list[Record]) -> tuple[int, int]:
    """(index of the first record of the table, how many records from there on name its columns)."""
    filled = [(index, record) for index, record in enumerate(records) if not record.blank]
    if not filled:
        return 0, 0
    width = modal_width([record for _, record in filled])
    start = _first_of_table(filled, width)
    return start, header_rows(records, start) if is_header(records, start) else 0


def header_rows(records: list[Record], start: int) -> int:
    """How many records name the columns from ``start`` on: those that follow it count when they hold words
    alone, over at least two columns that hold figures or dates and none that they could belong to."""
    rows = 1
    while rows < _MOST_HEADERS and start + rows + 1 < len(records) and _goes_on(records, start + rows):
        rows += 1
    return rows


def _goes_on(records: list[Record], place: int) -> bool:
    record = records[place]
    cells = [cell.decode("utf-8", "replace") for cell in record.cells]
    words = [cell for cell in cells if cell.strip()]
    if len(words) < 2 or any(shape(cell) != "text" for cell in words):
        return False
    if len(record.cells) != len(records[place - 1].cells):
        return False
    below = [row for row in records[place + _MOST_HEADERS - 1 :] if not row.blank][:200]
    return len(below) > 1 and _differs(cells, below) >= 2 and _alone(cells, below)


def _alone(cells: list[str], below: list[Record]) -> bool:
    """Whether no word of these cells comes back below them."""
    seen = {cell.decode("utf-8", "replace").strip() for row in below for cell in row.cells}
    return not any(cell.strip() in seen for cell in cells if cell.strip())


def joined_names(records: list[Record]) -> list[str]:
    """The names of the columns over several header records, top down, a repeated word once.

    A first record that only names groups of columns is left out when the names below tell them apart.
    """
    if len(records) > 1 and _fill(records[0]) < 0.7 * _fill(records[1]):
        alone = joined_names(records[1:])
        if all(alone) and len(set(alone)) == len(alone):
            return alone
    columns: list[list[str]] = []
    for record in records:
        for column, cell in enumerate(record.cells):
            if column == len(columns):
                columns.append([])
            text = " ".join(cell.decode("utf-8", "replace").split())
            if text and text not in columns[column]:
                columns[column].append(text)
    return [" ".join(words) for words in columns]


def _first_of_table(filled: list[tuple[int, Record]], width: int) -> int:
    """Index of the first record that is as wide and about as filled as the others."""
    head = filled[:MAX_PREAMBLE]
    counts = sorted(_fill(record) for _, record in filled if len(record.cells) == width)
    usual = counts[len(counts) // 2] if counts else 1
    needed = 1 if width == 1 else max(2, min(usual, round(width * 0.6)))
    for index, record in head:
        if abs(len(record.cells) - width) <= 1 and _fill(record) >= needed:
            return index
        if _fill(record) >= 2 and _names(record) >= max(2, _fill(record) * 0.5):
            return index
    return filled[0][0] if width == 1 else next((i for i, r in head if len(r.cells) == width), filled[0][0])


def is_header(records: list[Record], start: int) -> bool:
    """Whether the record at ``start`` names the columns of those below it."""
    first = [cell.decode("utf-8", "replace") for cell in records[start].cells]
    texts = [cell for cell in first if cell.strip()]
    below = [record for record in records[start + 1 :] if not record.blank][:200]
    shapes = [shape(cell) for cell in texts]
    if any(kind in ("email", "date") for kind in shapes):
        return False
    known = _names(records[start])
    if known and known >= len(texts) * 0.3:
        return True
    if not below:
        return "figure" not in shapes and "yesno" not in shapes and bool(texts)
    if sum(kind == "figure" for kind in shapes) > len(shapes) * 0.4:
        return False
    return _differs(first, below) >= 0


def _differs(first: list[str], below: list[Record]) -> float:
    """Votes of the columns: + when the first cell is unlike those below, - when it is one of them."""
    votes = 0.0
    for column, cell in enumerate(first):
        values = [r.cells[column].decode("utf-8", "replace").strip() for r in below if column < len(r.cells)]
        values = [value for value in values if value]
        if not values or not cell.strip():
            continue
        kinds = {shape(value) for value in values}
        own = shape(cell)
        if own == "text" and "text" not in kinds:
            votes += 1
        elif own != "text" and kinds == {own}:
            votes -= 1
        elif values.count(cell.strip()) >= 1:
            votes -= 0.75
    return votes


def _fill(record: Record) -> int:
    return sum(bool(cell.strip()) for cell in record.cells)


def _names(record: Record) -> int:
    """How many cells are names of known fields."""
    known = known_headers()
    return sum(normal_header(cell.decode("utf-8", "replace")) in known for cell in record.cells)
