"""Where the base stands: who is in it, who can be written to, who bought in the last year and how much."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.nodes import All, Condition, Span
from segmentation.criteria.windows import last, shifted
from segmentation.results import ChartSpec, Report, Statement
from segmentation.store.database import Database

MONTHS = 12
YEAR = Span(MONTHS, "month")


def overview(database: Database, evaluator: Evaluator) -> Report:
    """The four figures of the home page and what they rest on, as of the catalogue's date.

    figures: ``contacts``; ``reachable_email``, ``to_confirm_email``; ``active_customers`` (bought in the last
    12 months, by their orders or by what their file says); ``orders`` (those that count, of all times);
    ``revenue`` and ``revenue_before`` (12 months and the 12 before, net of returns, in the base's currency;
    None without orders). charts: ``revenue`` by month, when there are orders.
    """
    as_of = evaluator.catalogue.as_of
    reach = evaluator.reach(All(()))["email"]
    bought = Condition("last_purchase_date", "last", YEAR)
    orders, revenue, before = _sales(database, as_of)
    contacts = evaluator.count(All(()))
    figures = {
        "contacts": contacts,
        "reachable_email": reach.reachable,
        "to_confirm_email": reach.to_confirm,
        "active_customers": evaluator.count(bought),
        "orders": orders,
        "revenue": revenue if orders else None,
        "revenue_before": before if orders else None,
    }
    return Report("overview", figures, charts={"revenue": _by_month(database, as_of)} if orders else {})


def _sales(database: Database, as_of: date) -> tuple[int, Decimal, Decimal]:
    end, year = as_of + timedelta(days=1), last(as_of, YEAR).start
    two = shifted(as_of, -2 * MONTHS, "month")
    sql = (
        "SELECT count(*) FILTER (WHERE counted),"
        " coalesce(sum(amount) FILTER (WHERE summed AND order_date >= ?), 0),"
        " coalesce(sum(amount) FILTER (WHERE summed AND order_date >= ? AND order_date < ?), 0)"
        " FROM orders WHERE order_date < ?"
    )
    count, revenue, before = database.run(Statement(sql, (year, two, year, end))).rows[0]
    return int(str(count)), Decimal(str(revenue)), Decimal(str(before))


def _by_month(database: Database, as_of: date) -> ChartSpec:
    """The last twelve calendar months, the one of ``as_of`` included; a month without a sale is 0."""
    first = shifted(as_of.replace(day=1), 1 - MONTHS, "month")
    sql = (
        "SELECT date_trunc('month', order_date), sum(amount) FROM orders"
        " WHERE summed AND order_date >= ? AND order_date < ? GROUP BY ALL"
    )
    rows = database.run(Statement(sql, (first, as_of + timedelta(days=1)))).rows
    sums = {str(month)[:7]: amount for month, amount in rows}
    months = [shifted(first, step, "month") for step in range(MONTHS)]
    values = [sums.get(f"{month:%Y-%m}", Decimal(0)) for month in months]
    return ChartSpec("line", {"labels": months, "values": values, "unit": "money"})
