"""What every reading of value stands on: an audience's dated orders up to the as-of day, its first orders.

An order counts when it is paid and above zero; returns reduce sums. Whose orders are not known is left out.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Value

Json = dict[str, object]


def sales(catalogue: Catalogue) -> tuple[str, tuple[Value, ...]]:
    """Two CTEs and their values: ``sold`` (contact_id, order_date, amount, counted, summed) of the table
    ``audience``, and ``firsts`` (contact_id, first_order: the moment of the first order that counts)."""
    end = datetime.combine(catalogue.as_of + timedelta(days=1), time.min)
    sql = """
        sold AS (SELECT o.contact_id, o.order_date, o.amount, o.counted, o.summed
            FROM orders AS o SEMI JOIN audience AS a ON a.contact_id = o.contact_id
            WHERE o.order_date < ? AND (o.counted OR o.summed)),
        firsts AS (SELECT contact_id, min(order_date) AS first_order FROM sold WHERE counted GROUP BY ALL)"""
    return sql, (end,)


def ordered(first: date, last: date) -> Json:
    """Who placed an order between two days, both in."""
    return {"event": "order", "measure": "count", "op": ">=", "value": 1, "within": _days(first, last)}


def first_ordered(first: date, last: date) -> Json:
    """Whose first order of all falls between two days, both in."""
    return {"event": "order_first", "measure": "count", "op": ">=", "value": 1, "within": _days(first, last)}


def _days(first: date, last: date) -> Json:
    return {"between": [first.isoformat(), last.isoformat()]}
