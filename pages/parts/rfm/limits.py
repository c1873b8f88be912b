"""The limits of RFM as a person says them: « 31 à 90 jours », « 4 ou 5 commandes »."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.i18n import Words
from segmentation.predictive.rfm import Cuts

LEVELS = (5, 4, 3, 2, 1)


def days(cuts: Cuts, r: int, w: Words, *, short: bool = False) -> str:
    """The days since the last order that give the score ``r``: 5 is the most recent."""
    return _between((*_bounds(cuts.days, 6 - r, first=0),), "days", w, short)


def orders(cuts: Cuts, f: int, w: Words, *, short: bool = False, none: bool = False) -> str:
    """The number of orders that gives the score ``f``; with ``combine_fm``, the score itself.

    ``none``: the lowest level also holds those who ordered nothing in the window.
    """
    if cuts.combine_fm:
        return w("page.rfm.score", n=f)
    if none and f == 1:
        return w(f"page.rfm.orders_up_to{'.short' if short else ''}", n=cuts.orders[0])
    return _between(_bounds(cuts.orders, f, first=1), "orders", w, short)


def cell(cuts: Cuts, r: int, f: int, w: Words) -> str:
    """What everyone in a cell has in common, in one phrase."""
    return w("page.rfm.cell", days=days(cuts, r, w), orders=orders(cuts, f, w))


def _bounds(limits: Sequence[int], level: int, *, first: int) -> tuple[int | None, int | None]:
    """From and to of the level, 1 to 5, both included; None where it is open."""
    low = first if level == 1 else limits[level - 2] + 1
    high = limits[level - 1] if level <= len(limits) else None
    return (None if low <= first and level == 1 else low), high


def _between(bounds: tuple[int | None, int | None], what: str, w: Words, short: bool) -> str:
    low, high = bounds
    tail = ".short" if short else ""
    if low is None:
        if what == "orders" and high == 1:
            return w(f"page.rfm.{what}_exactly{tail}", n=1)
        return w(f"page.rfm.{what}_up_to{tail}", n=high)
    if high is None:
        return w(f"page.rfm.{what}_from{tail}", n=low - 1 if what == "days" else low)
    if low == high:
        return w(f"page.rfm.{what}_exactly{tail}", n=low)
    if high == low + 1 and what == "orders":
        return w(f"page.rfm.{what}_either{tail}", a=low, b=high)
    return w(f"page.rfm.{what}_range{tail}", a=w.number(low, digits=0), b=w.number(high, digits=0))
