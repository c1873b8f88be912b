"""Limits of RFM: the rules by size of base, the frequencies published for CDNOW, limits typed by hand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from segmentation.errors import InputError
from segmentation.predictive.rfm import scores
from segmentation.predictive.rfm_limits import DAY_STEPS, Options, derive_cuts, two_digits, typed


def test_steps_rise() -> None:
    assert all(a < b for a, b in pairwise(DAY_STEPS))


def test_cdnow_frequencies_are_those_published() -> None:
    """23,502 buyers of CDNOW by number of orders: fixed limits give the five levels of the table."""
    orders = np.repeat([1, 2, 3, 4, 5, 6, 9], [13015, 4345, 2220, 1200, 868, 1000, 854])
    cuts = derive_cuts(np.arange(orders.size) % 500, orders, orders * 10.0)
    assert cuts.orders == (1, 2, 3, 5)
    counted = Counter(scores(np.zeros(orders.size), orders, orders, cuts).f.tolist())
    assert [counted[level] for level in range(1, 6)] == [13015, 4345, 2220, 2068, 1854]


def test_regular_trades_get_quantiles_of_their_counts() -> None:
    orders = np.arange(1, 301)
    cuts = derive_cuts(orders, orders, orders)
    assert cuts.orders == (60, 120, 180, 240)
    same = derive_cuts(np.ones(300), np.full(300, 8), np.ones(300))
    assert same.orders == (8, 9, 10, 11)
    exactly_half = np.repeat([1, 6], 100)
    assert derive_cuts(exactly_half, exactly_half, exactly_half).orders == (1, 2, 3, 5)


@pytest.mark.parametrize(("customers", "limits"), [(0, 0), (49, 0), (50, 2), (199, 2), (200, 4), (1000, 4)])
def test_size_of_the_base_decides_the_limits_of_money(customers: int, limits: int) -> None:
    values = np.arange(customers, dtype=float)
    assert len(derive_cuts(values, values, values).amounts) == limits


def test_small_bases_have_fixed_days_and_large_ones_their_quintiles() -> None:
    assert derive_cuts(np.arange(199), np.ones(199), np.ones(199)).days == (30, 90, 180, 365)
    assert derive_cuts(np.arange(199), np.ones(199), np.ones(199), options=Options(pace=2)).days == (
        60,
        180,
        360,
        730,
    )
    assert derive_cuts(np.arange(500), np.ones(500), np.ones(500)).days == (90, 180, 270, 395)
    assert derive_cuts(np.zeros(500), np.ones(500), np.ones(500)).days == (7, 14, 30, 45)
    assert derive_cuts(np.full(500, 729), np.ones(500), np.ones(500)).days == (730, 912, 1094, 1276)
    weeks = derive_cuts(np.repeat([2, 20, 33, 100], 100), np.ones(400), np.ones(400)).days
    assert weeks == (7, 14, 30, 90)


def test_a_base_of_one_old_cohort_still_has_five_levels() -> None:
    spans = ((0, 140, 200), (141, 430, 200), (431, 546, 600))
    gone = np.concatenate([np.linspace(first, last, count) for first, last, count in spans])
    gone = np.concatenate([np.linspace(0, 140, 200), np.linspace(141, 430, 200), np.linspace(431, 546, 600)])
    cuts = derive_cuts(gone, np.ones(1000), np.ones(1000))
    assert cuts.days == (120, 425, 455, 515)
    assert min(cuts.shares["r"]) > 0.05


def test_typed_limits_and_rhythm() -> None:
    typed = Options(days=(1, 2, 3, 4), orders=(2, 4, 6, 8), amounts=(Decimal(5),) * 4)
    cuts = derive_cuts(np.arange(300), np.ones(300), np.ones(300), options=typed)
    assert (cuts.days, cuts.orders, cuts.amounts) == ((1, 2, 3, 4), (2, 4, 6, 8), (Decimal(5),) * 4)
    rhythm = derive_cuts(np.arange(300), np.ones(300), np.ones(300), options=Options(rhythm_days=25))
    assert rhythm.days == (25, 38, 50, 75)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (1234.5, "1200"),
        (1250, "1200"),
        (1350, "1400"),
        (9999, "10000"),
        (0.0457, "0.046"),
        (0, "0"),
        (-37.21, "-37"),
        (3.7, "3.7"),
        (10, "10"),
        (8.05, "8.0"),
    ],
)
def test_two_significant_digits(value: float, rounded: str) -> None:
    assert two_digits(value) == Decimal(rounded)
    assert "E" not in str(two_digits(value))


def test_limits_typed_by_hand_rise_or_are_refused() -> None:
    given = typed(
        Options(combine_fm=True), days=(10, 20, 30, 40), orders=(1, 2, 3, 9), amounts=(Decimal(5), Decimal(6))
    )
    assert (given.days, given.orders, given.amounts) == (
        (10, 20, 30, 40),
        (1, 2, 3, 9),
        (Decimal(5), Decimal(6)),
    )
    assert given.combine_fm
    assert typed(Options(days=(1, 2, 3, 4))) == Options()


@pytest.mark.parametrize(
    ("days", "orders", "amounts", "which"),
    [
        ((10, 20, 20, 40), (1, 2, 3, 5), (), "days"),
        ((10, 20, 30), (1, 2, 3, 5), (), "days"),
        ((-1, 20, 30, 40), (1, 2, 3, 5), (), "days"),
        ((0, 20, 30, 40), (1, 3, 2, 5), (), "orders"),
        ((0, 20, 30, 40), (0, 1, 2, 5), (), "orders"),
        ((0, 20, 30, 40), (1, 2, 3, 5), (5, 5), "amounts"),
        ((0, 20, 30, 40), (1, 2, 3, 5), (5, 6, 7), "amounts"),
    ],
)
def test_limits_that_do_not_rise_are_refused(
    days: tuple[int, ...], orders: tuple[int, ...], amounts: tuple[int, ...], which: str
) -> None:
    with pytest.raises(InputError) as refused:
        typed(Options(), days=days, orders=orders, amounts=tuple(map(Decimal, amounts)))
    assert refused.value.code == f"error.rfm.{which}"
