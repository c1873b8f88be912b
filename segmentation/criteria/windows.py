"""Relative time made days: every window becomes a half-open range [start, end) of days, given an as-of date.

Ago = as_of − day. Weeks are 7 days; months, quarters and years go by the calendar with the day clamped to
the end of the month (31 March − 1 month = 28 or 29 February). Calendar weeks start on Monday unless told
otherwise."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from segmentation.criteria.nodes import Span, Window

DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Days:
    """Days from ``start`` included to ``end`` excluded; None leaves that side open."""

    start: date | None
    end: date | None

    def last_day(self) -> date | None:
        """The last day included, for a sentence."""
        return None if self.end is None else self.end - DAY


def shifted(day: date, n: int, unit: str) -> date:
    """``day`` moved by ``n`` units (negative goes back), clamped to the end of a shorter month and to years
    1–9999."""
    if unit in ("day", "week"):
        ordinal = day.toordinal() + n * (7 if unit == "week" else 1)
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal() - 1))
    months = day.year * 12 + day.month - 1 + n * _MONTHS[unit]
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    if year > 9998:
        return date(9998, 12, 31)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period(as_of: date, unit: str, offset: int = 0, *, first_day_of_week: int = 1) -> Days:
    """The calendar unit that holds ``as_of``, moved by ``offset`` units: this, previous (−1), following
    (+1)."""
    if unit == "day":
        start = as_of
    elif unit == "week":
        start = as_of - timedelta(days=(as_of.isoweekday() - first_day_of_week) % 7)
    elif unit == "year":
        start = date(as_of.year, 1, 1)
    else:
        month = as_of.month if unit == "month" else as_of.month - (as_of.month - 1) % 3
        start = date(as_of.year, month, 1)
    start = shifted(start, offset, unit)
    return Days(start, shifted(start, 1, unit))


def last(as_of: date, span: Span) -> Days:
    """0 ≤ ago ≤ N, the as-of day in unless ``today`` is False (then 1 ≤ ago ≤ N)."""
    return Days(shifted(as_of, -span.n, span.unit), as_of if span.today is False else as_of + DAY)


def older_than(as_of: date, span: Span) -> Days:
    """ago > N."""
    return Days(None, shifted(as_of, -span.n, span.unit))


def ago_between(as_of: date, span: Span) -> Days:
    """N ≤ ago ≤ M, both ends in."""
    far = span.n if span.to is None else span.to
    return Days(shifted(as_of, -far, span.unit), shifted(as_of, -span.n, span.unit) + DAY)


def following(as_of: date, span: Span) -> Days:
    """1 ≤ days ahead ≤ N, the as-of day out unless ``today`` is True."""
    return Days(as_of if span.today else as_of + DAY, shifted(as_of, span.n, span.unit) + DAY)


def between(start: date | None, end: date | None) -> Days:
    """Both days in; None leaves a side open."""
    return Days(start, None if end is None else end + DAY)


def resolve(window: Window, as_of: date, *, first_day_of_week: int = 1) -> Days:
    """The days of an event window."""
    unit = window.unit or "day"
    match window.kind:
        case "between":
            start = None if window.start is None else date.fromisoformat(window.start)
            return between(start, None if window.end is None else date.fromisoformat(window.end))
        case "this" | "previous":
            offset = 0 if window.kind == "this" else -1
            return period(as_of, unit, offset, first_day_of_week=first_day_of_week)
        case "older_than":
            return older_than(as_of, Span(window.n or 0, unit))
        case "ago_between":
            return ago_between(as_of, Span(window.n or 0, unit, to=window.to))
        case _:
            return last(as_of, Span(window.n or 0, unit))


def anniversaries(as_of: date, span: Span) -> tuple[tuple[int, int], ...]:
    """The (month, day) pairs whose next occurrence is in 0..N from ``as_of``; 29 February falls on the 28th
    in a year that has no 29th."""
    end = shifted(as_of, span.n, span.unit)
    days = min((end - as_of).days, 366)
    pairs: dict[tuple[int, int], None] = {}
    for ahead in range(days + 1):
        day = as_of + timedelta(days=ahead)
        pairs.setdefault((day.month, day.day))
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            pairs.setdefault((2, 29))
    return tuple(pairs)
