"""The fast way through a block of text: whole lines checked and copied when every record is regular."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from segmentation.intake.read.limits import MAX_RECORD_BYTES

_FEW = 4
"""Quotes are few when one line in so many has some."""


@dataclass(frozen=True, slots=True)
class Block:
    """Records of a block as bytes without their line ends, the width of each, those that hold line breaks."""

    records: list[bytes]
    widths: list[int]
    folded: frozenset[int]
    end: int


def regular(data: bytes, *, delimiter: bytes, mark: bytes) -> Block | None:
    """The complete records of ``data``, or None when it must be read with care.

    With care: a quote elsewhere than around a cell, a lone carriage return outside quotes, no line end.
    """
    end = data.rfind(b"\n") + 1
    records = _lines(data[:end]) if end else None
    if mark and mark in data:
        widths = _widths(data[:end], records, delimiter, mark) if records is not None else None
        if records is None or widths is None:
            return _quoted(data, delimiter[0], mark[0])
        return Block(records, widths, frozenset(), end)
    if records is None:
        return None
    codes = np.frombuffer(data, dtype=np.uint8, count=end)
    return Block(records, _cells(codes, np.flatnonzero(codes == 10), delimiter), frozenset(), end)


def _cells(codes: NDArray[np.uint8], ends: NDArray[np.intp], delimiter: bytes) -> list[int]:
    """How many cells each line has, quotes apart; ``ends`` are the places of the line feeds."""
    starts = np.concatenate((np.zeros(1, dtype=np.intp), ends[:-1] + 1))
    cuts = (codes == delimiter[0]).view(np.uint8)
    counts: list[int] = (np.add.reduceat(cuts, starts, dtype=np.intp) + 1).tolist()
    return counts


def _widths(body: bytes, lines: list[bytes], delimiter: bytes, mark: bytes) -> list[int] | None:
    """The width of each line of ``body`` when few have quotes and each of those is a whole record, its quotes
    around cells: then no cell goes over several lines. None otherwise.
    """
    codes = np.frombuffer(body, dtype=np.uint8)
    ends = np.flatnonzero(codes == 10)
    quoted = np.unique(np.searchsorted(ends, np.flatnonzero(codes == mark[0]))).tolist()
    if len(quoted) * _FEW > len(lines):
        return None
    whole, cell = _patterns(delimiter, mark)
    widths = _cells(codes, ends, delimiter)
    for number in quoted:
        line = lines[number]
        if whole.fullmatch(line) is None:
            return None
        widths[number] = cell.sub(b"", line).count(delimiter) + 1
    return widths


@lru_cache(maxsize=8)
def _patterns(delimiter: bytes, mark: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A whole record, and a cell in quotes."""
    q, d = re.escape(mark), re.escape(delimiter)
    quoted = b"%b(?:[^%b]|%b%b)*+%b" % (q, q, q, q, q)
    cell = b"(?:%b|[^%b%b]*+)" % (quoted, q, d)
    return re.compile(b"%b(?:%b%b)*+" % (cell, d, cell)), re.compile(quoted)


def _lines(body: bytes) -> list[bytes] | None:
    """The lines of a text without quotes ended by a line feed; None when carriage returns stand alone."""
    returns = body.count(b"\r")
    if not returns:
        records = body.split(b"\n")
    elif returns == body.count(b"\r\n"):
        if returns == body.count(b"\n"):
            records = body.split(b"\r\n")
        else:
            records = body.replace(b"\r\n", b"\n").split(b"\n")
    else:
        return None
    records.pop()
    return records


def _quoted(data: bytes, delimiter: int, mark: int) -> Block | None:
    """The same for a text with quotes, all characters at once.

    ``inside`` is true from a quote that opens up to, and without, the one that closes.
    """
    codes = np.frombuffer(data, dtype=np.uint8)
    quotes = codes == mark
    inside = np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(np.bool_)
    breaks = codes == 10
    ends = np.flatnonzero(breaks & ~inside)
    if not len(ends):
        return None
    end = int(ends[-1]) + 1
    if end < len(data) - MAX_RECORD_BYTES:
        return None
    codes, quotes, inside, breaks = codes[:end], quotes[:end], inside[:end], breaks[:end]
    cuts = codes == delimiter
    returns = codes == 13
    if not _well_placed(quotes, inside, cuts | breaks | quotes, returns):
        return None
    if ((returns & ~inside)[:-1] & ~breaks[1:]).any():
        return None
    places = np.flatnonzero(cuts & ~inside)
    widths = (np.diff(np.searchsorted(places, ends), prepend=0) + 1).tolist()
    if len(ends) == int(np.count_nonzero(breaks)):
        records = data[:end].split(b"\n")
        records.pop()
        folded: frozenset[int] = frozenset()
    else:
        edges = [0, *(ends + 1).tolist()]
        records = [data[start : stop - 1] for start, stop in pairwise(edges)]
        folded = frozenset(np.searchsorted(ends, np.flatnonzero(breaks & inside)).tolist())
    if returns.any():
        records = [record.removesuffix(b"\r") for record in records]
    return Block(records, widths, folded, end)


def _well_placed(
    quotes: NDArray[np.bool_], inside: NDArray[np.bool_], edges: NDArray[np.bool_], returns: NDArray[np.bool_]
) -> bool:
    """Whether each quote opens right after an edge (cut, line end, quote) and closes right before one."""
    opened = quotes & inside
    closed = quotes & ~inside
    if (opened[1:] & ~edges[:-1]).any():
        return False
    after = edges | returns
    return not (closed[:-1] & ~after[1:]).any()
