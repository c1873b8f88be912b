"""RFM: each buyer's recency, frequency and money against frozen limits give one of 25 cells and 11 names.

A score is 1 + the number of limits strictly below the value (recency runs the other way: 5 − the number of
limits strictly below the days), so equal values always have equal scores. Limits are derived once
(``rfm_limits.py``), kept with their date, and only change when someone accepts a recalibration
(``rfm_drift.py``). The grid gives each of the 25 cells exactly one of the 11 names in common use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Scores = NDArray[np.int8]

KEYS: tuple[str, ...] = (
    "champions",
    "loyal",
    "potential_loyalist",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cant_lose",
    "hibernating",
    "lost",
)
"""The 11 groups of buyers in the order of their colours; their names are the words ``rfm.<key>``."""

PROSPECTS = "prospects"
"""The state of who never ordered: outside the grid, never R1."""

_ROWS: Mapping[int, str] = {  # from F1 to F5, as indices of KEYS
    5: "new potential_loyalist potential_loyalist champions champions",
    4: "promising potential_loyalist potential_loyalist loyal loyal",
    3: "about_to_sleep about_to_sleep need_attention loyal loyal",
    2: "hibernating hibernating at_risk at_risk cant_lose",
    1: "lost lost at_risk at_risk cant_lose",
}
SEGMENTS: Mapping[tuple[int, int], str] = MappingProxyType(
    {(r, f): key for r, row in _ROWS.items() for f, key in enumerate(row.split(), start=1)}
)
"""(R score, F score) → group: 25 cells, each exactly once."""

VALUE_TIERS: Mapping[int, str] = MappingProxyType(
    {1: "standard", 2: "standard", 3: "standard", 4: "high", 5: "vip"}
)
"""M score → tier of value, shown beside the group and never part of it."""

FIXED_DAYS: tuple[int, ...] = (30, 90, 180, 365)
FIXED_ORDERS: tuple[int, ...] = (1, 2, 3, 5)
FEW = 50
"""Under this number of buyers money has no score and a name is shown only for cells of five and more."""
SMALL_CELL = 5


@dataclass(frozen=True, slots=True)
class Cuts:
    """Frozen limits: four of days and orders; four (scores 1–5), two (1, 3, 5) or no limit of money.

    ``derived`` is the as-of date they were derived at, ``customers`` the buyers they came from, and
    ``shares`` the share of buyers at each level ("r", "f", "m": levels 1 to 5) then, to measure drift.
    """

    days: tuple[int, ...] = FIXED_DAYS
    orders: tuple[int, ...] = FIXED_ORDERS
    amounts: tuple[Decimal, ...] = ()
    derived: date | None = None
    customers: int = 0
    window_months: int = 24
    combine_fm: bool = False
    shares: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def money_step(self) -> int:
        """How many levels one limit of money is worth: 1 with quintiles, 2 with terciles."""
        return 2 if len(self.amounts) == 2 else 1


class Scored(NamedTuple):
    """The scores of buyers, in their order: int8 arrays; ``m`` is 0 where money has no score."""

    r: Scores
    f: Scores
    m: Scores


def scores(
    days: Sequence[float] | Numbers,
    orders: Sequence[float] | Numbers,
    amounts: Sequence[float] | Numbers,
    cuts: Cuts,
    *,
    before_window: Sequence[bool] | NDArray[np.bool_] | None = None,
) -> Scored:
    """R, F and M of each buyer; those marked ``before_window`` are R1, F1, M1. An unknown amount has M 0."""
    gone, count, spent = (np.asarray(values, dtype=np.float64) for values in (days, orders, amounts))
    r = (5 - _above(gone, cuts.days)).astype(np.int8)
    f = (1 + _above(count, cuts.orders)).astype(np.int8)
    m = (1 + cuts.money_step * _above(spent, cuts.amounts)).astype(np.int8)
    if before_window is not None:
        old = np.asarray(before_window, dtype=bool)
        r[old], f[old], m[old] = 1, 1, 1
    m[np.isnan(spent)] = 0
    if not cuts.amounts:
        m[:] = 0
    return Scored(r, f, m)


def column_axis(scored: Scored, cuts: Cuts) -> Scores:
    """The column of the grid: F, or (F + M) / 2 rounded half up when the limits say so and M is known."""
    if not cuts.combine_fm:
        return scored.f
    mixed = (scored.f + scored.m + 1) // 2
    return np.where(scored.m > 0, mixed, scored.f).astype(np.int8)


def groups(scored: Scored, cuts: Cuts) -> NDArray[np.int8]:
    """The group of each buyer as an index of ``KEYS``."""
    return _GROUP_OF[scored.r, column_axis(scored, cuts)]


def level_shares(scored: Scored) -> dict[str, tuple[float, ...]]:
    """The share of buyers at each level 1 to 5 of R, F and M; a dimension without scores is left out."""
    shares: dict[str, tuple[float, ...]] = {}
    for name, values in zip("rfm", scored, strict=True):
        known = values[values > 0]
        if known.size:
            counted = np.bincount(known, minlength=6)[1:6]
            shares[name] = tuple(round(float(n) / known.size, 6) for n in counted)
    return shares


def _above(values: Numbers, cuts: Sequence[int | Decimal]) -> NDArray[np.int64]:
    """How many limits lie strictly below each value."""
    limits = np.array([float(cut) for cut in cuts], dtype=np.float64)
    return np.searchsorted(np.sort(limits), values, side="left").astype(np.int64)


def _grid() -> NDArray[np.int8]:
    table = np.zeros((6, 6), dtype=np.int8)
    for (r, f), key in SEGMENTS.items():
        table[r, f] = KEYS.index(key)
    return table


_GROUP_OF = _grid()
