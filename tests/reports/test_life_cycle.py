"""The funnel of an audience: contacts, reach and revenue by stage, each with the criterion of its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_whole
from segmentation.predictive.rfm import Cuts
from segmentation.reports import REPORTS
from segmentation.results import Report
from segmentation.store.database import Database
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)

PEOPLE: dict[int, tuple[dict[str, Any], list[tuple[str, int]], str, str | None]] = {
    1: ({}, [], "prospect", None),
    2: ({}, [("2026-11-20", 30)], "new", None),
    3: ({}, [("2026-08-20", 30), ("2026-06-20", 12)], "active", None),
    4: ({}, [("2026-03-20", 50)], "inactive", "6_months"),
    5: ({}, [("2024-03-20", 70)], "inactive", "12_months"),
    6: ({"total_spent": 15}, [], "active", None),
    7: ({"relation": "partenaire"}, [("2026-11-20", 99)], "outside", None),
    8: ({}, [], "prospect", None),
}


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> Database:
    for contact, (own, orders, _, _) in PEOPLE.items():
        fill("contacts", {"contact_id": contact, "email": "a@example.org", "email_valid": True, **own})
        fill("orders", *[{"contact_id": contact, "order_date": day, "amount": n} for day, n in orders])
    fill("consents", *[{"contact_id": c, "channel": "email", "state": "yes"} for c in (1, 2, 4)])
    return base


def told(base: Database, catalogue: Catalogue, ids: str | None = None) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return REPORTS["life_cycle"](session, catalogue)


def test_everyone(shop: Database, catalogue_at: Callable[..., Catalogue]) -> None:
    report = told(shop, catalogue_at(NOW, Cuts()))
    assert (report.figures["contacts"], report.figures["undated"]) == (8, 1)
    expected = Counter(stage for _, _, stage, _ in PEOPLE.values())
    rows = {row[0]: tuple(row[1:]) for row in report.sheets["life_cycle"].rows}
    assert {stage: row[0] for stage, row in rows.items()} == {**dict.fromkeys(rows, 0), **expected}
    assert sum(float(str(row[1])) for row in rows.values()) == pytest.approx(1)
    assert {stage: row[2] for stage, row in rows.items() if row[2]} == {
        "prospect": 1,
        "new": 1,
        "inactive": 1,
    }
    assert rows["active"][3] == Decimal(30 + 12 + 15)
    assert rows["inactive"][3] == Decimal(120)
    tiers = {row[0]: row[1] for row in report.sheets["inactive_tier"].rows}
    assert tiers == {"recent": 0, "2_months": 0, "6_months": 1, "12_months": 1}
    kinds = {row[0]: row[1] for row in report.sheets["outside_kind"].rows if row[1]}
    assert kinds == {"partner": 1}
    assert list(report.charts["outside_kind"].data["keys"]) == ["partner"]


def test_each_bar_opens_its_people(shop: Database, catalogue_at: Callable[..., Catalogue]) -> None:
    catalogue = catalogue_at(NOW, Cuts())
    report = told(shop, catalogue)
    for chart in report.charts.values():
        for key, count in zip(chart.data["keys"], chart.data["values"], strict=True):  # type: ignore[call-overload]
            asked = criterion_from_json(chart.criteria[key])
            assert len(shop.run(compile_whole(asked, catalogue)).rows) == count, key
    promoted = criterion_from_json(report.figures["promoted"])
    assert len(shop.run(compile_whole(promoted, catalogue)).rows) == 7


def test_a_part_an_earlier_date_and_nobody(shop: Database, catalogue_at: Callable[..., Catalogue]) -> None:
    part = told(shop, catalogue_at(NOW, Cuts()), "SELECT unnest([4, 5])::INTEGER AS contact_id")
    rows = {row[0]: row[1:3] for row in part.sheets["life_cycle"].rows}
    assert rows["inactive"] == (2, 1.0)
    assert "outside" not in part.charts["life_cycle"].data["keys"]  # type: ignore[operator]
    then = told(shop, catalogue_at(date(2026, 4, 1), Cuts()))
    rows = {row[0]: row[1] for row in then.sheets["life_cycle"].rows}
    assert (rows["new"], rows["inactive"], rows["prospect"]) == (1, 1, 4)
    nobody = told(shop, catalogue_at(NOW, Cuts()), "SELECT 1 AS contact_id WHERE FALSE")
    assert nobody.figures["contacts"] == 0
    assert all(row[1] == 0 for row in nobody.sheets["life_cycle"].rows)
