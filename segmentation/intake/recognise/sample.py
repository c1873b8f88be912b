"""Rows to look at, taken from the head of a table and from pieces spread over it."""

from __future__ import annotations

import csv
from typing import Final

from segmentation.intake.read.table import Table

_HEAD_ROWS: Final = 600
_PIECES: Final = 12
_PIECE_BYTES: Final = 1 << 15


def sample_rows(table: Table) -> list[list[str]]:
    """Up to about two thousand rows: the first 600, then pieces of the normalised file at equal distances."""
    rows = table.sample(_HEAD_ROWS)
    size = table.path.stat().st_size
    if len(rows) < _HEAD_ROWS or size < 4 * _PIECE_BYTES:
        return rows if len(rows) < _HEAD_ROWS else table.sample(2_000)
    width = len(table.headers) + 1
    with table.path.open("rb") as stream:
        for turn in range(1, _PIECES + 1):
            stream.seek(size * turn // (_PIECES + 1))
            stream.readline()
            text = stream.read(_PIECE_BYTES).decode("utf-8", "ignore")
            rows.extend(_whole_rows(text.rpartition("\n")[0], table, width)[:150])
    return rows


def _whole_rows(text: str, table: Table, width: int) -> list[list[str]]:
    """The rows of a piece that have their number and their width: a piece may begin inside a quoted cell."""
    records = csv.reader(text.splitlines(True), delimiter=table.path_delimiter, quotechar=table.path_quote)
    try:
        return [record[1:] for record in records if len(record) == width and record[0].isdigit()]
    except csv.Error:
        return []
