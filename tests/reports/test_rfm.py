"""The RFM report against plain pandas, on a random shop; every mark's criterion holds what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
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
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.reports.buyers import BUYERS, MIXED, NOW, PLAIN, expected, open_shop
from tests.reports.conftest import hear


@pytest.fixture(scope="module")
def orders(base: Database, fill: Any) -> pd.DataFrame:
    return open_shop(fill)


def told(base: Database, catalogue: Catalogue, cuts: Cuts, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return rfm(session, catalogue, cuts)


@pytest.mark.parametrize("cuts", [PLAIN, MIXED, Cuts()], ids=["plain", "mixed", "no money"])
def test_cells_and_groups_are_those_of_pandas(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], cuts: Cuts
) -> None:
    report, table = told(base, catalogue_at(NOW, cuts), cuts), expected(orders, cuts=cuts)
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


def test_shares_are_of_all_the_money_even_of_buyers_without_a_group(tmp_path: Path) -> None:
    """Totals of a file, in plain figures: 300 + 100 with a group, 600 spent nobody knows how often."""
    text = (
        "Nom;E-mail;Total dépensé;Nombre de commandes;Dernier achat\n"
        "Roy;roy@example.com;300;6;01/11/2026\nBon;bon@example.com;100;1;02/01/2026\n"
        "Dupont;dupont@example.com;600;;\n"
    )
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 15)) as base:
        bring(base, text)
        found = base.rfm()
    assert (found.figures["customers"], found.figures["unplaced"]) == (2, 1)
    assert (found.figures["revenue"], found.figures["revenue_whole"]) == (Decimal(400), Decimal(1000))
    columns = [column.key for column in found.sheets["groups"].columns]
    rows = [dict(zip(columns, row, strict=True)) for row in found.sheets["groups"].rows]
    assert sorted(row["revenue_share"] for row in rows if row["revenue"]) == [0.1, 0.3]
