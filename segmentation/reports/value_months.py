"""Twelve months at a glance: their four figures to the day, and calendar months, new and returning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.nodes import Span
from segmentation.criteria.windows import last, shifted
from segmentation.reports.value_sales import first_ordered, ordered, sales
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

MONTHS = 12
YEAR = Span(MONTHS, "month")
SERIES = ("fresh", "back")
DAY = timedelta(days=1)
COLUMNS = (
    Column("month", "report.value.month", "date"),
    Column("fresh", "report.value.fresh", "money"),
    Column("back", "report.value.back", "money"),
    Column("revenue", "report.value.revenue", "money"),
    Column("fresh_customers", "report.value.fresh_customers", "integer"),
    Column("back_customers", "report.value.back_customers", "integer"),
    Column("orders", "report.value.orders", "integer"),
    Column("basket", "report.value.basket", "money"),
)


@dataclass(slots=True)
class Month:
    """One calendar month: net amounts, customers who ordered, orders that count and their gross amount."""

    fresh: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    fresh_customers: int = 0
    back_customers: int = 0
    orders: int = 0
    gross: Decimal = Decimal(0)

    def told(self) -> tuple[Value, ...]:
        """The cells of its row."""
        money = (self.fresh, self.back, self.fresh + self.back)
        return (
            *money,
            self.fresh_customers,
            self.back_customers,
            self.orders,
            _mean(self.gross, self.orders),
        )


def value_months(session: Session, catalogue: Catalogue) -> Report:
    """The audience's last twelve calendar months, the one of the as-of day included up to that day.

    figures, of the last twelve months to the day (0 ≤ months ago ≤ 12, as every criterion says them),
    ``first`` and ``as_of``: ``revenue`` (net), ``orders``, ``customers``, ``basket`` (gross per order, None
    without orders); each of these four also ``…_before``, the twelve months up to the eve of ``first``, None
    when the orders known do not go back that far. ``fresh_share``: of the revenue of the calendar months.
    ``revenue_nobody`` and ``revenue_nobody_before``: what orders whose customer is not known add to
    ``revenue`` and ``revenue_before``, of the whole base.
    ``unfinished``: the calendar month of the as-of day is not over.
    sheet ``months``: one row per month; *fresh* is who placed their first order of all that month, *back*
    who had ordered before. chart ``months``: revenue of both, marks "fresh|2026-11-01" and "back|…".
    """
    start = shifted(catalogue.as_of.replace(day=1), 1 - MONTHS, "month")
    months = {shifted(start, step, "month"): Month() for step in range(MONTHS)}
    for month, fresh, revenue, customers, orders, gross in _by_month(session, catalogue, start):
        one, who = months[_day(month)], "fresh" if fresh else "back"
        setattr(one, who, _money(revenue))
        setattr(one, f"{who}_customers", int(str(customers)))
        one.orders += int(str(orders))
        one.gross += _money(gross)
    rows = [(month, *one.told()) for month, one in months.items()]
    figures = _figures(session, catalogue)
    fresh, back = (sum((getattr(one, who) for one in months.values()), Decimal(0)) for who in SERIES)
    figures["fresh_share"] = float(fresh / (fresh + back)) if fresh + back > 0 else None
    figures["revenue_nobody"], figures["revenue_nobody_before"] = _of_nobody(session, catalogue)
    figures["unfinished"] = (catalogue.as_of + DAY).month == catalogue.as_of.month
    return Report(
        "value_months",
        figures,
        {"months": Sheet("months", COLUMNS, rows)},
        {"months": _picture(months)},
    )


def _picture(months: dict[date, Month]) -> ChartSpec:
    criteria: dict[str, Value] = {}
    for month in months:
        last = shifted(month, 1, "month") - DAY
        new = first_ordered(month, last)
        criteria[f"fresh|{month}"] = new
        criteria[f"back|{month}"] = {"all": [ordered(month, last), {"not": new}]}
    data: dict[str, Value] = {
        "labels": list(months),
        "keys": [month.isoformat() for month in months],
        "series": {
            "back": [one.back for one in months.values()],
            "fresh": [one.fresh for one in months.values()],
        },
        "unit": "money",
    }
    return ChartSpec("stacked", data, criteria)


def _by_month(session: Session, catalogue: Catalogue, start: date) -> list[tuple[Value, ...]]:
    sql, values = sales(catalogue)
    statement = f"""
        WITH {sql}
        SELECT date_trunc('month', s.order_date),
            coalesce(date_trunc('month', f.first_order) = date_trunc('month', s.order_date), FALSE),
            coalesce(sum(s.amount) FILTER (WHERE s.summed), 0),
            count(DISTINCT s.contact_id) FILTER (WHERE s.counted), count(*) FILTER (WHERE s.counted),
            coalesce(sum(s.amount) FILTER (WHERE s.counted), 0)
        FROM sold AS s LEFT JOIN firsts AS f ON f.contact_id = s.contact_id
        WHERE s.order_date >= ? GROUP BY ALL"""
    return session.run(Statement(statement, (*values, start))).rows


def _figures(session: Session, catalogue: Catalogue) -> dict[str, Value]:
    """The sums of the last twelve months to the day, and of the twelve before."""
    start, before = last(catalogue.as_of, YEAR).start, shifted(catalogue.as_of, -2 * MONTHS, "month")
    sql, values = sales(catalogue)
    statement = f"""
        WITH {sql}, spans AS (SELECT *, order_date >= ? AS now, order_date >= ? AND order_date < ? AS past
            FROM sold)
        SELECT min(order_date),
            {", ".join(_sums(span) for span in ("now", "past"))}
        FROM spans"""
    row = session.run(Statement(statement, (*values, start, before, start))).rows[0]
    known = row[0] is not None and _day(row[0]) <= before + DAY * 31
    names = ("revenue", "orders", "customers", "gross")
    now = dict(zip(names, row[1:5], strict=True))
    past = dict(zip(names, row[5:9], strict=True))
    found: dict[str, Value] = {"first": start, "as_of": catalogue.as_of}
    for suffix, sums in (("", now), ("_before", past if known else {})):
        for name in names[:3]:
            found[name + suffix] = sums.get(name)
        orders = int(str(sums.get("orders", 0)))
        found[f"basket{suffix}"] = _mean(_money(sums.get("gross", 0)), orders)
    return found


def _of_nobody(session: Session, catalogue: Catalogue) -> tuple[Decimal, Decimal]:
    """What orders of no contact of the base bring, net: last twelve months to the day, and before."""
    days = last(catalogue.as_of, YEAR)
    sql = """
        SELECT coalesce(sum(o.amount) FILTER (o.order_date >= ?), 0),
            coalesce(sum(o.amount) FILTER (o.order_date < ?), 0) FROM orders AS o
        ANTI JOIN (SELECT contact_id FROM contacts WHERE live) AS c ON c.contact_id = o.contact_id
        WHERE o.summed AND o.order_date >= ? AND o.order_date < ?"""
    two = shifted(catalogue.as_of, -2 * MONTHS, "month")
    now, before = session.run(Statement(sql, (days.start, days.start, two, days.end))).rows[0]
    return _money(now), _money(before)


def _sums(span: str) -> str:
    return (
        f"coalesce(sum(amount) FILTER (WHERE summed AND {span}), 0),"
        f" count(*) FILTER (WHERE counted AND {span}),"
        f" count(DISTINCT contact_id) FILTER (WHERE counted AND {span}),"
        f" coalesce(sum(amount) FILTER (WHERE counted AND {span}), 0)"
    )


def _mean(gross: Decimal, orders: int) -> Decimal | None:
    return (gross / orders).quantize(Decimal("0.0001")) if orders else None


def _money(value: Value) -> Decimal:
    return Decimal(str(value))


def _day(value: Value) -> date:
    return date.fromisoformat(str(value)[:10])
