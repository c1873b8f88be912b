"""How long until the second order: customers by the days between their first order and the next one."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.reports.value_sales import Json, sales
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

LIMITS = (30, 60, 90, 180, 365)
"""Upper ends of the classes, in days; beyond, one class more."""
EVER = 36500
ONCE = "once"
COLUMNS = (
    Column("key", "report.value.delay"),
    Column("from", "report.value.delay_from", "integer"),
    Column("to", "report.value.delay_to", "integer"),
    Column("customers", "report.value.customers", "integer"),
    Column("share", "report.value.share", "percent"),
)


def value_second(session: Session, catalogue: Catalogue) -> Report:
    """The audience's customers by the days to their second order; orders of one moment are one.

    figures: ``customers`` (at least one dated order), ``again`` (who ordered again), ``share``,
    ``median`` (days, of who ordered again; None when nobody did). sheet ``delays``: classes "30", "60", …,
    "more", then "once" (no second order yet); ``from`` and ``to`` in days. chart ``delays``: their sizes,
    with the criterion of each.
    """
    sql, values = sales(catalogue)
    edges = " ".join(f"WHEN days <= {limit} THEN '{limit}'" for limit in LIMITS)
    statement = f"""
        WITH {sql}, seconds AS (SELECT f.contact_id,
                date_diff('day', any_value(f.first_order), min(s.order_date)) AS days
            FROM firsts AS f LEFT JOIN sold AS s ON s.contact_id = f.contact_id AND s.counted
                AND s.order_date > f.first_order
            GROUP BY f.contact_id)
        SELECT CASE WHEN days IS NULL THEN '{ONCE}' {edges} ELSE 'more' END, count(*),
            (SELECT quantile_cont(days, 0.5) FROM seconds)
        FROM seconds GROUP BY ALL"""
    found = session.run(Statement(statement, values)).rows
    sizes = {str(key): int(str(count)) for key, count, _ in found}
    customers, again = sum(sizes.values()), sum(sizes.values()) - sizes.get(ONCE, 0)
    lows, keys = (0, *(limit + 1 for limit in LIMITS)), (*map(str, LIMITS), "more")
    rows: list[tuple[Value, ...]] = [
        (key, low, high, sizes.get(key, 0), sizes.get(key, 0) / customers if customers else None)
        for key, low, high in zip(keys, lows, (*LIMITS, None), strict=True)
    ]
    once = sizes.get(ONCE, 0)
    rows.append((ONCE, None, None, once, once / customers if customers else None))
    figures: dict[str, Value] = {
        "customers": customers,
        "again": again,
        "share": again / customers if customers else None,
        "median": None if not found or found[0][2] is None else float(str(found[0][2])),
    }
    data: dict[str, Value] = {
        "labels": [row[0] for row in rows],
        "keys": [row[0] for row in rows],
        "values": [row[3] for row in rows],
        "unit": "integer",
    }
    criteria = {key: _criterion(low, high) for key, low, high, *_ in rows}
    return Report(
        "value_second",
        figures,
        {"delays": Sheet("delays", COLUMNS, rows)},
        {"delays": ChartSpec("bars", data, {str(key): criterion for key, criterion in criteria.items()})},
    )


def _criterion(low: Value, high: Value) -> Json:
    if low is None:
        return _followed(EVER, absent=True)
    upper = _followed(EVER if high is None else int(str(high)))
    return upper if low == 0 else {"all": [upper, _followed(int(str(low)) - 1, absent=True)]}


def _followed(days: int, *, absent: bool = False) -> Json:
    """Whose first order was followed by another (or was not) in so many days."""
    then: Json = {"event": "order", "within": {"n": days, "unit": "day"}}
    return {
        "event": "order_first",
        "measure": "count",
        "op": ">=",
        "value": 1,
        "then": then | ({"absent": True} if absent else {}),
    }
