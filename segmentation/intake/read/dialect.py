"""Which delimiter and quote a text uses: the pair that makes the most regular and most typed table."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final

from segmentation.intake.read.records import Dialect, Record, split

DELIMITERS: Final = (";", ",", "\t", "|")
"""Looked for in this order; the first wins a tie. Runs of spaces are tried when none of them cuts."""

_ROWS: Final = 300

_TYPED: Final = re.compile(
    rb"""\s*(?:
      [-+]?[\d\s\xa0.,']*\d\s*(?:%|\xe2\x82\xac|EUR|\$)?          # number
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T\s]\d{1,2}:\d{2}.*)?    # date
    | \d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?                          # time
    | [^@\s;,|]+@[^@\s;,|]+\.\w{2,}                               # e-mail
    | https?://\S+ | www\.\S+
    | \+?[\d\s().-]{8,}
    | true|false|vrai|faux|oui|non|yes|no|null|n/?a|[ynxof]|-
    | [^\W\d_][\w'\xe2\x80\x99. \-\x80-\xff]*                      # words
    )?\s*""",
    re.I | re.X,
)


def detect(data: bytes, *, final: bool, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """The dialect of a UTF-8 sample; ``delimiter`` and ``quote`` are the user's choice ("" = no quote)."""
    delimiters = (delimiter,) if delimiter else tuple(d for d in DELIMITERS if d.encode() in data)
    best: tuple[float, Dialect] | None = None
    for mark in _quotes(data, quote):
        for candidate in delimiters:
            dialect = _escaped(data, Dialect(candidate, mark))
            value = score(data, dialect, final=final)
            if best is None or value > best[0] + 1e-9:
                best = (value, dialect)
    if best is not None and (delimiter or best[0] > 0):
        return best[1]
    marks = _quotes(data, quote)
    if not delimiter and _in_columns_of_spaces(data):
        return Dialect(" ", marks[0] if marks[0] and marks[0].encode() in data else None)
    return Dialect(delimiter, marks[0])


def separator_line(data: bytes) -> tuple[str, int] | None:
    """The delimiter named by a first line ``sep=;`` and that line's length."""
    found = re.match(rb'"?sep=(\\t|[^\r\n])"?[ ;,\t]*(\r\n|\n|\r|$)', data, re.I)
    if found is None:
        return None
    return found.group(1).decode().replace("\\t", "\t"), found.end()


def score(data: bytes, dialect: Dialect, *, final: bool) -> float:
    """Regularity of widths x share of cells that look like something; 0 when everything is one column.

    Regularity: over the rows, weighted by width w, (w-1)/w times the share of rows of the commonest width.
    """
    rows = [row for row in islice(split(data, dialect, final=final), _ROWS) if not row.blank]
    if not rows:
        return 0.0
    widths = Counter(len(row.cells) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width == 1:
        return 0.0
    regular = sum(n * n * (w - 1) / w for w, n in widths.items()) / len(rows) ** 2
    regular = max(regular, count / len(rows) * (width - 1) / width * 0.9)
    cells = [cell for row in rows if len(row.cells) == width for cell in row.cells]
    typed = sum(_looks_typed(cell) for cell in cells) / len(cells)
    stray = sum(row.stray for row in rows) / len(rows)
    return regular * (0.2 + 0.8 * typed) * (1 - 0.5 * stray)


def modal_width(rows: list[Record]) -> int:
    """The commonest width, the larger one on a tie; 1 for no row."""
    widths = Counter(len(row.cells) for row in rows)
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 1


def _looks_typed(cell: bytes) -> bool:
    return len(cell) < 200 and _TYPED.fullmatch(cell) is not None


def _quotes(data: bytes, quote: str | None) -> tuple[str | None, ...]:
    if quote is not None:
        return (quote or None,)
    if re.search(rb"(?:^|[;,\t|\n])'[^'\n]*'(?:[;,\t|\r\n]|$)", data) and data.count(b"'") > data.count(b'"'):
        return ('"', "'")
    return ('"',)


def _escaped(data: bytes, dialect: Dialect) -> Dialect:
    """The same dialect with backslash escapes when the text protects quotes so, and never by doubling."""
    mark = (dialect.quote or "").encode()
    if not mark or b"\\" + mark not in data:
        return dialect
    inside = len(re.findall(rb"[^\s;,|\t]\\" + mark + rb"[^\r\n;,|\t]", data))
    return Dialect(dialect.delimiter, dialect.quote, "\\") if inside else dialect


def _in_columns_of_spaces(data: bytes) -> bool:
    """Whether every line has the same number (> 1) of words apart, and they are aligned or mostly numbers."""
    lines = [line for line in data.splitlines()[:_ROWS] if line.strip()][:-1] or data.splitlines()[:1]
    words = [line.split() for line in lines]
    if len(words) < 2 or len({len(row) for row in words[1:]}) != 1 or len(words[-1]) < 2:
        return False
    aligned = sum(b"  " in line.strip() or line.startswith(b" ") for line in lines) / len(lines)
    figures = sum(word[:1].isdigit() for row in words[1:] for word in row) / sum(map(len, words[1:]))
    return aligned > 0.8 or (figures > 0.7 and len(words[-1]) > 2)
