"""The people behind a mark of the engagement screen: a tier of a month, a step, a campaign, a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pages.parts import chosen, state
from pages.parts.engagement.reading import Listening, rows
from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.reports.engagement_mail import HOURS
from segmentation.reports.engagement_people import HIGH, of_campaign

PICTURES = (
    "tiers", "tiers_table", "funnel", "funnel_table", "opened", "clicked", "recency_table", "rates",
    "rates_table", "campaigns", "moments", "moment_pick", "moved", "moved_table",
)  # fmt: skip
"""Where a choice is made by clicking; marks are "<kind>|<key>"."""

Found = tuple[str, dict[str, object]]


def of_marks(seen: Listening, marks: Sequence[str], whom: str) -> chosen.People | None:
    """The people of all these marks together; None when nothing known is chosen."""
    w = state.say()
    found = [one for mark in marks if (one := _of(seen, mark, w)) is not None]
    if not found:
        return None
    name = w.listing(dict.fromkeys(name for name, _ in found))
    return chosen.people(name, [criterion for _, criterion in found], whom)


def _of(seen: Listening, mark: str, w: Words) -> Found | None:
    kind, _, key = mark.partition("|")
    match kind:
        case "fact":
            return _fact(seen, key, w)
        case "tier":
            return _tier(seen, key, w)
        case "campaign":
            return _campaign(seen, key, w)
        case "moment":
            return _moment(seen, key, w)
    if kind in seen.charts and key in seen.charts[kind].criteria:
        return w(f"page.engagement.{kind}.{key}"), _json(seen.charts[kind].criteria[key])
    return None


def _fact(seen: Listening, key: str, w: Words) -> Found | None:
    name = w(f"page.engagement.fact.{key}_name")
    if key == "listening":
        return name, {"field": "engagement_tier", "op": "in", "value": list(HIGH[:2])}
    if key == "silent" and seen.silence is not None:
        return name, dict(seen.silence.criterion)
    if key == "down" and "moved" in seen.charts:
        return name, _json(seen.charts["moved"].criteria["down"])
    return None


def _tier(seen: Listening, key: str, w: Words) -> Found | None:
    """A tier of one day; past tiers that no criterion can ask are told elsewhere."""
    criterion = seen.charts["tiers"].criteria.get(key) if "tiers" in seen.charts else None
    if criterion is None:
        return None
    tier, _, day = key.partition("|")
    name = w(f"choice.engagement_tier.{tier}")
    if day != seen.days[-1]:
        name = w("page.engagement.tier_on", tier=name, day=w.date(date.fromisoformat(day)))
    return name, _json(criterion)


def _campaign(seen: Listening, key: str, w: Words) -> Found | None:
    group, _, name = key.partition("|")
    known = rows(seen.campaigns) if seen.campaigns is not None else []
    row = next((row for row in known if row["key"] == name), None)
    if row is None:
        return None
    said = w(f"page.engagement.campaign.{group}_name", campaign=plain(row["campaign"]))
    return said, dict(of_campaign(str(row["campaign"]))[group])


def _moment(seen: Listening, key: str, w: Words) -> Found | None:
    criterion = seen.charts["moments"].criteria.get(key) if "moments" in seen.charts else None
    if criterion is None:
        return None
    day, _, hour = key.partition("-")
    return w("page.engagement.clicked_at", when=moment(int(day), int(hour), w)), _json(criterion)


def moment(day: int, hour: int, w: Words) -> str:
    """A weekday and a slot of the day: « mardi, 8 h–12 h »."""
    return w("page.engagement.moment", day=w(f"page.engagement.day.{day}"), hours=hours(hour, w))


def hours(hour: int, w: Words) -> str:
    """A slot of the day."""
    return w("page.engagement.hours", start=hour, end=hour + HOURS)


def _json(criterion: Any) -> dict[str, object]:
    return dict(criterion)
