"""Totals of orders, or of the file for whom no order is known; nothing after the as-of day is seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import features_statement


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> Database:
    fill(
        "contacts",
        {"contact_id": 1, "orders_count": 99, "total_spent": 999, "average_basket": 9},
        {
            "contact_id": 2,
            "orders_count": 4,
            "total_spent": Decimal("200"),
            "last_purchase_date": date(2026, 5, 1),
        },
        {"contact_id": 3},
        {"contact_id": 4, "total_spent": 50},
        {"contact_id": 5, "live": False},
        {"contact_id": 6, "orders_count": 3, "total_spent": 30},
        {
            "contact_id": 7,
            "average_basket": 12,
            "last_order_amount": 15,
            "first_purchase_date": date(2020, 1, 1),
        },
    )
    fill(
        "orders",
        {"contact_id": 1, "order_date": "2026-01-10 10:00", "amount": 100},
        {"contact_id": 1, "order_date": "2026-02-10 23:59:59", "amount": 50.5, "order_key": "b"},
        {"contact_id": 1, "order_date": "2026-02-10 23:59:59", "amount": 60, "order_key": "c"},
        {"contact_id": 1, "order_date": "2026-03-01", "amount": -20},
        {"contact_id": 1, "order_date": "2026-03-02", "amount": 500, "counted": False, "summed": False},
        {"contact_id": 1, "order_date": "2026-03-03", "amount": -70, "counted": False, "summed": False},
        {"contact_id": 1, "order_date": "2026-06-01", "amount": 0.01},
        {"contact_id": None, "order_date": "2026-06-01", "amount": 7},
        {"contact_id": 6, "order_date": "2026-04-01", "amount": 70, "counted": False, "summed": False},
    )
    return base


def features(base: Database, **asked: Any) -> dict[int, dict[str, Any]]:
    found = base.run(features_statement(**asked))
    return {int(str(row[0])): dict(zip(found.columns, row, strict=True)) for row in found.rows}


def test_a_contact_with_orders_has_computed_totals(shop: Database) -> None:
    one = features(shop)[1]
    assert one["orders_count"] == 4
    assert one["total_spent"] == Decimal("190.51")
    assert one["gross_amount"] == Decimal("210.51")
    assert (one["returns_amount"], one["returns_count"]) == (Decimal("20"), 1)
    assert one["average_basket"] == Decimal("52.6275")
    assert (one["first_purchase_date"], one["last_purchase_date"]) == (date(2026, 1, 10), date(2026, 6, 1))
    assert one["last_order_amount"] == Decimal("0.01")


def test_the_file_speaks_for_whom_no_order_is_known(shop: Database) -> None:
    found = features(shop)
    two = found[2]
    assert (two["orders_count"], two["total_spent"], two["average_basket"]) == (4, 200, 50)
    assert (two["last_purchase_date"], two["gross_amount"], two["returns_amount"]) == (
        date(2026, 5, 1),
        200,
        0,
    )
    assert (found[4]["orders_count"], found[4]["total_spent"]) == (None, 50)
    assert (found[7]["orders_count"], found[7]["average_basket"], found[7]["last_order_amount"]) == (
        None,
        12,
        15,
    )


def test_who_never_bought_has_zero_and_no_date(shop: Database) -> None:
    three = features(shop)[3]
    assert (three["orders_count"], three["total_spent"], three["gross_amount"], three["returns_amount"]) == (
        0,
    ) * 4
    assert {three[name] for name in ("first_purchase_date", "last_purchase_date", "average_basket")} == {None}


def test_any_order_even_cancelled_silences_the_file(shop: Database) -> None:
    six = features(shop)[6]
    assert (six["orders_count"], six["total_spent"], six["last_purchase_date"]) == (0, 0, None)


def test_erased_contacts_have_no_row_and_rows_are_in_order(shop: Database) -> None:
    assert list(features(shop)) == [1, 2, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("as_of", "orders", "spent", "last"),
    [
        (date(2026, 1, 9), 0, "0", None),
        (date(2026, 1, 10), 1, "100", date(2026, 1, 10)),
        (date(2026, 2, 9), 1, "100", date(2026, 1, 10)),
        (date(2026, 2, 10), 3, "210.5", date(2026, 2, 10)),
        (date(2026, 5, 31), 3, "190.5", date(2026, 2, 10)),
        (date(2026, 6, 1), 4, "190.51", date(2026, 6, 1)),
    ],
)
def test_nothing_after_the_as_of_day_is_seen(
    shop: Database, as_of: date, orders: int, spent: str, last: date | None
) -> None:
    one = features(shop, as_of_end=as_of)[1]
    assert (one["orders_count"], one["total_spent"], one["last_purchase_date"]) == (
        orders,
        Decimal(spent),
        last,
    )


def test_two_orders_at_the_same_moment_have_one_last(shop: Database) -> None:
    assert features(shop, as_of_end=date(2026, 2, 10))[1]["last_order_amount"] == 60


def test_touched_contacts_only(shop: Database) -> None:
    everyone = features(shop)
    with shop.session() as session:
        session.run(Statement("CREATE TEMP TABLE touched AS SELECT unnest([1, 3, 5]) AS contact_id"))
        found = session.run(features_statement("touched"))
    assert {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows} == {
        key: everyone[key] for key in (1, 3)
    }
