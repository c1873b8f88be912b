"""What an audience weighs, and the small pictures of who is in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.nodes import All, Condition
from segmentation.predictive.rfm import Cuts
from segmentation.reports.breakdowns import breakdowns
from segmentation.reports.weight import weight
from segmentation.results import Report
from segmentation.store.database import Database
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> Database:
    towns = ["Lyon", "Paris", "Lyon", "Lyon", None, "Nantes"]
    for rank, town in enumerate(towns, start=1):
        fill("contacts", {"contact_id": rank, "city": town, "civility": "Mme" if rank % 2 else "M."})
    fill(
        "contacts", {"contact_id": 7, "live": False}, {"contact_id": 8, "orders_count": 2, "total_spent": 40}
    )
    fill(
        "orders",
        {"contact_id": 1, "order_date": "2026-01-05", "amount": 100},
        {"contact_id": 1, "order_date": "2026-03-05", "amount": -30},
        {"contact_id": 2, "order_date": "2026-02-05", "amount": 60},
        {"contact_id": 3, "order_date": "2027-02-05", "amount": 999},
        {"contact_id": None, "order_date": "2026-02-05", "amount": 5000},
    )
    return base


def told(base: Database, catalogue: Catalogue, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return weight(session, catalogue)


def test_everyone_and_a_part(shop: Database, catalogue_at: Callable[..., Catalogue]) -> None:
    catalogue = catalogue_at(NOW, Cuts())
    everyone = told(shop, catalogue).figures
    assert (everyone["contacts"], everyone["base"], everyone["share"]) == (7, 7, 1)
    assert (everyone["gross"], everyone["returns"], everyone["net"]) == (200, 30, 170)
    assert (everyone["customers"], everyone["orders"]) == (3, 4)
    assert (everyone["first"], everyone["last"]) == (date(2026, 1, 5), date(2026, 2, 5))
    part = told(shop, catalogue, "SELECT unnest([1, 4])::INTEGER AS contact_id").figures
    assert (part["contacts"], part["customers"], part["orders"]) == (2, 1, 1)
    assert (part["net"], part["base_net"]) == (Decimal(70), Decimal(170))
    assert part["revenue_share"] == pytest.approx(70 / 170)
    nobody = told(shop, catalogue, "SELECT 1 AS contact_id WHERE FALSE").figures
    assert (nobody["contacts"], nobody["share"], nobody["revenue_share"], nobody["last"]) == (0, 0, 0, None)


def test_breakdowns_are_of_known_fields_and_each_bar_is_a_criterion(
    shop: Database, catalogue_at: Callable[..., Catalogue]
) -> None:
    evaluator = Evaluator(shop, catalogue_at(NOW, Cuts()))
    evaluator.cache.clear()
    charts = breakdowns(evaluator, All(())).charts
    assert list(charts) == ["rfm_segment", "gender", "city", "orders_count"]
    city: Any = charts["city"].data
    assert dict(zip(city["labels"], city["values"], strict=True)) == {"Lyon": 3, "Nantes": 1, "Paris": 1}
    assert (city["others"], city["unknown"]) == (0, 2)
    for key, count in zip(city["keys"], city["values"], strict=True):
        assert evaluator.count(criterion_from_json(charts["city"].criteria[key])) == count
    women: Any = breakdowns(evaluator, Condition("gender", "is", "F"), number=1).charts["rfm_segment"].data
    assert sum(women["values"]) == 3
    nobody = np.zeros(9, np.bool_)
    assert breakdowns(evaluator, nobody).charts == {}
    evaluator.cache.clear()
