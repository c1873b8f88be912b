"""RFM: each buyer's recency, frequency and money against frozen limits give one of 25 cells and 11 names.

A score is 1 + the number of limits strictly below the value (recency runs the other way: 5 − the number of
limits strictly below the days), so equal values always have equal scores. Limits are derived once
(``derive_cuts``), kept with their date, and only change when someone accepts a recalibration
(``rfm_drift.py``). The grid gives each of the 25 cells exactly one of the 11 names in common use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
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

DAY_STEPS: tuple[int, ...] = (
    *(7, 14, 30, 45, 60, 90, 120, 180, 270, 365),
    *(395, 425, 455, 485, 515, 545, 575, 610, 640, 670, 700, 730),
)
"""Days a limit of recency may be rounded to: weeks and months that people say."""

FIXED_DAYS: tuple[int, ...] = (30, 90, 180, 365)
FIXED_ORDERS: tuple[int, ...] = (1, 2, 3, 5)
FEW = 50
"""Under this number of buyers money has no score and a name is shown only for cells of five and more."""
ENOUGH = 200
"""From this number of buyers limits come from the base's own quintiles."""
SMALL_CELL = 5


@dataclass(frozen=True, slots=True)
class Options:
    """How limits are chosen; the defaults are the *relative* mode.

    ``window_months``: orders older than this are not counted. ``pace`` multiplies the fixed days of a small
    base (a trade of slow purchases takes 2, a café 0.5). ``days``, ``orders``, ``amounts`` typed by a person
    (the *absolute* mode) replace what would be derived. ``rhythm_days`` (the *rhythm* mode) is the base's
    median gap between orders: recency is then cut at 1, 1.5, 2 and 3 times it. ``combine_fm`` puts the mean
    of F and M, rounded half up, on the column axis of the grid.
    """

    window_months: int = 24
    pace: float = 1.0
    days: tuple[int, ...] | None = None
    orders: tuple[int, ...] | None = None
    amounts: tuple[Decimal, ...] | None = None
    rhythm_days: float | None = None
    combine_fm: bool = False


RELATIVE = Options()


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


def derive_cuts(
    days: Sequence[float] | Numbers,
    orders: Sequence[float] | Numbers,
    amounts: Sequence[float] | Numbers,
    *,
    options: Options = RELATIVE,
    as_of: date | None = None,
) -> Cuts:
    """The limits for these buyers: days since the last order, orders and money inside the window.

    Buyers whose orders all precede the window must be left out: they are R1 F1 whatever the limits.
    Under 200 buyers recency is cut at 30/90/180/365 days; from 200 at its quintiles, rounded to ``DAY_STEPS``
    and strictly increasing. Orders are cut at 1/2/3/5, unless more than half the buyers reach six: then at
    the quintiles of their counts, strictly increasing. Money: nothing under 50 buyers, terciles under 200,
    else quintiles, rounded to two significant digits.
    """
    gone, count, spent = (np.asarray(values, dtype=np.float64) for values in (days, orders, amounts))
    cuts = Cuts(
        days=options.days or _day_cuts(gone, options),
        orders=options.orders or _order_cuts(count),
        amounts=options.amounts if options.amounts is not None else _money_cuts(spent[~np.isnan(spent)]),
        derived=as_of,
        customers=int(gone.size),
        window_months=options.window_months,
        combine_fm=options.combine_fm,
    )
    return replace(cuts, shares=level_shares(scores(gone, count, spent, cuts)))


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


def _day_cuts(days: Numbers, options: Options) -> tuple[int, ...]:
    if options.rhythm_days:
        return _increasing([max(1, math.ceil(options.rhythm_days * times)) for times in (1, 1.5, 2, 3)])
    if days.size < ENOUGH:
        return _increasing([max(1, round(fixed * options.pace)) for fixed in FIXED_DAYS])
    limits: list[int] = []
    for quantile in np.quantile(days, (0.2, 0.4, 0.6, 0.8)):
        steps = [step for step in _day_ladder(float(days.max())) if not limits or step > limits[-1]]
        limits.append(min(steps, key=lambda step: abs(step - quantile)))
    return tuple(limits)


def _day_ladder(longest: float) -> tuple[int, ...]:
    """The steps, continued by half-years far enough for four limits after any value."""
    ladder = list(DAY_STEPS)
    while ladder[-1] < longest or len(ladder) < len(DAY_STEPS) + 4:
        ladder.append(ladder[-1] + 182)
    return (*ladder, *(ladder[-1] + 182 * more for more in range(1, 5)))


def _order_cuts(orders: Numbers) -> tuple[int, ...]:
    if orders.size == 0 or np.mean(orders >= 6) <= 0.5:
        return FIXED_ORDERS
    return _increasing([int(limit) for limit in np.quantile(orders, (0.2, 0.4, 0.6, 0.8), method="lower")])


def _money_cuts(amounts: Numbers) -> tuple[Decimal, ...]:
    if amounts.size < FEW:
        return ()
    shares = (0.2, 0.4, 0.6, 0.8) if amounts.size >= ENOUGH else (1 / 3, 2 / 3)
    return tuple(two_digits(float(limit)) for limit in np.quantile(amounts, shares))


def two_digits(value: float) -> Decimal:
    """``value`` rounded to two significant digits: 1234.5 → 1200, 0.0457 → 0.046 (half to even)."""
    number = Decimal(repr(value))
    if number == 0:
        return Decimal(0)
    step = Decimal(1).scaleb(number.adjusted() - 1)
    rounded = number.quantize(step, rounding=ROUND_HALF_EVEN)
    return rounded if rounded.as_tuple().exponent <= 0 else Decimal(int(rounded))  # type: ignore[operator]


def _increasing(values: Sequence[int]) -> tuple[int, ...]:
    """The values, each at least one above the one before."""
    limits: list[int] = []
    for value in values:
        limits.append(max(value, limits[-1] + 1) if limits else value)
    return tuple(limits)


def _grid() -> NDArray[np.int8]:
    table = np.zeros((6, 6), dtype=np.int8)
    for (r, f), key in SEGMENTS.items():
        table[r, f] = KEYS.index(key)
    return table


_GROUP_OF = _grid()
