"""What a contact has bought: totals of their orders, or the file's own totals for whom no order is known.

A contact with any order in the base's currency, even cancelled or after the as-of date, uses computed totals.
Orders that count (paid, above zero) are counted one by one and dated; returns reduce the sum. When nothing is
said of someone's purchases, they have 0 orders, have spent 0, and have no date nor basket.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.traits.trait import AT_HOME, Sight, Step, Trait

_FILE = (
    "orders_count",
    "total_spent",
    "first_purchase_date",
    "last_purchase_date",
    "average_basket",
    "last_order_amount",
)
_SAID = " OR ".join(f"c.{name} IS NOT NULL" for name in _FILE)
_MONEY = "DECIMAL(18,4)"


def _bought(sight: Sight) -> str:
    return f"""
        SELECT contact_id,
            count(*) FILTER (WHERE counted) AS orders_count,
            coalesce(sum(amount) FILTER (WHERE summed), 0) AS total_spent,
            coalesce(sum(amount) FILTER (WHERE counted), 0) AS gross_amount,
            coalesce(-sum(amount) FILTER (WHERE summed AND amount < 0), 0) AS returns_amount,
            count(*) FILTER (WHERE summed AND amount < 0) AS returns_count,
            min(order_date) FILTER (WHERE counted) AS first_order,
            max(order_date) FILTER (WHERE counted) AS last_order,
            arg_max(amount, (order_date, order_key)) FILTER (WHERE counted) AS last_amount
        FROM (SELECT contact_id, order_key, order_date, amount,
                counted AND {sight.seen("order_date")} AS counted,
                summed AND {sight.seen("order_date")} AS summed
            FROM orders WHERE {sight.concerned()} AND {AT_HOME}) AS dated
        GROUP BY contact_id"""


def _known(computed: str, otherwise: str, *, nothing: str = "NULL") -> str:
    known = "bought.contact_id IS NOT NULL"
    if nothing == "NULL":
        return f"CASE WHEN {known} THEN {computed} ELSE {otherwise} END"
    return f"CASE WHEN {known} THEN {computed} WHEN {_SAID} THEN {otherwise} ELSE {nothing} END"


def _columns() -> dict[str, str]:
    mean = f"CAST(bought.gross_amount / nullif(bought.orders_count, 0) AS {_MONEY})"
    said_mean = f"coalesce(c.average_basket, CAST(c.total_spent / nullif(c.orders_count, 0) AS {_MONEY}))"
    columns = {
        "orders_count": _known("bought.orders_count", "c.orders_count", nothing="0"),
        "returns_count": _known("bought.returns_count", "coalesce(c.returns_count, 0)"),
        "total_spent": _known("bought.total_spent", "c.total_spent", nothing="0"),
        "gross_amount": _known("bought.gross_amount", "c.total_spent", nothing="0"),
        "returns_amount": _known("bought.returns_amount", "0"),
        "average_basket": _known(mean, said_mean),
        "last_order_amount": _known("bought.last_amount", "c.last_order_amount"),
        "first_purchase_date": _known("CAST(bought.first_order AS DATE)", "c.first_purchase_date"),
        "last_purchase_date": _known("CAST(bought.last_order AS DATE)", "c.last_purchase_date"),
    }
    money = ("total_spent", "gross_amount", "returns_amount")
    return {name: f"CAST({sql} AS {_MONEY})" if name in money else sql for name, sql in columns.items()}


def _field(code: str, kind: str, family: str, expression: str | None = None) -> Field:
    return Field(code, kind, family, "contact_features", expression or f"r.{code}")


TOTALS = Trait(
    code="totals",
    fields=(
        _field("orders_count", "integer", "behavioural"),
        _field("first_purchase_date", "date", "behavioural"),
        _field("last_purchase_date", "date", "behavioural"),
        _field("days_since_last", "integer", "behavioural", "date_diff('day', r.last_purchase_date, :as_of)"),
        _field("returns_count", "integer", "behavioural"),
        _field("total_spent", "money", "value"),
        _field("gross_amount", "money", "value"),
        _field("returns_amount", "money", "value"),
        _field("average_basket", "money", "value"),
        _field("last_order_amount", "money", "value"),
    ),
    needs=("orders", *(f"contacts.{name}" for name in _FILE)),
    steps=(Step("bought", _bought),),
    columns=_columns,
)
