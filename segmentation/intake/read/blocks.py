"""The fast way through a block of text: whole lines checked and copied when every record is regular."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segmentation.intake.read.limits import MAX_RECORD_BYTES


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
    if mark and mark in data:
        return _quoted(data, delimiter[0], mark[0])
    end = data.rfind(b"\n") + 1
    if not end:
        return None
    body = data[:end]
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
        if b"\r" in body:
            return None
    records = body.split(b"\n")
    records.pop()
    return Block(records, [record.count(delimiter) + 1 for record in records], frozenset(), end)


def _quoted(data: bytes, delimiter: int, mark: int) -> Block | None:
    codes = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(codes == mark)
    breaks = np.flatnonzero(codes == 10)
    before = np.searchsorted(quotes, breaks)
    outside = (before & 1) == 0
    ends = breaks[outside]
    if not len(ends):
        return None
    end = int(ends[-1]) + 1
    breaks = breaks[: int(np.searchsorted(breaks, end))]
    quotes = quotes[: int(before[len(breaks) - 1])]
    if end < len(data) - MAX_RECORD_BYTES:
        return None
    opens, closes = quotes[0::2], quotes[1::2]
    if not _well_placed(codes, opens, closes, delimiter, mark) or _lone_returns(codes[:end], quotes):
        return None
    cuts = np.flatnonzero(codes[:end] == delimiter)
    total = np.diff(np.searchsorted(cuts, ends), prepend=0)
    inner = np.searchsorted(cuts, closes) - np.searchsorted(cuts, opens)
    owner = np.searchsorted(ends, opens)
    hidden = np.bincount(owner, weights=inner, minlength=len(ends)).astype(np.int64)
    widths = (total - hidden + 1).tolist()
    if len(ends) == len(breaks):
        records = data[:end].split(b"\n")
        records.pop()
        folded: frozenset[int] = frozenset()
    else:
        edges = [0, *(ends + 1).tolist()]
        records = [data[start : stop - 1] for start, stop in zip(edges, edges[1:], strict=False)]
        inside = breaks[~outside[: len(breaks)]]
        folded = frozenset(np.searchsorted(ends, inside).tolist())
    if b"\r" in data:
        records = [record[:-1] if record.endswith(b"\r") else record for record in records]
    return Block(records, widths, folded, end)


def _well_placed(
    codes: NDArray[np.uint8], opens: NDArray[np.intp], closes: NDArray[np.intp], delimiter: int, mark: int
) -> bool:
    """Whether each quote opens right after a cut, closes right before one, or is doubled."""
    if not len(opens):
        return True
    left = codes[np.maximum(opens - 1, 0)]
    opened = (left == delimiter) | (left == 10) | (left == mark) | (opens == 0)
    right = codes[closes + 1]
    further = codes[np.minimum(closes + 2, len(codes) - 1)]
    closed = (right == delimiter) | (right == 10) | (right == mark) | ((right == 13) & (further == 10))
    return bool(opened.all() and closed.all())


def _lone_returns(codes: NDArray[np.uint8], quotes: NDArray[np.intp]) -> bool:
    """Whether a carriage return stands outside quotes without its line feed."""
    returns = np.flatnonzero(codes == 13)
    if not len(returns):
        return False
    lone = returns[codes[np.minimum(returns + 1, len(codes) - 1)] != 10]
    return bool(((np.searchsorted(quotes, lone) & 1) == 0).any())
