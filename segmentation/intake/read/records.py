"""Where records begin and end: one text split without ever letting a stray quote harm its neighbours.

A record is first read strictly (RFC 4180: a quote opens only at the start of a cell, closes only before a
delimiter or a line end). A line that cannot be read so is read alone, its misplaced quotes kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from segmentation.intake.read.limits import MAX_RECORD_BYTES

_LINE_ENDS: Final = re.compile(rb"(\r\n|\n|\r)")
_SPACES: Final = re.compile(rb" +")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are separated.

    ``delimiter``: one ASCII character, " " for runs of spaces, None for a single column.
    ``quote`` None: quotes mean nothing. ``escape``: a backslash where it protects quotes; None: doubled.
    """

    delimiter: str | None
    quote: str | None
    escape: str | None = None


class Record(NamedTuple):
    """One record of a text; a tuple, because a file holds millions."""

    line: bytes | None
    """Its bytes when they can be copied as they are: one line, its quotes all in their place."""
    width: int
    stray: bool
    """Whether a quote in it was misplaced."""
    end: int
    """Where it ends in the text given, line end included."""
    parsed: list[bytes] | None
    rules: Grammar

    @property
    def cells(self) -> list[bytes]:
        """Its cells, quotes removed."""
        return self.parsed if self.parsed is not None else cells_of(self.line or b"", self.rules)

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything but spaces."""
        return not any(cell.strip() for cell in self.cells)


class Grammar:
    """The regular expressions of one dialect."""

    __slots__ = (
        "cell",
        "closing",
        "dialect",
        "exact",
        "literal",
        "mark",
        "open",
        "record",
        "separator",
        "still",
    )

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.separator = (dialect.delimiter or "").encode()
        self.mark = (dialect.quote or "").encode()
        if not self.mark:
            return
        d, q = re.escape(self.separator), re.escape(self.mark)
        inner = rb"(?:[^%b]++|%b%b)*+" % (q, q, q)
        if dialect.escape:
            inner = rb"(?:[^%b\\]++|\\.|%b%b)*+" % (q, q, q)
        bare = rb"[^%b\r\n%b]*+" % (d, q) if d else rb"[^\r\n%b]*+" % q
        cell = rb" *+%b%b%b *+|%b" % (q, inner, q, bare)
        more = rb"(?:%b(?:%b))*+" % (d, cell) if d else b""
        flags = re.DOTALL
        tight = rb"%b%b%b|%b" % (q, inner, q, bare)
        tight_more = rb"(?:%b(?:%b))*+" % (d, tight) if d else b""
        self.exact = re.compile(rb"(?:%b)%b" % (tight, tight_more), flags)
        self.record = re.compile(rb"(?:%b)%b" % (cell, more), flags)
        before = rb"(?:(?:%b)%b)*+" % (cell, d) if d else b""
        self.open = re.compile(before + rb" *+%b%b" % (q, inner), flags)
        self.still = re.compile(inner, flags)
        self.closing = re.compile(inner + rb"%b *+%b" % (q, more), flags)
        end = rb"(?=%b|$)" % d if d else rb"$"
        self.cell = re.compile(rb" *+%b(%b)%b *+%b|(%b)" % (q, inner, q, end, bare), flags)
        anything = rb"[^%b]*+" % d if d else rb".*+"
        self.literal = re.compile(rb" *+%b(%b)%b *+%b|(%b)" % (q, inner, q, end, anything), flags)


@lru_cache(maxsize=64)
def grammar(dialect: Dialect) -> Grammar:
    """The expressions of a dialect, compiled once."""
    return Grammar(dialect)


def split(
    data: bytes, dialect: Dialect, *, final: bool, widths: frozenset[int] = frozenset()
) -> Iterator[Record]:
    """The records of ``data``; unless ``final``, an unfinished one at the end is left out.

    ``widths`` are the widths that are right: where reading quotes strictly would swallow whole lines and give
    another width while the next line alone has a right one, the line is read alone.
    """
    parts = _LINE_ENDS.split(data)
    lines = len(parts) // 2 + 1
    position, index = 0, 0
    rules = grammar(dialect)
    simple = bool(rules.separator) and rules.separator != b" " and not dialect.escape
    while index < lines:
        line = parts[2 * index]
        last = index == lines - 1
        if last and (not final or not line):
            return
        taken, parsed, stray = 1, None, False
        quoted = bool(rules.mark) and rules.mark in line
        width = line.count(rules.separator) + 1 if simple and not quoted else 0
        if simple and quoted and rules.exact.fullmatch(line):
            width = 1 + sum(piece.count(rules.separator) for piece in line.split(rules.mark)[::2])
        elif quoted:
            found = _quoted(parts, index, lines, rules, widths, final=final)
            if found is None:
                return
            taken, parsed, stray = found
        elif not simple:
            parsed = bare_cells(line, rules)
        elif widths and width not in widths and parts[2 * index + 1 : 2 * index + 2] == [b"\r"]:
            taken, parsed = _mended(parts, index, rules, widths)
        end = position + sum(map(len, parts[2 * index : 2 * (index + taken)]))
        if parsed is None:
            yield Record(line, width, stray, end, None, rules)
        else:
            yield Record(None, len(parsed), stray, end, parsed, rules)
        position, index = end, index + taken


def _mended(
    parts: list[bytes], index: int, rules: Grammar, widths: frozenset[int]
) -> tuple[int, list[bytes] | None]:
    """(lines taken, cells) of a line cut by a lone carriage return, when mending it gives a right width."""
    whole = parts[2 * index] + b" " + parts[2 * index + 2]
    cells = bare_cells(whole, rules)
    right = len(cells) in widths and not (rules.mark and rules.mark in whole)
    return (2, cells) if right else (1, None)


def bare_cells(line: bytes, rules: Grammar) -> list[bytes]:
    """The cells of a line in which quotes mean nothing."""
    if rules.separator == b" ":
        return _SPACES.split(line.strip(b" "))
    return line.split(rules.separator) if rules.separator else [line]


def _quoted(
    parts: list[bytes], index: int, lines: int, rules: Grammar, widths: frozenset[int], *, final: bool
) -> tuple[int, list[bytes], bool] | None:
    """(lines taken, cells, stray) of a record that starts at a line with quotes; None: needs more text."""
    line = parts[2 * index]
    if rules.record.fullmatch(line):
        return 1, cells_of(line, rules), False
    alone = cells_of(line, rules, literal=True)
    if not rules.open.fullmatch(line):
        return 1, alone, True
    taken, size = 1, len(line)
    while index + taken < lines and size <= MAX_RECORD_BYTES:
        following = parts[2 * (index + taken)]
        size += len(following) + 1
        unfinished = index + taken == lines - 1 and not final
        if rules.mark in following and not rules.still.fullmatch(following):
            if rules.closing.fullmatch(following):
                return _closed(parts, index, taken + 1, rules, widths, alone)
            if not rules.open.fullmatch(rules.mark + following):
                return (1, alone, True) if not unfinished else None
        if unfinished:
            return None
        taken += 1
    if not final and index + taken >= lines and size <= MAX_RECORD_BYTES:
        return None
    return 1, alone, True


def _closed(
    parts: list[bytes], index: int, taken: int, rules: Grammar, widths: frozenset[int], alone: list[bytes]
) -> tuple[int, list[bytes], bool]:
    """Chooses between a record over several lines and its first line alone."""
    cells = cells_of(b"".join(parts[2 * index : 2 * (index + taken) - 1]), rules)
    if widths and widths != {1}:
        following = [
            cells_of(parts[2 * (index + turn)], rules, literal=True) for turn in range(1, min(taken, 20))
        ]
        regular = [len(other) in widths for other in following]
        if len(alone) in widths and all(regular):
            return 1, alone, True
        if len(cells) not in widths and (len(alone) in widths or regular[0]):
            return 1, alone, True
    return taken, cells, False


def cells_of(text: bytes, rules: Grammar, *, literal: bool = False) -> list[bytes]:
    """The cells of one record, quotes removed; ``literal`` keeps a misplaced quote as a character."""
    if not rules.mark:
        return bare_cells(text, rules)
    if rules.separator == b" ":
        text = _SPACES.sub(b" ", text.strip(b" "))
    pattern = rules.literal if literal else rules.cell
    cells: list[bytes] = []
    position = 0
    while True:
        found = pattern.match(text, position)
        if found is None:
            return bare_cells(text, rules)
        quoted = found.group(1)
        cells.append(found.group(2) if quoted is None else _unescaped(quoted, rules))
        position = found.end()
        if position >= len(text) or not rules.separator:
            return cells
        position += 1


def _unescaped(cell: bytes, rules: Grammar) -> bytes:
    if rules.dialect.escape:
        cell = re.sub(rb"\\(.)", rb"\1", cell, flags=re.DOTALL)
    return cell.replace(rules.mark + rules.mark, rules.mark)


def written(cells: list[bytes], delimiter: bytes, mark: bytes) -> bytes:
    """One record as it is written in a normalised file: quoted where a reader would need it."""
    out = []
    for cell in cells:
        if (
            mark in cell
            or delimiter in cell
            or b"\n" in cell
            or b"\r" in cell
            or cell.startswith((b" ", b"#"))
        ):
            cell = mark + cell.replace(mark, mark + mark) + mark
        out.append(cell)
    return delimiter.join(out)
