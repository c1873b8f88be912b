"""Where the limits of RFM come from: quintiles rounded to what people say, or limits typed by hand.

Derived once for the buyers of the window, then kept (``segmentation.predictive.rfm``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

import numpy as np

from segmentation.errors import InputError
from segmentation.predictive.rfm import FEW, FIXED_DAYS, FIXED_ORDERS, Cuts, Numbers, level_shares, scores

DAY_STEPS: tuple[int, ...] = (
    *(7, 14, 30, 45, 60, 90, 120, 180, 270, 365),
    *(395, 425, 455, 485, 515, 545, 575, 610, 640, 670, 700, 730),
)
"""Days a limit of recency may be rounded to: weeks and months that people say."""

ENOUGH = 200
"""From this number of buyers limits come from the base's own quintiles."""


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


def typed(
    options: Options,
    *,
    days: tuple[int, ...] | None = None,
    orders: tuple[int, ...] | None = None,
    amounts: tuple[Decimal, ...] | None = None,
) -> Options:
    """``options`` with limits typed by a person, or without any when none is given.

    Four limits of days (from 0) and of orders (from 1), four, two or no limit of money, each above the one
    before; else InputError ``error.rfm.days``, ``error.rfm.orders`` or ``error.rfm.amounts``.
    """
    if days is not None and not (len(days) == 4 and days[0] >= 0 and _rising(days)):
        raise InputError("error.rfm.days")
    if orders is not None and not (len(orders) == 4 and orders[0] >= 1 and _rising(orders)):
        raise InputError("error.rfm.orders")
    if amounts is not None and not (len(amounts) in (0, 2, 4) and _rising(amounts)):
        raise InputError("error.rfm.amounts")
    return replace(options, days=days, orders=orders, amounts=amounts)


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


def _rising(values: Sequence[int | Decimal]) -> bool:
    return all(low < high for low, high in pairwise(values))


def _increasing(values: Sequence[int]) -> tuple[int, ...]:
    """The values, each at least one above the one before."""
    limits: list[int] = []
    for value in values:
        limits.append(max(value, limits[-1] + 1) if limits else value)
    return tuple(limits)
