"""How a contact answers: e-mails received, opened and clicked, visits, and when they last came by themselves.

Each figure is counted from the events of its kind when the contact has any, else it is the file's own, else 0
(a rate or a date stays empty). Openings are counted as events: machines open too, so clicks say more.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fields import event_types
from segmentation.traits.trait import Sight, Step, Trait

_NOT_OWN = frozenset(
    ("email_sent", "email_open", "email_bounce", "unsubscribe", "spam_complaint", "sms_sent", "call")
)
"""Events that the person did not come by themselves for: a message to them, an opening, a departure."""


def _answered(sight: Sight) -> str:
    own = ", ".join(f"'{code}'" for code in event_types() if code not in _NOT_OWN)

    def some(kind: str) -> str:
        return f"count(*) FILTER (WHERE event_type = '{kind}' AND seen)"

    def any_of(kind: str) -> str:
        return f"count(*) FILTER (WHERE event_type = '{kind}') > 0"

    def last(kind: str) -> str:
        return f"max(event_date) FILTER (WHERE event_type = '{kind}' AND seen)"

    return f"""
        SELECT contact_id,
            {some("email_sent")} AS sent, {any_of("email_sent")} AS any_sent,
            {some("email_open")} AS opened, {any_of("email_open")} AS any_opened,
            {some("email_click")} AS clicked, {any_of("email_click")} AS any_clicked,
            count(*) FILTER (WHERE event_type IN ('site_visit', 'store_visit') AND seen) AS visits,
            count(*) FILTER (WHERE event_type IN ('site_visit', 'store_visit')) > 0 AS any_visit,
            {last("email_open")} AS last_open, {last("email_click")} AS last_click,
            max(event_date) FILTER (WHERE event_type IN ({own}) AND seen) AS last_own
        FROM (SELECT contact_id, event_type, event_date, {sight.seen("event_date")} AS seen
            FROM events WHERE {sight.concerned()}) AS dated
        GROUP BY contact_id"""


def _columns() -> dict[str, str]:
    sent = "CASE WHEN answered.any_sent THEN answered.sent ELSE coalesce(c.emails_sent, 0) END"
    opened = "CASE WHEN answered.any_opened THEN answered.opened ELSE coalesce(c.emails_opened, 0) END"
    clicked = "CASE WHEN answered.any_clicked THEN answered.clicked ELSE coalesce(c.emails_clicked, 0) END"

    def rate(part: str, own: str, known: str) -> str:
        share = f"CASE WHEN {sent} > 0 THEN least(CAST({part} AS DOUBLE) / ({sent}), 1.0) END"
        return f"CASE WHEN {known} THEN {share} ELSE coalesce({own}, {share}) END"

    def day(any_event: str, computed: str, own: str) -> str:
        return f"CASE WHEN {any_event} THEN CAST({computed} AS DATE) ELSE {own} END"

    visits = "CASE WHEN answered.any_visit THEN answered.visits ELSE coalesce(c.visits_count, 0) END"
    own_last = "greatest(CAST(answered.last_own AS DATE), CAST(bought.last_order AS DATE))"
    return {
        "emails_sent": sent,
        "emails_opened": opened,
        "emails_clicked": clicked,
        "open_rate": rate(opened, "c.open_rate", "answered.any_sent"),
        "click_rate": rate(clicked, "c.click_rate", "answered.any_sent"),
        "last_open_date": day("answered.any_opened", "answered.last_open", "c.last_open_date"),
        "last_click_date": day("answered.any_clicked", "answered.last_click", "c.last_click_date"),
        "visits_count": visits,
        "last_own_contact": f"coalesce({own_last}, greatest(c.last_click_date, c.last_purchase_date))",
    }


_FIELDS = {
    "emails_sent": "integer",
    "emails_opened": "integer",
    "emails_clicked": "integer",
    "open_rate": "percent",
    "click_rate": "percent",
    "last_open_date": "date",
    "last_click_date": "date",
    "last_own_contact": "date",
}

ENGAGEMENT = Trait(
    code="engagement",
    fields=(
        *(Field(code, kind, "engagement", "contact_features", f"r.{code}") for code, kind in _FIELDS.items()),
        Field("visits_count", "integer", "behavioural", "contact_features", "r.visits_count"),
    ),
    needs=(
        "events",
        *(f"contacts.{name}" for name in (*_FIELDS, "visits_count") if name != "last_own_contact"),
    ),
    steps=(Step("answered", _answered),),
    columns=_columns,
)
