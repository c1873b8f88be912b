"""The money a base holds: orders by currency, people whose totals come from files."""

from __future__ import annotations

from datetime import date
from typing import Any

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports import REPORTS
from segmentation.store.database import Database
from tests.reports.conftest import hear


def test_orders_by_currency_and_totals_of_files(base: Database, fill: Any) -> None:
    fill("contacts", {"contact_id": 1, "total_spent": 12}, {"contact_id": 2, "orders_count": 3})
    codes = ("USD", "USD", None, "EUR", "CHF")
    fill(
        "orders", *[{"contact_id": 1, "order_date": "2026-01-02", "amount": 5, "currency": c} for c in codes]
    )
    with base.session() as session, session.transaction(write=False):
        hear(session)
        told = REPORTS["currencies"](session, Catalogue(fields={}, events={}, as_of=date(2026, 2, 1)))
    assert told.figures == {"totals": 1, "home": 2, "abroad": 3}
    assert sorted(told.sheets["orders"].rows, key=str) == [("CHF", 1), ("EUR", 1), ("USD", 2), (None, 1)]
