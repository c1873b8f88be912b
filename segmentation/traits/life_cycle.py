"""Where each contact stands in their life with the shop, from prospect to inactive customer; or outside it.

First match, total: *outside* (partner, supplier, staff, friend, former colleague, by their relation, status,
type or group) · *inactive* (a buyer whose last purchase is older than the limit, or older than two months
when they also stopped reading) · *new* (first purchase within the month) · *active* (every other buyer, one
whose purchases have no date included) · *maturing* (no purchase; asked for a demonstration or downloaded two
guides lately) · *prospect* (the rest). Nothing after the as-of day is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.traits.trait import Trait

RELATION = "life_stages"
STAGES: tuple[str, ...] = ("prospect", "maturing", "new", "active", "inactive", "outside")
"""In the order of a life; who is outside comes last."""

TIERS: tuple[tuple[str, int], ...] = (
    ("recent", -1),
    ("2_months", 60),
    ("6_months", 180),
    ("12_months", 365),
)
"""How long an inactive customer has been away: each tier and the days it begins after.

Lengths of time, whatever the limits of the stages: the first is empty unless a limit is under two months.
"""

OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "partner": (
        "partenaire", "partenaires", "partner", "partners", "prescripteur", "prescripteurs", "presse",
        "press", "influenceur", "influenceurs",
    ),
    "supplier": ("fournisseur", "fournisseurs", "supplier", "suppliers", "vendor", "vendors"),
    "staff": (
        "salarié", "salariés", "employé", "employés", "équipe", "personnel", "collaborateur",
        "collaborateurs", "staff", "employee", "employees", "bénévole", "bénévoles", "volunteer",
        "volunteers",
    ),
    "friend": (
        "ami", "amis", "amie", "amies", "famille", "proche", "proches", "amis et proches", "amis et famille",
        "friend", "friends", "family", "friends and family", "friends & family",
    ),
    "colleague": (
        "ancien collègue", "ancienne collègue", "anciens collègues", "former colleague", "former colleagues",
        "ex-collègue", "ex-collègues",
    ),
}  # fmt: skip
"""Kinds of people who are no customers, and the words that say so, whole and folded."""

_DEMO = "(^|[^a-z])demo(s|nstrations?)?([^a-z]|$)"
"""A link to a demonstration, in a folded address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the stages, in days unless said.

    ``new``: since the first purchase. ``inactive``: since the last one; ``quiet``: enough for who received
    ``silent_sent`` e-mails, can still receive them, and neither opened nor clicked for ``silent``.
    ``maturing``: how long a demonstration or ``guides`` distinct downloads count.
    """

    new: int = 30
    inactive: int = 180
    quiet: int = 60
    silent: int = 90
    silent_sent: int = 5
    maturing: int = 180
    guides: int = 2


def limits_from_json(kept: Mapping[str, Any]) -> Limits:
    """The thresholds as a base keeps them; what is absent or no positive whole number has its default."""
    asked = {name: kept[name] for name in Limits.__slots__ if name in kept}
    return Limits(**{name: value for name, value in asked.items() if type(value) is int and value > 0})


def limits_to_json(limits: Limits) -> dict[str, int]:
    """The thresholds in the form a base keeps."""
    return {name: getattr(limits, name) for name in Limits.__slots__}


def stages_statement(as_of: date, limits: Limits, features: Statement, consents: Statement) -> Statement:
    """``contact_id, stage, tier, kind`` of every live contact at a date.

    ``features`` and ``consents`` are the rows of ``contact_features`` and ``contact_consents`` at that date.
    """
    end = datetime.combine(as_of + timedelta(days=1), time.min)
    since = datetime.combine(as_of - timedelta(days=limits.maturing), time.min)
    away = " ".join(f"WHEN days > {begins} THEN '{tier}'" for tier, begins in reversed(TIERS))
    sql = f"""
        SELECT contact_id, kind,
            CASE WHEN kind IS NOT NULL THEN 'outside'
                WHEN bought AND (days > {limits.inactive} OR days > {limits.quiet} AND silent)
                    THEN 'inactive'
                WHEN bought AND since <= {limits.new} THEN 'new'
                WHEN bought THEN 'active'
                WHEN interested THEN 'maturing' ELSE 'prospect' END AS stage,
            CASE WHEN stage = 'inactive' THEN CASE {away} END END AS tier
        FROM ({_told(limits)}) AS told"""
    values = (as_of, as_of, as_of, as_of, *features.params, *consents.params, since, end, limits.guides)
    return Statement(sql.format(features=features.sql, consents=consents.sql), values)


def _told(limits: Limits) -> str:
    """SQL of what decides, one row per live contact; ``{features}`` and ``{consents}`` are left to fill."""

    def age(day: str) -> str:
        return f"date_diff('day', {day}, CAST(? AS DATE))"

    first = "coalesce(f.first_purchase_date, CASE WHEN f.orders_count = 1 THEN f.last_purchase_date END)"
    bought = "coalesce(f.orders_count > 0, f.total_spent > 0 OR f.last_purchase_date IS NOT NULL, FALSE)"
    read = f"coalesce({age('f.last_open_date')} <= {limits.silent}, FALSE)"
    clicked = f"coalesce({age('f.last_click_date')} <= {limits.silent}, FALSE)"
    return f"""
        SELECT c.contact_id, days, since, coalesce(o.kind, g.kind) AS kind,
            bought AND coalesce(since >= 0, TRUE) AS bought,
            heard AND coalesce(s.email_reachable, FALSE) AS silent,
            m.contact_id IS NOT NULL AS interested
        FROM contacts AS c
        LEFT JOIN (SELECT f.contact_id, {bought} AS bought, {age("f.last_purchase_date")} AS days,
                {age(first)} AS since,
                f.emails_sent >= {limits.silent_sent} AND NOT {read} AND NOT {clicked} AS heard
            FROM ({{features}}) AS f) AS f ON f.contact_id = c.contact_id
        LEFT JOIN ({{consents}}) AS s ON s.contact_id = c.contact_id
        LEFT JOIN ({_interested()}) AS m ON m.contact_id = c.contact_id
        LEFT JOIN ({_said()}) AS o ON o.contact_id = c.contact_id
        LEFT JOIN ({_grouped()}) AS g ON g.contact_id = c.contact_id
        WHERE c.live"""


def _interested() -> str:
    """SQL: who asked for a demonstration, or downloaded enough distinct guides, in the window."""
    guide = "coalesce(url__key, campaign__key, '')"
    return f"""
        SELECT contact_id FROM events
        WHERE event_date >= ? AND event_date < ? AND event_type IN ('demo', 'email_click', 'download')
            AND contact_id IS NOT NULL
        GROUP BY contact_id
        HAVING bool_or(event_type = 'demo'
                OR (event_type = 'email_click' AND regexp_matches(coalesce(url__key, ''), '{_DEMO}')))
            OR count(DISTINCT {guide}) FILTER (WHERE event_type = 'download') >= ?"""


def _kind(column: str) -> str:
    """SQL: the kind of outsider a folded text says, NULL for none."""
    cases = []
    for kind, texts in OUTSIDE.items():
        listed = ", ".join(f"'{text}'" for text in sorted({fold_text(text) for text in texts}))
        cases.append(f"WHEN {column} IN ({listed}) THEN '{kind}'")
    return f"CASE {' '.join(cases)} END"


def _said() -> str:
    """SQL: who is outside by what their file says of them."""
    kinds = ", ".join(_kind(f"{name}__key") for name in ("relation", "status", "customer_type"))
    return f"SELECT contact_id, coalesce({kinds}) AS kind FROM contacts"


def _grouped() -> str:
    """SQL: who is outside by a group they are in."""
    return (
        f"SELECT contact_id, min(kind) AS kind FROM (SELECT contact_id, {_kind('name__key')} AS kind"
        " FROM memberships) AS named WHERE kind IS NOT NULL GROUP BY contact_id"
    )


def _field(code: str, column: str, choices: tuple[str, ...]) -> Field:
    return Field(code, "category", "status", RELATION, f"r.{column}", f"r.{column}", choices=choices)


LIFE_CYCLE = Trait(
    code="life_cycle",
    fields=(
        _field("life_cycle", "stage", STAGES),
        _field("inactive_tier", "tier", tuple(tier for tier, _ in TIERS)),
        _field("outside_kind", "kind", tuple(OUTSIDE)),
    ),
    needs=(
        "orders", "events", "memberships",
        *(
            f"contacts.{name}"
            for name in ("orders_count", "total_spent", "last_purchase_date", "relation", "status")
        ),
    ),
)  # fmt: skip
