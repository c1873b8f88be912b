"""The table a file turned out to be: what was understood, what was refused, and where its rows lie."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user decides over what would be guessed; ``None`` means guess.

    ``header_row`` is the 1-based row of the header in the file, as a spreadsheet numbers rows; 0 = no header.
    ``quote`` is one character; the empty string means that quotes mean nothing. ``from_disk``: the file did
    not come through a browser, and may be larger. ``language`` is the one in which columns are named when
    the form of the file names them by codes of its own.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    from_disk: bool = False
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A record that is not loaded: its row number in the file, its raw cells, a code ``reject.*``."""

    row_number: int
    values: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of text, and everything a person may want to know about how it was read.

    ``rows_read`` = rows in ``path`` + ``rows_refused``, always: every non-blank record below the header.
    A record whose cells are all empty is blank: neither read nor refused.

    ``path`` is a UTF-8 CSV made in the work directory: ``\\n`` ends records, the first line is a header
    (``_row`` and ``columns``), quotes are doubled inside quoted cells, cells keep their inner line
    breaks, no NUL. It is written with ``path_delimiter`` and ``path_quote`` (the file's own, so that regular
    records are copied, not rewritten). ``_row`` is the record's row number in the original file, counted as a
    spreadsheet would: preamble, header and blank records included. Load it with::

        read_csv(path, auto_detect=false, header=true, delim=path_delimiter, quote=path_quote,
                 escape=path_quote, columns={'_row': 'BIGINT', 'h000': 'VARCHAR', ...}, strict_mode=true)

    ``others`` are the sheets of its workbook that hold a table too, when none was asked for.

    An empty cell comes out as NULL or '' indifferently: both mean empty.
    """

    name: str
    format: str
    encoding: str | None
    delimiter: str | None
    quote: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    header_row: int
    headers: tuple[str, ...]
    rows_read: int
    rows_refused: int
    refused: tuple[RefusedRow, ...]
    skipped: int
    path: Path
    path_delimiter: str
    path_quote: str
    notes: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Internal names of the columns in ``path``, in order: h000, h001, …"""
        return internal_names(len(self.headers))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row kept, as (row number in the file, cells), streamed from ``path``."""
        with self.path.open(encoding="utf-8", newline="") as lines:
            records = csv.reader(lines, delimiter=self.path_delimiter, quotechar=self.path_quote, strict=True)
            next(records, None)
            for record in records:
                yield int(record[0]), record[1:]

    def sample(self, n: int) -> list[list[str]]:
        """The first ``n`` rows kept, without their row numbers."""
        return [cells for _, cells in islice(self.rows(), n)]


def internal_names(count: int) -> tuple[str, ...]:
    """Column names that no file chose: h000, h001, …"""
    return tuple(f"h{index:03d}" for index in range(count))


def letter(index: int) -> str:
    """A spreadsheet's name for the column at ``index`` (0 = A, 26 = AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def unique_headers(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Header texts made unique: an empty one becomes its letter, a repeated one gets " (2)", " (3)"."""
    names: list[str] = []
    taken: set[str] = set()
    for index in range(width):
        text = " ".join(cells[index].split()) if index < len(cells) else ""
        base = text or letter(index)
        name, turn = base, 2
        while name in taken:
            name, turn = f"{base} ({turn})", turn + 1
        taken.add(name)
        names.append(name)
    return tuple(names)
