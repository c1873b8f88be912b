"""The RFM report against plain pandas, on a random shop; every mark's criterion holds what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.predictive.rfm import KEYS, PROSPECTS, SEGMENTS, Cuts
from segmentation.reports.rfm import rfm
from segmentation.results import Report
from segmentation.store.database import Database
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)
PLAIN = Cuts(amounts=tuple(map(Decimal, ("40", "80", "120", "160"))))
MIXED = Cuts(amounts=PLAIN.amounts, combine_fm=True)
BUYERS = 150


@pytest.fixture(scope="module")
def orders(base: Database, fill: Any) -> pd.DataFrame:
    rng = np.random.default_rng(9)
    rows = []
    for contact in range(1, BUYERS + 1):
        last = int(rng.integers(0, 900))
        for _ in range(int(rng.choice([1, 1, 1, 2, 3, 4, 6, 8]))):
            when = datetime(2026, 11, 22, 12) - timedelta(days=last + int(rng.integers(0, 60)))
            rows.append((contact, when, float(rng.integers(-20, 90))))
    fill("contacts", *({"contact_id": contact} for contact in range(1, BUYERS + 4)))
    file = {"orders_count": 3, "total_spent": Decimal("99.5"), "last_purchase_date": date(2026, 10, 1)}
    fill("contacts", {"contact_id": 200, **file}, {"contact_id": 201, "orders_count": 3})
    fill(
        "orders",
        *(
            {"contact_id": contact, "order_date": when.isoformat(), "amount": amount, "order_key": str(rank)}
            for rank, (contact, when, amount) in enumerate(rows)
        ),
    )
    return pd.DataFrame(rows, columns=["contact", "when", "amount"])


def expected(orders: pd.DataFrame) -> pd.DataFrame:
    """Scores of every buyer, written another way."""
    start = pd.Timestamp(2024, 11, 22)
    paid = orders[orders.amount > 0]
    inside = orders[orders.when >= start]
    table = pd.DataFrame({"last": paid.groupby("contact").when.max()})
    table["days"] = (pd.Timestamp(NOW) - table["last"].dt.normalize()).dt.days
    table["orders"] = paid[paid.when >= start].groupby("contact").size().reindex(table.index).fillna(0)
    table["amount"] = inside.groupby("contact").amount.sum().reindex(table.index).fillna(0)
    table["total"] = paid.groupby("contact").size()
    table.loc[200] = [pd.Timestamp(2026, 10, 1), 52, 3, 99.5, 3]
    old = table.orders == 0
    table["r"] = np.where(
        old, 1, pd.cut(table.days, [-1, 30, 90, 180, 365, 9999], labels=[5, 4, 3, 2, 1]).astype(int)
    )
    table["f"] = np.where(
        old, 1, pd.cut(table.orders, [-1, 1, 2, 3, 5, 999], labels=[1, 2, 3, 4, 5]).astype(int)
    )
    edges = [-9999, 40, 80, 120, 160, 99999]
    table["m"] = np.where(old, 1, pd.cut(table.amount, edges, labels=[1, 2, 3, 4, 5]).astype(int))
    return table


def told(base: Database, catalogue: Catalogue, cuts: Cuts, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return rfm(session, catalogue, cuts)


@pytest.mark.parametrize("cuts", [PLAIN, MIXED, Cuts()], ids=["plain", "mixed", "no money"])
def test_cells_and_groups_are_those_of_pandas(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], cuts: Cuts
) -> None:
    report, table = told(base, catalogue_at(NOW, cuts), cuts), expected(orders)
    table["axis"] = (table.f + table.m + 1) // 2 if cuts.combine_fm else table.f
    table["group"] = [SEGMENTS[int(r), int(f)] for r, f in zip(table.r, table.axis, strict=True)]
    assert len(report.sheets["cells"].rows) == 25
    for key, r, f, group, customers, count, revenue in report.sheets["cells"].rows:
        one = table[(table.r == r) & (table.axis == f)]
        assert (key, group) == (f"r{r}f{f}", SEGMENTS[int(str(r)), int(str(f))])
        assert (customers, count) == (len(one), int(one.orders.sum())), key
        assert float(str(revenue)) == pytest.approx(one.amount.sum())
    for row in report.sheets["groups"].rows[:-1]:
        key, customers, share, count, revenue, revenue_share, basket, days, advice = row
        one = table[table.group == key]
        assert (customers, count, advice) == (len(one), int(one.orders.sum()), f"rfm.{key}.advice")
        assert share == pytest.approx(len(one) / len(table))
        assert float(str(revenue_share)) == pytest.approx(one.amount.sum() / table.amount.sum())
        assert days is None if one.empty else days == pytest.approx(one.days.mean())
        if count:
            assert float(str(basket)) == pytest.approx(one.amount.sum() / one.orders.sum(), abs=1e-3)
    figures = report.figures
    assert figures["customers"] == len(table)
    assert figures["prospects"] == BUYERS + 3 + 2 - 1 - len(table)
    assert (figures["unplaced"], figures["few"]) == (1, False)
    assert figures["once"] == int((table.total == 1).sum())
    assert [row[0] for row in report.sheets["groups"].rows] == [*KEYS, PROSPECTS]


@pytest.mark.parametrize("cuts", [PLAIN, MIXED], ids=["plain", "mixed"])
def test_the_criterion_of_each_mark_holds_who_it_shows(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], cuts: Cuts
) -> None:
    catalogue = catalogue_at(NOW, cuts)
    report, evaluator = told(base, catalogue, cuts), Evaluator(base, catalogue)
    evaluator.cache.clear()
    cells = {row[0]: row[4] for row in report.sheets["cells"].rows}
    groups = {row[0]: row[1] for row in report.sheets["groups"].rows}
    for chart, counts in (("grid", cells), ("treemap", groups)):
        criteria = report.charts[chart].criteria
        assert set(criteria) == set(counts)
        for key, criterion in criteria.items():
            assert evaluator.count(criterion_from_json(criterion)) == counts[key], key
    once = report.figures["once_criterion"]
    assert evaluator.count(criterion_from_json(once)) == report.figures["once"]
    evaluator.cache.clear()


def test_an_audience_and_an_earlier_date(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue]
) -> None:
    few = told(base, catalogue_at(NOW, PLAIN), PLAIN, "SELECT unnest(range(1, 21))::INTEGER AS contact_id")
    table = expected(orders)
    assert few.figures["customers"] == int((table.index <= 20).sum())
    assert few.figures["few"] is True
    nobody = told(base, catalogue_at(NOW, PLAIN), PLAIN, "SELECT 1 AS contact_id WHERE FALSE")
    assert (nobody.figures["customers"], nobody.figures["revenue"]) == (0, 0)
    assert nobody.charts["treemap"].data["values"] == []
    assert set(nobody.charts) == {"grid", "treemap"}
    early = told(base, catalogue_at(date(2020, 1, 1), PLAIN), PLAIN)
    assert early.figures["customers"] == 0


def test_spreads_hold_everyone_with_the_upper_edge_inside(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue]
) -> None:
    report, table = told(base, catalogue_at(NOW, PLAIN), PLAIN), expected(orders)
    for name, column in (("days", "days"), ("orders", "orders"), ("amounts", "amount")):
        data: Any = report.charts[name].data
        edges, values = data["edges"], data["values"]
        assert sum(values) == len(table)
        assert len(edges) == len(values) + 1 <= 39
        assert np.allclose(np.diff(edges), edges[1] - edges[0])
        inside = table[column][(table[column] > edges[1]) & (table[column] <= edges[2])]
        assert values[1] == len(inside)
        assert [float(cut) for cut in data["cuts"]] == [float(cut) for cut in getattr(PLAIN, name)]
