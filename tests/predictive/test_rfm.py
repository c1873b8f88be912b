"""RFM: boundaries, ties, the 25 cells, the combined axis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.predictive.rfm import (
    KEYS,
    SEGMENTS,
    VALUE_TIERS,
    Cuts,
    column_axis,
    groups,
    level_shares,
    scores,
)
from segmentation.predictive.rfm_codec import cuts_from_json, cuts_to_json, options_from_json, options_to_json
from segmentation.predictive.rfm_limits import Options, derive_cuts

GRID = {
    "champions": "54 55",
    "loyal": "44 45 34 35",
    "potential_loyalist": "52 53 42 43",
    "new": "51",
    "promising": "41",
    "need_attention": "33",
    "about_to_sleep": "31 32",
    "at_risk": "23 24 13 14",
    "cant_lose": "25 15",
    "hibernating": "21 22",
    "lost": "11 12",
}
CELLS = {(int(cell[0]), int(cell[1])): key for key, cells in GRID.items() for cell in cells.split()}
DAYS_OF = {5: 30, 4: 90, 3: 180, 2: 365, 1: 366}
ORDERS_OF = {1: 1, 2: 2, 3: 3, 4: 5, 5: 6}


def test_the_grid_has_every_cell_once() -> None:
    assert dict(SEGMENTS) == CELLS
    assert tuple(GRID) == KEYS


@pytest.mark.parametrize(("cell", "key"), CELLS.items())
def test_each_cell_has_its_name(cell: tuple[int, int], key: str) -> None:
    cuts = Cuts()
    scored = scores([DAYS_OF[cell[0]]], [ORDERS_OF[cell[1]]], [10], cuts)
    assert (scored.r[0], scored.f[0]) == cell
    assert KEYS[groups(scored, cuts)[0]] == key


@pytest.mark.parametrize(
    ("days", "level"),
    [(0, 5), (30, 5), (31, 4), (90, 4), (91, 3), (180, 3), (181, 2), (365, 2), (366, 1), (5000, 1)],
)
def test_recency_boundaries(days: int, level: int) -> None:
    assert scores([days], [1], [1], Cuts()).r[0] == level


@pytest.mark.parametrize(("orders", "level"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (900, 5)])
def test_frequency_boundaries(orders: int, level: int) -> None:
    assert scores([1], [orders], [1], Cuts()).f[0] == level


@pytest.mark.parametrize(
    ("amounts", "spent", "level"),
    [
        ((10, 20, 30, 40), 10, 1),
        ((10, 20, 30, 40), 10.01, 2),
        ((10, 20, 30, 40), 40, 4),
        ((10, 20, 30, 40), 40.0001, 5),
        ((10, 20, 30, 40), -5, 1),
        ((10, 20), 10, 1),
        ((10, 20), 11, 3),
        ((10, 20), 21, 5),
        ((), 1000, 0),
    ],
)
def test_money_boundaries(amounts: tuple[int, ...], spent: float, level: int) -> None:
    cuts = Cuts(amounts=tuple(Decimal(amount) for amount in amounts))
    assert scores([1], [1], [spent], cuts).m[0] == level


def test_orders_before_the_window_are_the_lowest_cell_and_unknown_money_has_no_score() -> None:
    cuts = Cuts(days=(900, 1000, 1100, 1200), amounts=tuple(map(Decimal, (1, 2, 3, 4))))
    scored = scores([800, 800], [9, 9], [50, np.nan], cuts, before_window=[True, False])
    assert [tuple(map(int, level)) for level in scored] == [(1, 5), (1, 5), (1, 0)]


@pytest.mark.parametrize(
    ("f", "m", "axis"), [(1, 5, 3), (1, 4, 3), (1, 2, 2), (5, 4, 5), (3, 3, 3), (2, 0, 2)]
)
def test_combined_axis_rounds_half_up(f: int, m: int, axis: int) -> None:
    cuts = Cuts(amounts=tuple(map(Decimal, (1, 2, 3, 4))), combine_fm=True)
    scored = scores([1], [ORDERS_OF[f]], [np.nan if m == 0 else m], cuts)
    assert (scored.f[0], scored.m[0]) == (f, m)
    assert column_axis(scored, cuts)[0] == axis
    assert column_axis(scored, Cuts())[0] == f


buyers = st.lists(
    st.tuples(st.integers(0, 730), st.integers(1, 40), st.decimals(-50, 5000, places=2).map(float)),
    min_size=1,
    max_size=400,
)


@settings(max_examples=60, deadline=None)
@given(buyers, st.randoms())
def test_equal_values_have_equal_scores_whatever_the_order_of_rows(
    rows: list[tuple[int, int, float]], random: object
) -> None:
    days, orders, amounts = map(list, zip(*rows, strict=True))
    cuts = derive_cuts(days, orders, amounts)
    assert list(cuts.days) == sorted(set(cuts.days))
    assert list(cuts.orders) == sorted(set(cuts.orders))
    assert list(cuts.amounts) == sorted(cuts.amounts)
    scored = scores(days, orders, amounts, cuts)
    for values, levels in zip((days, orders, amounts), scored, strict=True):
        assert len(set(zip(values, levels.tolist(), strict=True))) == len(set(values))
    shuffled = list(range(len(rows)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = derive_cuts(*(np.array(column)[shuffled] for column in (days, orders, amounts)))
    assert (again.days, again.orders, again.amounts) == (cuts.days, cuts.orders, cuts.amounts)


def test_limits_come_back_from_json_as_they_went() -> None:
    rng = np.random.default_rng(3)
    cuts = derive_cuts(
        rng.integers(0, 700, 500), rng.integers(1, 9, 500), rng.gamma(2, 3, 500), as_of=date(2026, 11, 22)
    )
    assert cuts_from_json(cuts_to_json(cuts)) == cuts
    options = Options(
        pace=1.5, days=(1, 2, 3, 4), amounts=(Decimal("1.5"),), rhythm_days=20.0, combine_fm=True
    )
    assert options_from_json(options_to_json(options)) == options
    assert options_from_json({}) == Options()


def test_shares_and_tiers() -> None:
    scored = scores([1, 40, 40, 400], [1, 1, 2, 9], [1, 1, 1, 1], Cuts())
    assert level_shares(scored) == {"r": (0.25, 0, 0, 0.5, 0.25), "f": (0.5, 0.25, 0, 0, 0.25)}
    assert [VALUE_TIERS[level] for level in range(1, 6)] == [
        "standard",
        "standard",
        "standard",
        "high",
        "vip",
    ]
