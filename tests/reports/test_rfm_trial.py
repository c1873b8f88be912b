"""Other limits tried on the shop of pandas: the sizes they would give, who would change group."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.predictive.rfm import KEYS, Cuts
from segmentation.reports.rfm_trial import rfm_trial
from segmentation.store.database import Database
from tests.reports.buyers import NOW, PLAIN, expected, open_shop
from tests.reports.conftest import hear

MONEY = tuple(map(Decimal, (20, 60, 90, 200)))


@pytest.fixture(scope="module")
def orders(base: Database, fill: Any) -> pd.DataFrame:
    return open_shop(fill)


@pytest.mark.parametrize(
    "tried",
    [
        Cuts((10, 60, 200, 500), (1, 2, 4, 6), MONEY),
        Cuts((10, 60, 200, 500), (2, 3, 4, 5), MONEY, combine_fm=True),
        PLAIN,
    ],
    ids=["moved", "mixed", "same"],
)
def test_sizes_are_those_of_pandas(
    base: Database, orders: pd.DataFrame, catalogue_at: Callable[..., Catalogue], tried: Cuts
) -> None:
    with base.session() as session:
        hear(session)
        report = rfm_trial(
            session,
            catalogue_at(NOW, PLAIN),
            days=tried.days,
            orders=tried.orders,
            amounts=tried.amounts,
            combine_fm=tried.combine_fm,
        )
    now, then = expected(orders).group, expected(orders, cuts=tried).group
    sizes = then.value_counts()
    for key, before, after, change in report.sheets["groups"].rows:
        assert (before, after) == ((now == key).sum(), sizes.get(key, 0)), key
        assert change == after - before  # type: ignore[operator]
    assert [row[0] for row in report.sheets["groups"].rows] == list(KEYS)
    assert report.figures["changed"] == (now != then).sum()
    assert (report.figures["changed"] == 0) == (tried is PLAIN)
    data: Any = report.charts["days"].data
    assert data["cuts"] == list(tried.days)
