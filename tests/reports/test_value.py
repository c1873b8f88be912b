"""The readings of value against plain pandas, on a random shop and the demonstration; what marks hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.predictive.rfm import Cuts
from segmentation.reports import REPORTS
from segmentation.results import Report, Statement
from segmentation.store.database import Database
from segmentation.workspace import Workspace
from tests.reports import value_in_pandas as plain
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)
EARLY = date(2025, 12, 31)
PEOPLE = 70
ITEMS = ("Thé", "Café", "Épicerie", "Tasses")
COLUMNS = ("contact_id", "order_date", "amount", "counted", "summed")
READINGS = ("months", "seasons", "cohorts", "second", "concentration", "pairs")


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Orders and lines of 70 people over 26 months: several a day, returns, refused ones, undated ones."""
    rng = np.random.default_rng(4)
    orders, lines = [], []
    for contact in range(1, PEOPLE + 1):
        start = int(rng.integers(0, 790))
        likes = ITEMS[:2] if contact % 2 else rng.permutation(ITEMS)[: rng.integers(1, 4)]
        for _ in range(int(rng.choice([1, 1, 2, 3, 5, 7]))):
            ago = max(0, start - int(rng.choice([0, 0, 20, 45, 80, 150, 300, 500])))
            when: datetime | None = datetime(2026, 11, 22, int(rng.integers(0, 24))) - timedelta(days=ago)
            amount = float(rng.choice([-15, 10, 10, 20, 35.5, 80, 200]))
            paid = bool(rng.random() > 0.08)
            when = None if rng.random() < 0.02 else when
            orders.append((contact, when, amount, paid and amount > 0, paid))
            lines.append((contact, when, str(rng.choice(likes)), paid and amount > 0))
    fill("contacts", *({"contact_id": contact} for contact in range(1, PEOPLE + 4)))
    fill("contacts", {"contact_id": 90, "orders_count": 2, "total_spent": 77, "last_purchase_date": NOW})
    for rank, (order, line) in enumerate(zip(orders, lines, strict=True)):
        contact, when, amount, counted, summed = order
        row = {"contact_id": contact, "order_key": f"o{rank}", "order_date": when and when.isoformat()}
        fill("orders", row | {"amount": amount, "counted": counted, "summed": summed})
        fill("order_lines", row | {"line_key": f"l{rank}", "category": line[2], "counted": counted})
    table = pd.DataFrame(orders, columns=["contact", "when", "amount", "counted", "summed"])
    table["when"] = pd.to_datetime(table["when"])
    items = pd.DataFrame(lines, columns=["contact", "when", "item", "counted"])
    items["when"] = pd.to_datetime(items["when"])
    return table, items


def told(base: Database, catalogue: Catalogue, name: str, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return REPORTS[f"value_{name}"](session, catalogue)


def same(report: Report, name: str, orders: pd.DataFrame, now: date) -> None:
    """Every number of one of the readings of orders is that of pandas."""
    CHECKS[name](report, orders, now)


def _months(report: Report, orders: pd.DataFrame, now: date) -> None:
    wanted = plain.months(orders, now)
    for row in report.sheets["months"].rows:
        month = wanted.loc[pd.Period(str(row[0]), "M")]
        fresh, back, both, *counts, basket = row[1:]
        assert [float(str(x)) for x in (fresh, back)] == pytest.approx([month.fresh, month.back])
        assert float(str(both)) == pytest.approx(month.fresh + month.back)
        assert counts == [month.fresh_customers, month.back_customers, month.orders]
        assert (basket is None) == np.isnan(month.basket)
        assert basket is None or float(str(basket)) == pytest.approx(month.basket, abs=1e-3)
    figures, revenue = report.figures, wanted.fresh.sum() + wanted.back.sum()
    assert figures["fresh_share"] == pytest.approx(wanted.fresh.sum() / revenue)
    for suffix, ago in (("", 0), ("_before", 1)):
        if figures[f"revenue{suffix}"] is not None:
            for name, value in plain.year(orders, now, ago=ago).items():
                assert float(str(figures[name + suffix])) == pytest.approx(value, abs=1e-3), name + suffix


def _seasons(report: Report, orders: pd.DataFrame, now: date) -> None:
    wanted = plain.seasons(orders, now)
    for rank, mean, index, years, customers in report.sheets["seasons"].rows:
        row = wanted.loc[rank]
        assert float(str(mean)) == pytest.approx(row["mean"], abs=1e-3)
        assert index == pytest.approx(row["index"])
        assert (years, customers) == (row.years, row.customers)
    assert report.figures["best"] == wanted["mean"].idxmax()
    assert report.figures["worst"] == wanted["mean"].idxmin()


def _cohorts(report: Report, orders: pd.DataFrame, now: date) -> None:
    wanted = plain.cohorts(orders, now, str(report.figures["unit"]))
    found = {(row[0], row[2]): (row[1], row[3]) for row in report.sheets["cells"].rows}
    assert found == wanted
    for row in report.sheets["cells"].rows:
        assert row[4] == pytest.approx(row[3] / row[1])  # type: ignore[operator]


def _second(report: Report, orders: pd.DataFrame, now: date) -> None:
    sizes, median = plain.delays(orders, now)
    assert {row[0]: row[3] for row in report.sheets["delays"].rows} == sizes
    figures, people = report.figures, sum(sizes.values())
    assert (figures["customers"], figures["again"], figures["median"]) == (
        people,
        people - sizes["once"],
        median,
    )
    assert figures["share"] == pytest.approx(1 - sizes["once"] / people)


CHECKS: Mapping[str, Callable[[Report, pd.DataFrame, date], None]] = {
    "months": _months,
    "seasons": _seasons,
    "cohorts": _cohorts,
    "second": _second,
}


@pytest.mark.parametrize("now", [NOW, EARLY], ids=["now", "earlier"])
@pytest.mark.parametrize("name", CHECKS)
def test_readings_of_orders_are_those_of_pandas(
    base: Database, shop: Any, catalogue_at: Callable[..., Catalogue], name: str, now: date
) -> None:
    same(told(base, catalogue_at(now, Cuts()), name), name, shop[0], now)


def test_the_unit_of_cohorts_follows_the_length_of_history(
    base: Database, shop: Any, catalogue_at: Callable[..., Catalogue]
) -> None:
    units = [told(base, catalogue_at(day, Cuts()), "cohorts").figures["unit"] for day in (EARLY, NOW)]
    assert units == ["month", "quarter"]


def test_some_of_the_people_only(base: Database, shop: Any, catalogue_at: Callable[..., Catalogue]) -> None:
    some = "SELECT unnest(range(1, 41))::INTEGER AS contact_id"
    orders = shop[0][shop[0].contact <= 40]
    for name in CHECKS:
        same(told(base, catalogue_at(NOW, Cuts()), name, some), name, orders, NOW)


def test_concentration_is_that_of_pandas(
    base: Database, shop: Any, catalogue_at: Callable[..., Catalogue]
) -> None:
    report = told(base, catalogue_at(NOW, Cuts()), "concentration")
    orders = shop[0]
    paid = orders[orders.summed & orders.when.notna()]
    totals = paid.groupby("contact").amount.sum()
    totals.loc[90] = 77.0
    wanted, half = plain.tops(totals)
    for percent, customers, least, revenue, share in report.sheets["tops"].rows:
        assert (customers, float(str(least))) == wanted[int(str(percent))][:2]
        assert share == pytest.approx(wanted[int(str(percent))][2])
        assert float(str(revenue)) == pytest.approx(totals[totals >= float(str(least))].sum())
    assert (report.figures["customers"], report.figures["half"]) == ((totals > 0).sum(), half)


def test_pairs_are_those_of_pandas(base: Database, shop: Any, catalogue_at: Callable[..., Catalogue]) -> None:
    report, lines = told(base, catalogue_at(NOW, Cuts()), "pairs"), shop[1]
    lines = lines[lines.counted]
    wanted = plain.pairs(lines)
    rows = report.sheets["pairs"].rows
    found = {frozenset(map(str, row[:2])): (row[2], row[3]) for row in rows}
    assert found == {pair: (both, pytest.approx(times)) for pair, (both, times) in wanted.items()}
    assert found, "the shop has no pair"
    for one, other, both, _, only_one, only_other in rows:
        sizes = [lines[lines["item"] == item].contact.nunique() for item in (one, other)]
        assert [only_one, only_other] == [size - int(str(both)) for size in sizes]
    assert report.figures["customers"] == lines.contact.nunique()


def shown(report: Report) -> dict[str, int]:
    """How many customers each mark of a reading says it holds."""
    rows: dict[str, Any] = {name: sheet.rows for name, sheet in report.sheets.items()}
    sizes: dict[str, int] = {}
    for row in rows.get("months", ()):
        sizes |= {f"fresh|{row[0]}": row[4], f"back|{row[0]}": row[5]}
    sizes |= {str(row[0]): row[4] for row in rows.get("seasons", ())}
    for row in rows.get("cells", ()):
        sizes[f"{row[0]}|{row[2]}" if row[2] else str(row[0])] = row[3]
    sizes |= {row[0]: row[3] for row in rows.get("delays", ())}
    sizes |= {str(row[0]): row[1] for row in rows.get("tops", ())}
    for place, row in enumerate(rows.get("pairs", ())):
        sizes |= {f"{place}": row[2], f"{place}>": row[4], f"{place}<": row[5]}
    return sizes


@pytest.mark.parametrize("now", [NOW, EARLY], ids=["now", "earlier"])
@pytest.mark.parametrize("name", READINGS)
def test_the_criterion_of_each_mark_holds_who_it_shows(
    base: Database, shop: Any, catalogue_at: Callable[..., Catalogue], name: str, now: date
) -> None:
    catalogue = catalogue_at(now, Cuts())
    report, evaluator = told(base, catalogue, name), Evaluator(base, catalogue)
    evaluator.cache.clear()
    (chart,) = report.charts.values()
    sizes = shown(report)
    assert set(chart.criteria) == set(sizes)
    for mark, criterion in chart.criteria.items():
        assert evaluator.count(criterion_from_json(criterion)) == sizes[mark], mark
    evaluator.cache.clear()


@pytest.mark.parametrize("name", READINGS)
def test_nobody_and_nothing_are_no_error(
    base: Database, shop: Any, catalogue_at: Callable[..., Catalogue], name: str
) -> None:
    nobody = "SELECT 1 AS contact_id WHERE FALSE"
    for day, ids in ((NOW, nobody), (date(2020, 1, 1), None)):
        report = told(base, catalogue_at(day, Cuts()), name, ids)
        assert sum(shown(report).values()) == 0 or name == "concentration"


def test_the_demonstration_shop_is_that_of_pandas(tmp_path: Any) -> None:
    with Workspace.open(tmp_path / "demo.duckdb") as demo:
        demo.demo()
        sql = f"SELECT {', '.join(COLUMNS)} FROM orders WHERE contact_id IS NOT NULL"
        rows = demo.database.run(Statement(sql)).rows
        orders = pd.DataFrame(rows, columns=["contact", "when", "amount", "counted", "summed"])
        orders["amount"], orders["when"] = orders.amount.astype(float), pd.to_datetime(orders["when"])
        for name in CHECKS:
            same(demo.report(f"value_{name}"), name, orders, demo.as_of)
        year = demo.report("value_months").figures
        home = demo.overview().figures["revenue"]
        assert year["revenue_nobody"] > 0 and year["revenue"] + year["revenue_nobody"] == home  # type: ignore[operator]
        tops, half = plain.tops(orders[orders.summed].groupby("contact").amount.sum())
        report = demo.report("value_concentration")
        assert report.figures["half"] == half
        assert {row[0]: row[1] for row in report.sheets["tops"].rows} == {k: v[0] for k, v in tops.items()}
