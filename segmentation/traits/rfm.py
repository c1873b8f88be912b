"""RFM of each contact in SQL: what they bought inside the window, then their scores by frozen limits.

The scoring is that of ``segmentation.predictive.rfm``; tests hold both equal. A contact with any order is
read from their orders; without one, from the file's totals (number, amount, date of the last order), whole
since a file does not date them. Whose orders all precede the window is R1, F1, M1. Who never ordered is a
prospect, in a base that holds a sale: without any, it knows nothing of who bought and nobody has a group. A
buyer whose last order has no date, or whose number of orders is unknown, has none either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from types import MappingProxyType

from segmentation.criteria.catalogue import Field
from segmentation.predictive.rfm import KEYS, PROSPECTS, SEGMENTS, VALUE_TIERS, Cuts
from segmentation.results import Statement, Value
from segmentation.traits.trait import AT_HOME, Sight, Trait

RELATION = "rfm_scores"

PAST: Mapping[str, int] = MappingProxyType({"rfm_past_1m": 1, "rfm_past_3m": 3, "rfm_past_12m": 12})
"""Relations of the scores as they were, by the months gone by; their fields are ``rfm_segment_<n>m``."""


_SAID = "coalesce(c.orders_count > 0, c.total_spent > 0 OR c.last_purchase_date IS NOT NULL, FALSE)"
"""SQL: the totals of a contact's file say that they bought."""

SOLD = (
    "(EXISTS (SELECT 1 FROM orders WHERE counted)"
    f" OR EXISTS (SELECT 1 FROM contacts AS c WHERE c.live AND {_SAID}))"
)
"""SQL: whether the base holds a sale, by an order or by the totals of a file, of any date."""


def window_start(as_of: date, months: int) -> date:
    """The first day of the window: ``months`` before the as-of date, the day kept inside its month."""
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(as_of.day, last))


def inputs_statement(as_of: date, window_months: int = 24) -> Statement:
    """``days, orders, amount`` of the buyers of the window: what limits are derived from."""
    sql, params = _buyers(as_of, window_months, None)
    return Statement(
        f"SELECT days, frequency AS orders, CAST(monetary AS DOUBLE) AS amount FROM ({sql}) AS buyers"
        " WHERE bought AND NOT old AND days IS NOT NULL AND frequency IS NOT NULL ORDER BY contact_id",
        params,
    )


def rfm_statement(as_of: date, cuts: Cuts, *, touched: str | None = None) -> Statement:
    """The rows of ``rfm_scores`` at a date: every live contact, with scores, group and the figures behind."""
    buyers, params = _buyers(as_of, cuts.window_months, touched)
    days, orders, amounts = (_above(name, len(limits)) for name, limits in _dimensions(cuts))
    values: list[Value] = [*cuts.days, *cuts.orders, *cuts.amounts]
    m = f"1 + {cuts.money_step} * ({amounts})" if cuts.amounts else "NULL"
    scored = f"""
        SELECT contact_id, bought, days, frequency, monetary,
            CASE WHEN NOT bought THEN NULL WHEN old THEN 1 ELSE 5 - ({days}) END AS r,
            CASE WHEN NOT bought THEN NULL WHEN old THEN 1 ELSE 1 + ({orders}) END AS f,
            CASE WHEN NOT bought OR monetary IS NULL THEN NULL WHEN old THEN {"1" if cuts.amounts else "NULL"}
                ELSE {m} END AS m
        FROM ({buyers}) AS buyers"""
    axis = "CASE WHEN m IS NULL THEN f ELSE (f + m + 1) // 2 END" if cuts.combine_fm else "f"
    return Statement(
        f"""SELECT contact_id, CAST(r AS TINYINT) AS r, CAST(f AS TINYINT) AS f, CAST(m AS TINYINT) AS m,
            CASE WHEN NOT bought THEN CASE WHEN {SOLD} THEN '{PROSPECTS}' END
                ELSE CASE r * 10 + {axis} {_cells()} END END AS rfm_segment,
            CAST(days AS INTEGER) AS days_since_last, CAST(frequency AS INTEGER) AS frequency,
            CAST(monetary AS DECIMAL(18,4)) AS monetary
        FROM ({scored}) AS scored""",
        (*values, *params),
    )


def past_statements(cuts: Cuts) -> Mapping[str, Callable[[date], Statement]]:
    """Relation of ``PAST`` → its rows at a date: everyone's scores that many months before, same limits.

    A contact known only by a file's totals has scores then when their last order is older still.
    """

    def before(months: int) -> Callable[[date], Statement]:
        return lambda day: rfm_statement(window_start(day, months), cuts)

    return {relation: before(months) for relation, months in PAST.items()}


def past_field(months: int) -> str:
    """The code of the field that holds the group of so many months ago."""
    return f"rfm_segment_{months}m"


def _dimensions(cuts: Cuts) -> tuple[tuple[str, tuple[object, ...]], ...]:
    return (("days", cuts.days), ("frequency", cuts.orders), ("monetary", cuts.amounts))


def _above(name: str, limits: int) -> str:
    """SQL: how many of the bound limits lie strictly below the value."""
    value = "CAST(? AS DECIMAL(18,4))" if name == "monetary" else "CAST(? AS BIGINT)"
    return " + ".join(f"CAST({name} > {value} AS INTEGER)" for _ in range(limits))


def _cells() -> str:
    cells = sorted(SEGMENTS.items(), key=lambda cell: KEYS.index(cell[1]))
    names = groupby(cells, key=lambda cell: cell[1])
    return " ".join(f"WHEN {r * 10 + f} THEN '{key}'" for key, of_key in names for (r, f), _ in of_key)


def _buyers(as_of: date, months: int, touched: str | None) -> tuple[str, tuple[Value, ...]]:
    """SQL of every live contact's purchases: contact_id, bought, days, frequency, monetary, old."""
    sight = Sight(as_of=as_of, touched=touched)
    start = datetime.combine(window_start(as_of, months), time.min)
    sold = f"""
        SELECT contact_id, count(*) FILTER (WHERE counted) AS ever,
            count(*) FILTER (WHERE counted AND recent) AS orders,
            max(order_date) FILTER (WHERE counted) AS last_order,
            coalesce(sum(amount) FILTER (WHERE summed AND recent), 0) AS spent
        FROM (SELECT contact_id, order_date, amount, order_date >= ? AS recent,
                counted AND {sight.seen("order_date")} AS counted,
                summed AND {sight.seen("order_date")} AS summed
            FROM orders WHERE {sight.concerned()} AND {AT_HOME}) AS dated
        GROUP BY contact_id"""
    sold_values: list[Value] = [start, *sight.values]
    known = "s.contact_id IS NOT NULL"
    day = f"CASE WHEN {known} THEN CAST(s.last_order AS DATE) ELSE c.last_purchase_date END"
    sql = f"""
        SELECT contact_id, bought, frequency, monetary,
            CASE WHEN bought AND last_day <= asked THEN date_diff('day', last_day, asked) END AS days,
            coalesce(bought AND last_day < CAST(? AS DATE), FALSE) AS old
        FROM (SELECT c.contact_id, CAST(? AS DATE) AS asked, {day} AS last_day,
                CASE WHEN {known} THEN s.ever > 0 ELSE {_SAID} END AS bought,
                CASE WHEN {known} THEN s.orders ELSE c.orders_count END AS frequency,
                CASE WHEN {known} THEN s.spent ELSE c.total_spent END AS monetary
            FROM contacts AS c LEFT JOIN ({sold}) AS s ON s.contact_id = c.contact_id
            WHERE c.live AND {sight.concerned("c.contact_id")}) AS known"""
    return sql, (start.date(), as_of, *sold_values)


def _field(code: str, kind: str, expression: str, choices: tuple[str, ...] = ()) -> Field:
    return Field(code, kind, "value", RELATION, expression, choices=choices)


def _tier() -> str:
    return "CASE r.m " + " ".join(f"WHEN {m} THEN '{tier}'" for m, tier in VALUE_TIERS.items()) + " END"


RFM = Trait(
    code="rfm",
    fields=(
        _field("rfm_segment", "category", "r.rfm_segment", (*KEYS, PROSPECTS)),
        *(
            Field(past_field(months), "category", "value", name, "r.rfm_segment", choices=(*KEYS, PROSPECTS))
            for name, months in PAST.items()
        ),
        _field("r_score", "integer", "r.r"),
        _field("f_score", "integer", "r.f"),
        _field("m_score", "integer", "r.m"),
        _field("value_tier", "category", _tier(), ("vip", "high", "standard")),
    ),
    needs=("orders", "contacts.last_purchase_date"),
)
