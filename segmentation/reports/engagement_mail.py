"""What each campaign did, and when people click: counted from the e-mail events of the last twelve months.

A buyer of a campaign ordered within seven days after clicking it; an order belongs to the last click before
it, whatever the campaign. People are counted once in a campaign, however often they open or click.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from segmentation.criteria.nodes import Span
from segmentation.criteria.windows import last
from segmentation.reports.engagement_people import BOUGHT_WITHIN
from segmentation.results import Column, Sheet, Statement, Value
from segmentation.store.session import Session

HOURS = 4
"""Hours of a slot of the day."""
LEAST_CLICKS = 100
"""Clicks below which no best moment is told."""
ONE_SLOT = 0.7
"""When so many e-mails leave in one slot, clicks only tell when they were written."""

CAMPAIGN_COLUMNS = (
    Column("key", "report.engagement.campaign"),
    Column("campaign", "report.engagement.campaign"),
    Column("day", "report.engagement.day", "date"),
    Column("sent", "report.engagement.sent", "integer"),
    Column("bounced", "report.engagement.bounced", "integer"),
    Column("opened", "report.engagement.opened", "integer"),
    Column("open_rate", "report.engagement.open_rate", "percent"),
    Column("clicked", "report.engagement.clicked", "integer"),
    Column("click_rate", "report.engagement.click_rate", "percent"),
    Column("left", "report.engagement.left", "integer"),
    Column("buyers", "report.engagement.buyers", "integer"),
    Column("revenue", "report.engagement.revenue", "money"),
)


def bounds(as_of: date) -> tuple[datetime, datetime]:
    """The twelve months up to the as-of day, half-open."""
    days = last(as_of, Span(12, "month"))
    assert days.start is not None
    return datetime.combine(days.start, time.min), datetime.combine(as_of + timedelta(days=1), time.min)


def campaigns(session: Session, as_of: date) -> Sheet:
    """The named campaigns sent in the period to someone of the audience, newest first.

    ``opened`` counts who opened or clicked; rates are of those sent and not bounced.
    """
    start, end = bounds(as_of)
    sql = f"""
        WITH mail AS (SELECT e.* FROM events AS e JOIN audience AS a ON a.contact_id = e.contact_id
                WHERE e.event_date >= ? AND e.event_date < ?),
        clicks AS (SELECT contact_id, event_date, campaign__key FROM mail WHERE event_type = 'email_click'),
        fruit AS (SELECT c.campaign__key, o.contact_id, o.amount
            FROM (SELECT o.contact_id, o.order_date, o.amount FROM orders AS o
                    JOIN audience AS a ON a.contact_id = o.contact_id
                    WHERE o.counted AND o.order_date < ?) AS o
            ASOF JOIN clicks AS c ON c.contact_id = o.contact_id AND o.order_date > c.event_date
            WHERE CAST(o.order_date AS DATE) <= CAST(c.event_date AS DATE) + {BOUGHT_WITHIN}),
        bought AS (SELECT campaign__key, count(DISTINCT contact_id) AS buyers, sum(amount) AS revenue
            FROM fruit GROUP BY campaign__key)
        SELECT m.campaign__key, arg_max(m.campaign, m.event_date),
            CAST(min(m.event_date) FILTER (WHERE m.event_type = 'email_sent') AS DATE) AS day,
            {_people("email_sent")} AS sent, {_people("email_bounce")} AS bounced,
            count(DISTINCT m.contact_id) FILTER (WHERE m.event_type IN ('email_open', 'email_click')),
            {_people("email_click")},
            count(DISTINCT m.contact_id) FILTER (WHERE m.event_type IN ('unsubscribe', 'spam_complaint')),
            coalesce(any_value(b.buyers), 0), coalesce(any_value(b.revenue), 0)
        FROM mail AS m LEFT JOIN bought AS b ON b.campaign__key = m.campaign__key
        WHERE m.campaign__key IS NOT NULL AND m.campaign__key <> ''
        GROUP BY m.campaign__key HAVING sent > 0 ORDER BY day DESC, m.campaign__key"""
    rows = session.run(Statement(sql, (start, end, end))).rows
    return Sheet("campaigns", CAMPAIGN_COLUMNS, [_rated(row) for row in rows])


def _people(kind: str) -> str:
    return f"count(DISTINCT m.contact_id) FILTER (WHERE m.event_type = '{kind}')"


def _rated(row: tuple[Value, ...]) -> tuple[Value, ...]:
    key, name, day, sent, bounced, opened, clicked, left, buyers, revenue = row
    arrived = int(str(sent)) - int(str(bounced))

    def share(count: Value) -> float | None:
        return min(int(str(count)) / arrived, 1.0) if arrived > 0 else None

    return (
        key, name, day, sent, bounced, opened, share(opened), clicked, share(clicked), left, buyers, revenue
    )  # fmt: skip


def moments(session: Session, as_of: date) -> tuple[dict[tuple[int, int], int], int, float]:
    """Who clicked in each slot: {(weekday, first hour): people}; how many clicks; the share of e-mails that
    left in the slot where most did."""
    start, end = bounds(as_of)
    slot = f"isodow(event_date) AS day, hour(event_date) // {HOURS} * {HOURS} AS hour"
    among = "event_date >= ? AND event_date < ? AND contact_id IN (SELECT contact_id FROM audience)"
    sql = f"""SELECT {slot}, count(DISTINCT contact_id), count(*) FROM events
        WHERE event_type = 'email_click' AND {among} GROUP BY ALL"""
    rows = session.run(Statement(sql, (start, end))).rows
    people = {(int(day), int(hour)): int(n) for day, hour, n, _ in rows}
    sent_sql = f"""SELECT {slot}, count(*) FROM events WHERE event_type = 'email_sent' AND {among}
        GROUP BY ALL"""
    sent = [int(row[2]) for row in session.run(Statement(sent_sql, (start, end))).rows]
    return people, sum(int(row[3]) for row in rows), max(sent) / sum(sent) if sent else 0.0


def wasted(session: Session, as_of: date, ids: str) -> int:
    """How many e-mails the contacts of a table of the session received in the period."""
    start, end = bounds(as_of)
    sql = f"""SELECT count(*) FROM events WHERE event_type = 'email_sent' AND event_date >= ?
        AND event_date < ? AND contact_id IN (SELECT contact_id FROM {ids})"""
    return int(str(session.scalar(Statement(sql, (start, end)))))
