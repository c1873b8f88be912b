"""The people the engagement page talks about, each group as a criterion: tiers now and then, funnel, recency.

A tier on a past day is asked of the events of that day's windows, and of the file's own last dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from segmentation.traits import Rhythm
from segmentation.traits.tier import STRONG, TIERS, WEAK

Json = dict[str, object]

PERIOD: Json = {"last": 12, "unit": "month"}
"""What the funnel, the campaigns and the best moment look at."""
BOUGHT_WITHIN = 7
"""Days after a click in which an order is counted as its fruit."""
ENOUGH_SENT = 5
"""E-mails received without a sign before someone is said to never open."""
SIGNALLED = ("very", "engaged", "warm", "cold", "dormant")
"""Tiers that rest on a dated signal: those that can be asked of a past day."""
HIGH = ("very", "engaged", "warm")
LOW = ("cold", "dormant")

FUNNEL = ("sent", "delivered", "opened", "clicked", "bought")
RECENCY: tuple[tuple[str, int, int | None], ...] = (
    ("0", 0, 30),
    ("31", 31, 90),
    ("91", 91, 180),
    ("181", 181, 365),
    ("366", 366, None),
)
"""Bands of days since the last sign: key, first and last day."""


def tier(key: str) -> Json:
    """The contacts of a tier today."""
    return {"field": "engagement_tier", "op": "is", "value": key}


def tier_on(key: str, day: date, rhythm: Rhythm) -> Json:
    """The contacts that were in one of ``SIGNALLED`` on a past day."""

    def strong(limit: int | None) -> Json:
        return _signal(("email_click", "order"), ("last_click_date", "last_purchase_date"), day, limit)

    def weak(limit: int | None) -> Json:
        return _signal(("email_open",), ("last_open_date",), day, limit)

    near, far, last = (rhythm.days(limit) for limit in STRONG)
    close, wide, old = (rhythm.days(limit) for limit in WEAK)
    steps: dict[str, list[Json]] = {
        "very": [strong(near)],
        "engaged": [strong(far), weak(close)],
        "warm": [strong(last), weak(wide)],
        "cold": [weak(old)],
        "dormant": [strong(None), weak(None)],
    }
    above: list[Json] = [one for name in SIGNALLED[: SIGNALLED.index(key)] for one in steps[name]]
    within: Json = {"any": steps[key]}
    return {"all": [within, {"not": {"any": above}}]} if above else within


def _signal(events: tuple[str, ...], fields: tuple[str, ...], day: date, limit: int | None) -> Json:
    """A sign in the ``limit`` days before a day, that day included; any sign before it without a limit."""
    start = None if limit is None else (day - timedelta(days=limit)).isoformat()
    window = [start, day.isoformat()]
    asked: list[Json] = [_did(event, {"between": window}) for event in events]
    asked += [{"field": field, "op": "between", "value": window} for field in fields]
    return {"any": asked}


def moved(since: date, rhythm: Rhythm) -> Mapping[str, Json]:
    """Who went down a tier or more since a day, who went up one or more (both among those with a dated sign
    on that day and today), and among these who came back from cold or dormant to warm or better."""
    then = {key: tier_on(key, since, rhythm) for key in SIGNALLED}

    def to(places: Mapping[str, tuple[str, ...]]) -> Json:
        return {"any": [{"all": [then[key], _in(after)]} for key, after in places.items() if after]}

    return {
        "down": to({key: SIGNALLED[place + 1 :] for place, key in enumerate(SIGNALLED)}),
        "up": to({key: SIGNALLED[:place] for place, key in enumerate(SIGNALLED)}),
        "back": {"all": [{"any": [then[key] for key in LOW]}, _in(HIGH)]},
    }


def _in(keys: tuple[str, ...]) -> Json:
    return {"field": "engagement_tier", "op": "in", "value": list(keys)}


def _did(event: str, within: Json, *, op: str = ">=", value: int = 1, **more: object) -> Json:
    return {"event": event, "measure": "count", "op": op, "value": value, "within": within, **more}


def funnel() -> Mapping[str, Json]:
    """Each step of the last twelve months, among those of the step before.

    Delivered: nothing bounced, or something was opened or clicked. A click proves an opening.
    """
    sent, opened = _did("email_sent", PERIOD), _did("email_open", PERIOD)
    clicked = _did("email_click", PERIOD)
    whole = _did("email_bounce", PERIOD, op="=", value=0)
    bought: Json = {"event": "order", "within": {"n": BOUGHT_WITHIN, "unit": "day"}}
    steps: dict[str, list[Json]] = {
        "sent": [sent],
        "delivered": [sent, {"any": [whole, opened, clicked]}],
        "opened": [sent, {"any": [opened, clicked]}],
        "clicked": [sent, clicked],
        "bought": [sent, _did("email_click", PERIOD, then=bought)],
    }
    return {key: parts[0] if len(parts) == 1 else {"all": parts} for key, parts in steps.items()}


def recency(field: str) -> Mapping[str, Json]:
    """Bands of days since ``field`` (last_open_date, last_click_date); "none": written to, without any."""
    bands: dict[str, Json] = {}
    for key, low, high in RECENCY:
        ages: Json = {"from": low, "to": high, "unit": "day"}
        before: Json = {"n": low - 1, "unit": "day"}
        op, value = ("ago_between", ages) if high is not None else ("older_than", before)
        bands[key] = {"field": field, "op": op, "value": value}
    bands["none"] = {
        "all": [{"field": field, "op": "empty"}, {"field": "emails_sent", "op": ">=", "value": 1}]
    }
    return bands


def silent() -> Json:
    """Who received enough e-mails and never opened nor clicked one."""
    return {
        "all": [
            {"field": "emails_sent", "op": ">=", "value": ENOUGH_SENT},
            {"field": "emails_opened", "op": "=", "value": 0},
            {"field": "emails_clicked", "op": "=", "value": 0},
            {"field": "last_open_date", "op": "empty"},
            {"field": "last_click_date", "op": "empty"},
        ]
    }


def rates(field: str) -> Mapping[str, Json]:
    """Bands of an opening or click rate."""
    low: Json = {"field": field, "op": "=", "value": 0}
    bands: dict[str, Json] = {"0": low}
    for start, end in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, None)):
        above: Json = {"field": field, "op": ">" if start == 0 else ">=", "value": start}
        below: Json = {"field": field, "op": "<", "value": end}
        bands[f"{int(start * 100) or 1}"] = above if end is None else {"all": [above, below]}
    return bands


def slot(weekday: int, start: int, end: int) -> Json:
    """Who clicked on a weekday (1 = Monday) between two hours, the second excluded."""
    asked: list[Json] = [
        {"field": "event_date", "op": "weekday", "value": [weekday]},
        {"field": "event_date", "op": "hours", "value": [start, end]},
    ]
    return _did("email_click", PERIOD, where={"all": asked})


CAMPAIGN_GROUPS = ("sent", "opened", "clicked", "unopened")


def of_campaign(name: str) -> Mapping[str, Json]:
    """Who received a campaign, opened it, clicked it, received it without opening."""
    where: Json = {"field": "campaign", "op": "is", "value": name}

    def did(event: str) -> Json:
        return {"event": event, "measure": "count", "op": ">=", "value": 1, "where": where}

    opened: Json = {"any": [did("email_open"), did("email_click")]}
    return {
        "sent": did("email_sent"),
        "opened": opened,
        "clicked": did("email_click"),
        "unopened": {"all": [did("email_sent"), {"not": opened}]},
    }


__all__ = ["TIERS", "Json"]
