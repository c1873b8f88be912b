"""Who changed group, against two readings in plain pandas; a flow's criterion holds its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.predictive.rfm import KEYS, PROSPECTS
from segmentation.reports.rfm_migration import ASLEEP, AWAKE, rfm_migration
from segmentation.results import Report
from segmentation.store.database import Database
from tests.reports.buyers import (
    BUYERS,
    BY_TOTALS,
    NOW,
    PLAIN,
    PROSPECTS_IN_FILE,
    expected,
    open_shop,
)
from tests.reports.conftest import hear

THEN = {1: date(2026, 10, 22), 3: date(2026, 8, 22), 12: date(2025, 11, 22)}


@pytest.fixture(scope="module")
def orders(base: Database, fill: Any) -> pd.DataFrame:
    return open_shop(fill)


def told(base: Database, catalogue: Catalogue, months: int, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return rfm_migration(session, catalogue, months=months)


def moves(orders: pd.DataFrame, months: int) -> pd.DataFrame:
    """Group before and after of every contact with both, in pandas."""
    now, then = expected(orders), expected(orders, THEN[months])
    people = pd.Index([*range(1, BUYERS + PROSPECTS_IN_FILE + 1), BY_TOTALS])
    table = pd.DataFrame({"before": then.group, "after": now.group}, index=people).fillna(PROSPECTS)
    table["revenue"] = now.amount.reindex(people).fillna(0)
    return table if BY_TOTALS in then.index else table.drop(BY_TOTALS)


@pytest.mark.parametrize("months", THEN)
def test_flows_are_those_of_pandas(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], months: int
) -> None:
    report, table = told(base, catalogue_at(NOW, PLAIN), months), moves(orders, months)
    moved = table[table.before != table.after]
    wanted = moved.groupby(["before", "after"]).revenue.agg(["size", "sum"])
    found = {(row[1], row[2]): (row[3], float(str(row[4]))) for row in report.sheets["flows"].rows}
    assert found == {key: (row["size"], pytest.approx(row["sum"])) for key, row in wanted.iterrows()}
    sizes = [row[3] for row in report.sheets["flows"].rows]
    assert sizes == sorted(sizes, reverse=True)  # type: ignore[type-var]
    assert report.charts["flows"].data["values"] == sizes[:10]
    same = table[(table.before == table.after) & (table.after != PROSPECTS)]
    assert (report.figures["moved"], report.figures["stayed"]) == (len(moved), len(same))
    assert (report.figures["before"], report.figures["as_of"]) == (THEN[months], NOW)


@pytest.mark.parametrize("months", THEN)
def test_criteria_hold_who_they_show(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], months: int
) -> None:
    catalogue = catalogue_at(NOW, PLAIN)
    report, table, evaluator = (
        told(base, catalogue, months),
        moves(orders, months),
        Evaluator(base, catalogue),
    )
    evaluator.cache.clear()
    for row in report.sheets["flows"].rows:
        criterion = criterion_from_json(report.charts["flows"].criteria[str(row[0])])
        assert evaluator.count(criterion) == row[3], row[0]
    for tale, told_of in {
        "left": table.before.isin(AWAKE) & table.after.isin(ASLEEP),
        "back": table.before.isin(ASLEEP) & table.after.isin(AWAKE),
        "first": (table.before == PROSPECTS) & (table.after != PROSPECTS),
    }.items():
        count = int(told_of.sum())
        assert report.figures[tale] == count
        assert count or tale != "left"
        assert evaluator.count(criterion_from_json(report.figures[f"{tale}_criterion"])) == count
    evaluator.cache.clear()


def test_an_audience_of_nobody_and_every_group_is_awake_or_asleep(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue]
) -> None:
    nobody = told(base, catalogue_at(NOW, PLAIN), 3, "SELECT 1 AS contact_id WHERE FALSE")
    assert (nobody.figures["moved"], nobody.sheets["flows"].rows) == (0, [])
    few = told(base, catalogue_at(NOW, PLAIN), 12, "SELECT unnest(range(1, 21))::INTEGER AS contact_id")
    table = moves(orders, 12).loc[:20]
    assert few.figures["moved"] == (table.before != table.after).sum()
    assert (*AWAKE, *ASLEEP) == KEYS
