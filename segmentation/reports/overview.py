"""Where the base stands: who is in it, who can be written to, who bought in the last year and how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.nodes import All, Any, Condition, Span
from segmentation.criteria.windows import last, shifted
from segmentation.reports.relations import rows_of
from segmentation.results import ChartSpec, Report, Statement, Value
from segmentation.store.database import Database
from segmentation.traits import CONSENTS, FEATURES

MONTHS = 12
YEAR = Span(MONTHS, "month")
MOST = 0.5
"""A line of arrivals is drawn when more than this share of the contacts have a day."""
STRAYS = 0.05
"""Share of the active customers whose orders may be missing before their number has no past to be told."""


_NAMED = ("first_name", "last_name", "full_name", "company_name", "email", "mobile", "phone", "address1")
"""What tells one person from another, or reaches them."""


def unnamed(evaluator: Evaluator) -> bool:
    """Whether the base has contacts, none of whom has a name, an e-mail, a phone nor an address."""
    known = Any(tuple(Condition(code, "not_empty") for code in _NAMED))
    return evaluator.count(All(())) > 0 and not evaluator.count(known)


def overview(database: Database, evaluator: Evaluator) -> Report:
    """The four figures of the home page and what they rest on, as of the catalogue's date.

    figures: ``contacts``; ``reachable_email``, ``to_confirm_email``, ``reachable_sms``, ``reachable_post``;
    ``active_customers`` (bought in the last 12 months, by their orders or by what their file says);
    ``orders`` (those that count, of all times); ``history`` (the orders tell the past, see ``_tell_past``);
    ``revenue`` and ``revenue_before`` (12 months and the 12 before, net of returns, in the base's currency;
    None without orders); ``contacts_before``, those of today who had come a year before to the day, and
    ``active_customers_before``, the buyers of the 12 months before: each None when its chart is not drawn.
    charts, twelve months, the last one as of the date: ``revenue`` by month, when there are orders;
    ``contacts`` and ``reachable_email``, those of today who had come by the end of each month (by the day
    their file gives, as the portrait tells, else with a history their first purchase), when most have one;
    ``active_customers``, who had bought in the twelve calendar months to each one, when there is a history
    and nearly all of today's are in it.
    """
    as_of = evaluator.catalogue.as_of
    reached = evaluator.reach(All(()))
    bought = Condition("last_purchase_date", "last", YEAR)
    orders, revenue, before = _sales(database, as_of)
    contacts, history = evaluator.count(All(())), bool(orders) and _tell_past(database, as_of)
    figures: dict[str, Value] = {
        "contacts": contacts,
        "reachable_email": reached["email"].reachable,
        "to_confirm_email": reached["email"].to_confirm,
        "reachable_sms": reached["sms"].reachable,
        "reachable_post": reached["post"].reachable,
        "active_customers": evaluator.count(bought),
        "orders": orders,
        "history": history,
        "revenue": revenue if orders else None,
        "revenue_before": before if orders else None,
    }
    charts, figures["contacts_before"] = _arrivals(database, evaluator.catalogue, history=history)
    if orders:
        charts["revenue"] = _by_month(database, as_of)
    now, active_before = int(str(figures["active_customers"])), None
    buyers, buyers_before = _buyers(database, as_of)
    if history and now - buyers <= STRAYS * now:
        active_before = buyers_before
        charts["active_customers"] = _months(as_of, [*_active(database, as_of)[:-1], now], "integer")
    figures["active_customers_before"] = active_before
    return Report("overview", figures, charts=charts)


def _months(as_of: date, values: Sequence[Value], unit: str) -> ChartSpec:
    first = shifted(as_of.replace(day=1), 1 - MONTHS, "month")
    labels = [shifted(first, step, "month") for step in range(MONTHS)]
    return ChartSpec("line", {"labels": labels, "values": list(values), "unit": unit})


def _tell_past(database: Database, as_of: date) -> bool:
    """Whether the orders can be compared with those of a year before.

    They go back two years (a month of grace), and someone has more than one: a file of last visits has one
    a person, and there the past is always emptier than it was.
    """
    start = shifted(as_of, 1 - 2 * MONTHS, "month")
    sql = """
        SELECT coalesce(min(first) < ? AND max(orders) > 1, FALSE) FROM (
            SELECT min(order_date) AS first, count(*) AS orders FROM orders
            WHERE counted AND contact_id > 0 AND order_date < ? GROUP BY contact_id) AS buyers"""
    return bool(database.run(Statement(sql, (start, as_of + timedelta(days=1)))).rows[0][0])


def _buyers(database: Database, as_of: date) -> tuple[int, int]:
    """Those of the last 12 months and those of the 12 before, by their orders alone."""
    sql = """
        SELECT count(DISTINCT contact_id) FILTER (order_date >= ?),
            count(DISTINCT contact_id) FILTER (order_date < ?)
        FROM orders WHERE counted AND order_date >= ? AND order_date < ?
            AND contact_id IN (SELECT contact_id FROM contacts WHERE live)"""
    start, two = last(as_of, YEAR).start, shifted(as_of, -2 * MONTHS, "month")
    now, before = database.run(Statement(sql, (start, start, two, as_of + timedelta(days=1)))).rows[0]
    return int(str(now)), int(str(before))


def _arrivals(
    database: Database, catalogue: Catalogue, *, history: bool
) -> tuple[dict[str, ChartSpec], int | None]:
    """Who of today's contacts had come by the end of each month, and how many a year before to the day.

    A day to come counts as none given.
    """
    as_of = catalogue.as_of
    days = ("CAST(c.created_at AS DATE)", "f.first_purchase_date")[: 1 + history]
    came = f"coalesce({', '.join(f'CASE WHEN {day} <= ? THEN {day} END' for day in days)})"
    features, consents = rows_of(catalogue, FEATURES), rows_of(catalogue, CONSENTS)
    first = shifted(as_of.replace(day=1), 2 - MONTHS, "month")
    edges = [shifted(first, step, "month") for step in range(MONTHS - 1)]
    edges.append(shifted(as_of, -MONTHS, "month") + timedelta(days=1))
    counts = ", ".join(
        f"count(*) FILTER ({who}(came IS NULL OR came < CAST(? AS DATE)))"
        for who in ("", "email_reachable AND ")
        for _ in edges
    )
    sql = f"""
        SELECT count(*), count(came), count(*) FILTER (email_reachable), {counts} FROM (
            SELECT s.email_reachable, {came} AS came
            FROM contacts c LEFT JOIN ({features.sql}) f ON f.contact_id = c.contact_id
            LEFT JOIN ({consents.sql}) s ON s.contact_id = c.contact_id WHERE c.live) AS people"""
    values = (*edges, *edges, *(as_of for _ in days), *features.params, *consents.params)
    found = database.run(Statement(sql, values)).rows[0]
    total, known, reachable, *by_month = (int(str(value)) for value in found)
    if known <= total * MOST:
        return {}, None
    *came_by, a_year_ago = by_month[:MONTHS]
    return {
        "contacts": _months(as_of, [*came_by, total], "integer"),
        "reachable_email": _months(as_of, [*by_month[MONTHS:-1], reachable], "integer"),
    }, a_year_ago


def _active(database: Database, as_of: date) -> list[int]:
    """Buyers of the twelve calendar months to each of the last twelve, in one scan: a bit a month."""
    first = shifted(as_of.replace(day=1), 2 - 2 * MONTHS, "month")
    window = (1 << MONTHS) - 1
    counts = ", ".join(f"count(*) FILTER (seen & {window << step} <> 0)" for step in range(MONTHS))
    sql = f"""
        SELECT {counts} FROM (
            SELECT bit_or(1::BIGINT << date_diff('month', CAST(? AS DATE), CAST(order_date AS DATE))) AS seen
            FROM orders WHERE counted AND order_date >= ? AND order_date < ?
                AND contact_id IN (SELECT contact_id FROM contacts WHERE live)
            GROUP BY contact_id) AS buyers"""
    found = database.run(Statement(sql, (first, first, as_of + timedelta(days=1)))).rows[0]
    return [int(str(count)) for count in found]


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
    return _months(as_of, [sums.get(f"{month:%Y-%m}", Decimal(0)) for month in months], "money")
