"""How engaged a contact is: the first of eight tiers that fits their last click, purchase and opening.

A click or a purchase is a strong signal, an opening a weak one (machines open too). In days before the as-of
day: *very engaged*, strong ≤ 30 · *engaged*, strong ≤ 90 or opened ≤ 30 · *warm*, strong ≤ 180 or opened ≤ 90
· *cold*, opened ≤ 180 · *dormant*, any older signal · *new*, no signal, known for ≤ 15 · *never engaged*, no
signal after 5 e-mails or more · *unknown*, the rest. Days are multiplied by how rarely the base writes
(``scale_of``). A base that knows nothing of its e-mails gives no tier to anyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from segmentation.criteria.catalogue import Field
from segmentation.results import Statement, Value
from segmentation.traits.trait import Trait

RELATION = "engagement_tiers"
TIERS: tuple[str, ...] = ("very", "engaged", "warm", "cold", "dormant", "new", "never", "unknown")
"""From the most engaged to those nothing is known of."""

STRONG = (30, 90, 180)
"""Days since the last click or purchase of very engaged, engaged and warm contacts."""
WEAK = (30, 90, 180)
"""Days since the last opening of engaged, warm and cold contacts."""
FRESH = 15
SILENT_SENT = 5
USUAL_GAP = 15
"""Days between two campaigns for which the thresholds are meant as they are."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the base writes: ``scale`` multiplies every threshold; ``heard``: something is known of e-mails."""

    scale: float = 1.0
    heard: bool = True

    def days(self, threshold: int) -> int:
        """A threshold in days for this rhythm; half days are let go."""
        return int(threshold * self.scale)


def scale_of(gap: float | None) -> float:
    """What thresholds are multiplied by for a median gap in days between campaigns: gap/15 rounded to a half
    (a quarter goes up), within 1 and 4; 1 when there is no gap."""
    if gap is None:
        return 1.0
    return min(max(int(gap / USUAL_GAP * 2 + 0.5) / 2, 1.0), 4.0)


def rhythm_statement(as_of: date) -> Statement:
    """``gap, heard``: the median days between the campaigns of the last 12 months (those without a name are
    told apart by their day), and whether any e-mail event or figure is known at all."""
    end = datetime.combine(as_of + timedelta(days=1), time.min)
    start = end - timedelta(days=366)
    said = ("emails_sent", "emails_opened", "emails_clicked", "last_open_date", "last_click_date")
    known = " OR ".join(f"{name} IS NOT NULL" for name in said)
    sql = f"""
        WITH sends AS (
            SELECT min(CAST(event_date AS DATE)) AS day FROM events
            WHERE event_type = 'email_sent' AND event_date >= ? AND event_date < ?
            GROUP BY coalesce(campaign__key, CAST(CAST(event_date AS DATE) AS VARCHAR))),
        gaps AS (SELECT date_diff('day', lag(day) OVER (ORDER BY day), day) AS gap
            FROM (SELECT DISTINCT day FROM sends) AS days)
        SELECT (SELECT median(gap) FROM gaps WHERE gap IS NOT NULL) AS gap,
            EXISTS (SELECT 1 FROM events WHERE event_type IN ('email_sent', 'email_open', 'email_click'))
            OR EXISTS (SELECT 1 FROM contacts WHERE live AND ({known})) AS heard"""
    return Statement(sql, (start, end))


def tiers_statement(as_of: date, rhythm: Rhythm, features: Statement) -> Statement:
    """``contact_id, tier`` of every live contact at a date; ``features`` are the rows of contact_features.

    A date of the file after the as-of day is not known yet.
    """
    cases, values = tier_cases("strong", "opened", "fresh", "said", "sent", rhythm)
    clicked, bought, opened, joined = (
        _days(name)
        for name in ("f.last_click_date", "f.last_purchase_date", "f.last_open_date", "c.created_at")
    )
    said = "f.emails_opened > 0 OR f.emails_clicked > 0 OR coalesce(f.open_rate, 0) > 0"
    sql = f"""
        SELECT contact_id, {cases} AS tier FROM (
            SELECT f.contact_id, least({clicked}, {bought}) AS strong, {opened} AS opened, {joined} AS fresh,
                {said} AS said, f.emails_sent AS sent
            FROM ({features.sql}) AS f JOIN contacts AS c ON c.contact_id = f.contact_id) AS heard"""
    days: tuple[Value, ...] = (as_of,) * 8
    return Statement(sql, (*values, *days, *features.params))


def tier_cases(
    strong: str, opened: str, fresh: str, said: str, sent: str, rhythm: Rhythm
) -> tuple[str, tuple[Value, ...]]:
    """SQL of the tier from days since the strong signal, the opening, the arrival; from whether signals
    without a date are known, and from how many e-mails were received. With the values it binds."""
    if not rhythm.heard:
        return "CAST(NULL AS VARCHAR)", ()
    day = "CAST(? AS INTEGER)"
    first, second, third = (rhythm.days(limit) for limit in STRONG)
    near, far, last = (rhythm.days(limit) for limit in WEAK)
    sql = f"""CASE WHEN {strong} <= {day} THEN 'very'
        WHEN {strong} <= {day} OR {opened} <= {day} THEN 'engaged'
        WHEN {strong} <= {day} OR {opened} <= {day} THEN 'warm'
        WHEN {opened} <= {day} THEN 'cold'
        WHEN {strong} IS NOT NULL OR {opened} IS NOT NULL THEN 'dormant'
        WHEN {said} THEN 'unknown'
        WHEN {fresh} <= {day} THEN 'new'
        WHEN {sent} >= {SILENT_SENT} THEN 'never' ELSE 'unknown' END"""
    return sql, (first, second, near, third, far, last, rhythm.days(FRESH))


def _days(moment: str) -> str:
    """SQL: days from a date to the as-of day, nothing for a date after it."""
    asked = "CAST(? AS DATE)"
    return f"CASE WHEN {moment} <= {asked} THEN date_diff('day', {moment}, {asked}) END"


TIER = Trait(
    code="tier",
    fields=(Field("engagement_tier", "category", "engagement", RELATION, "r.tier", choices=TIERS),),
    needs=("events", "contacts.last_click_date", "contacts.last_open_date", "contacts.emails_sent"),
)
