"""Relative time in words, with the days it stands for: « dans les 90 derniers jours (du 24 août au 22 nov.
2026) »."""

from __future__ import annotations

from typing import cast

from segmentation.criteria import windows
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.nodes import Span, Window
from segmentation.criteria.windows import Days
from segmentation.i18n import Words


def relative(op: str, value: object, catalogue: Catalogue, w: Words) -> str:
    """A rolling or calendar period, with the days it stands for."""
    if op in ("this", "previous", "following"):
        offset = {"this": 0, "previous": -1, "following": 1}[op]
        first = catalogue.first_day_of_week
        days = windows.period(catalogue.as_of, str(value), offset, first_day_of_week=first)
        return w("sentence.date.falls", when=w(f"sentence.{op}.{value}"), dates=resolved(days, w))
    asked = cast(Span, value)
    days = {
        "last": windows.last, "older_than": windows.older_than, "ago_between": windows.ago_between,
        "next": windows.following, "anniversary": windows.following,
    }[op](catalogue.as_of, _with_today(asked, op))  # fmt: skip
    dates = resolved(days, w)
    if op == "ago_between":
        return w(
            "sentence.date.ago_between", low=asked.n, span=_span(asked.to or 0, asked.unit, w), dates=dates
        )
    if op in ("last", "next"):
        when = w(f"sentence.{op}.{asked.unit}", n=asked.n) if asked.n else w("sentence.this.day")
        return w("sentence.date.falls", when=when, dates=dates)
    return w(f"sentence.date.{op}", span=span(asked, w), dates=dates)


def _with_today(asked: Span, op: str) -> Span:
    """An anniversary may be today."""
    return Span(asked.n, asked.unit, asked.to, today=True) if op == "anniversary" else asked


def span(asked: Span, w: Words) -> str:
    """« 90 jours »."""
    return _span(asked.n, asked.unit, w)


def _span(n: int, unit: str, w: Words) -> str:
    return w(f"sentence.span.{unit}", n=n)


def resolved(days: Days, w: Words) -> str:
    """« (du 24 août 2026 au 22 nov. 2026) »."""
    last = days.last_day()
    if days.start is not None and last is not None:
        if days.start == last:
            return w("sentence.dates_on", day=w.date(last))
        return w("sentence.dates", start=w.date(days.start), end=w.date(last))
    if last is not None:
        return w("sentence.dates_until", end=w.date(last))
    return "" if days.start is None else w("sentence.dates_since", start=w.date(days.start))


def window(asked: Window, catalogue: Catalogue, w: Words) -> str:
    """An event window with the days it stands for: « dans les 90 derniers jours (du … au …) »."""
    days = windows.resolve(asked, catalogue.as_of, first_day_of_week=catalogue.first_day_of_week)
    dates = resolved(days, w)
    unit, n = asked.unit or "day", asked.n or 0
    match asked.kind:
        case "between":
            return dates.strip()
        case "this" | "previous":
            text = w(f"sentence.{asked.kind}.{unit}")
        case "older_than":
            text = w("sentence.window.older_than", span=_span(n, unit, w))
        case "ago_between":
            text = w("sentence.window.ago_between", low=n, span=_span(asked.to or 0, unit, w))
        case _:
            text = w(f"sentence.last.{unit}", n=n) if n else w("sentence.this.day")
    return text + dates
