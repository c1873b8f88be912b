"""How a saved segment stands, in words: its growth, its revenue, the last list made of it."""

from __future__ import annotations

from datetime import datetime

from pages.parts import cached, jobs, state
from segmentation.workspace.sizes import Sized


def sized(key: str) -> Sized:
    """The figures of a segment; its size of the day is not written while a job writes. Raises CarnetError."""
    return cached.sized(key, keep=jobs.running() is None)


def trend(now: Sized) -> str:
    """« +12 depuis 30 jours », coloured by its way; "" while there is no earlier day to compare to."""
    w = state.say()
    if now.change is None or now.days is None:
        return ""
    if not now.change:
        return w("page.segments.trend_same", n=now.days)
    way = "trending_up" if now.change > 0 else "trending_down"
    sign = "+" if now.change > 0 else "−"
    figure = f"{sign}{w.number(abs(now.change), digits=0)}"
    return f":material/{way}: {w('page.segments.trend', n=now.days, change=figure)}"


def revenue(now: Sized) -> str:
    """What its people have spent, of all times; "" when nothing."""
    w = state.say()
    if now.revenue <= 0:
        return ""
    return w.money(now.revenue, cached.workspace().settings.currency, digits=0)


def last_used() -> dict[str, datetime]:
    """When the last list of each segment left, by key."""
    used: dict[str, datetime] = {}
    for export in cached.workspace().exports():
        if export.segment_key and export.created_at and export.segment_key not in used:
            used[export.segment_key] = export.created_at
    return used
