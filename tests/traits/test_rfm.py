"""The SQL of RFM gives the cells of the 25, the scores of numpy, and keeps prospects apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from segmentation.predictive.rfm import KEYS, SEGMENTS, Cuts, groups, scores
from segmentation.predictive.rfm_limits import derive_cuts
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import inputs_statement, rfm_statement, window_start

NOW = date(2026, 11, 22)
DAYS = {5: 30, 4: 90, 3: 180, 2: 365, 1: 366}
ORDERS = {1: 1, 2: 2, 3: 3, 4: 5, 5: 6}
MONEY = tuple(Decimal(limit) for limit in (10, 20, 30, 40))


def ago(days: int) -> datetime:
    return datetime(2026, 11, 22, 23, 59, 59) - timedelta(days=days)


@pytest.fixture(scope="module")
def grid(base: Database, fill: Any) -> Database:
    """One contact per cell (id = 10 r + f), and the special ones from 100 on."""
    rows = []
    for r, f in SEGMENTS:
        gone = [DAYS[r]] + [DAYS[r] + 1] * (ORDERS[f] - 1)
        rows += [{"contact_id": 10 * r + f, "order_date": ago(days), "amount": 10} for days in gone]
    rows += [
        {"contact_id": 101, "order_date": datetime(2024, 11, 21, 23, 59), "amount": 900},
        {"contact_id": 101, "order_date": datetime(2024, 10, 1), "amount": 900},
        {"contact_id": 102, "order_date": datetime(2024, 11, 22), "amount": 25},
        {"contact_id": 103, "order_date": ago(-1), "amount": 25},
        {"contact_id": 104, "order_date": ago(3), "amount": -25},
        {"contact_id": 105, "order_date": ago(3), "amount": 50},
        {"contact_id": 105, "order_date": ago(2), "amount": -45},
        {"contact_id": 106, "order_date": ago(3), "amount": 50, "counted": False, "summed": False},
    ]
    fill("orders", *[{**row, "order_date": row["order_date"].isoformat()} for row in rows])
    fill("contacts", *[{"contact_id": 10 * r + f} for r, f in SEGMENTS])
    total = {"orders_count": 6, "total_spent": Decimal("35"), "last_purchase_date": date(2026, 11, 1)}
    fill(
        "contacts",
        *[{"contact_id": contact, **total} for contact in (101, 103, 106)],
        {"contact_id": 102},
        {"contact_id": 104},
        {"contact_id": 105},
        {"contact_id": 107, **total},
        {"contact_id": 108},
        {"contact_id": 109, "orders_count": 0, "last_purchase_date": date(2026, 11, 1)},
        {"contact_id": 110, "orders_count": 2},
        {"contact_id": 111, "last_purchase_date": date(2026, 11, 1), "total_spent": 12},
        {"contact_id": 112, **total, "last_purchase_date": date(2020, 1, 1)},
        {"contact_id": 113, **total, "last_purchase_date": date(2027, 1, 1)},
        {"contact_id": 114, "live": False, **total},
    )
    return base


def scored(base: Database, cuts: Cuts, as_of: date = NOW, **asked: Any) -> dict[int, tuple[Any, ...]]:
    return {int(str(row[0])): tuple(row[1:]) for row in base.run(rfm_statement(as_of, cuts, **asked)).rows}


@pytest.mark.parametrize(("cell", "key"), SEGMENTS.items())
def test_each_cell(grid: Database, cell: tuple[int, int], key: str) -> None:
    r, f, m, group, days, orders, amount = scored(grid, Cuts(amounts=MONEY))[cell[0] * 10 + cell[1]]
    assert (r, f, group) == (*cell, key)
    assert (days, orders, amount) == (DAYS[cell[0]], ORDERS[cell[1]], 10 * ORDERS[cell[1]])
    assert m == {10: 1, 20: 2, 30: 3, 50: 5, 60: 5}[int(amount)]


@pytest.mark.parametrize(
    ("contact", "row"),
    [
        (101, (1, 1, 1, "lost", 731, 0, 0)),  # all before the window
        (102, (1, 1, 3, "lost", 730, 1, 25)),  # the first day of the window is inside
        (103, (None, None, None, "prospects", None, 0, 0)),  # their only order is after the as-of day
        (104, (None, None, None, "prospects", None, 0, -25)),  # a return alone is no purchase
        (105, (5, 1, 1, "new", 3, 1, 5)),  # returns reduce the sum, not the frequency nor the date
        (106, (None, None, None, "prospects", None, 0, 0)),  # a cancelled order silences the file's totals
        (107, (5, 5, 4, "champions", 21, 6, 35)),  # totals of a contact file
        (108, (None, None, None, "prospects", None, None, None)),
        (109, (None, None, None, "prospects", None, 0, None)),
        (110, (None, 2, None, None, None, 2, None)),  # bought, nobody knows when
        (111, (5, None, 2, None, 21, None, 12)),  # bought, nobody knows how often
        (112, (1, 1, 1, "lost", 2517, 6, 35)),
        (113, (None, 5, 4, None, None, 6, 35)),  # a last purchase after the as-of day is not seen
    ],
)
def test_special_cases(grid: Database, contact: int, row: tuple[Any, ...]) -> None:
    assert scored(grid, Cuts(amounts=MONEY))[contact] == row


def test_erased_contacts_have_no_score_and_touched_ones_are_scored_alone(grid: Database) -> None:
    everyone = scored(grid, Cuts())
    assert 114 not in everyone
    assert len(everyone) == 38
    with grid.session() as session:
        session.run(Statement("CREATE TEMP TABLE touched AS SELECT unnest([55, 108]) AS contact_id"))
        rows = session.run(rfm_statement(NOW, Cuts(), touched="touched")).rows
    assert {row[0]: tuple(row[1:]) for row in rows} == {key: everyone[key] for key in (55, 108)}


def test_an_earlier_date_sees_the_past_only(grid: Database) -> None:
    then = scored(grid, Cuts(), NOW - timedelta(days=40))
    assert then[55][3] == "prospects"
    assert then[45][:6] == (4, 5, None, "loyal", 50, 6)
    assert then[107][3] is None


def test_inputs_are_the_buyers_of_the_window(grid: Database) -> None:
    found = grid.arrays(inputs_statement(NOW))
    assert len(found["days"]) == 25 + 3
    assert 731 not in found["days"]
    assert found["amount"].dtype == np.float64


def test_sql_and_numpy_score_alike(grid: Database) -> None:
    rng = np.random.default_rng(5)
    gone, count, spent = rng.integers(0, 700, 300), rng.integers(1, 9, 300), rng.gamma(2, 30, 300).round(4)
    for options in (Cuts(), derive_cuts(gone, count, spent), derive_cuts(gone[:60], count[:60], spent[:60])):
        for combined in (False, True):
            cuts = Cuts(options.days, options.orders, options.amounts, combine_fm=combined)
            rows = [row for row in scored(grid, cuts).values() if row[0] and row[1] and row[4] <= 730]
            days, orders, amounts = (np.array([float(row[at]) for row in rows]) for at in (4, 5, 6))
            twin = scores(days, orders, amounts, cuts)
            assert [row[0] for row in rows] == twin.r.tolist()
            assert [row[1] for row in rows] == twin.f.tolist()
            assert [row[2] or 0 for row in rows] == twin.m.tolist()
            assert [row[3] for row in rows] == [KEYS[group] for group in groups(twin, cuts)]


@pytest.mark.parametrize(
    ("as_of", "months", "start"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 31), 13, date(2024, 12, 31)),
    ],
)
def test_window_start_keeps_inside_the_month(as_of: date, months: int, start: date) -> None:
    assert window_start(as_of, months) == start
