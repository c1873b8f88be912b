"""Days of windows at the edges: ends of month, leap years, week starts, the ends of time."""

from __future__ import annotations

from datetime import date

import pytest

from segmentation.criteria.nodes import Span, Window
from segmentation.criteria.windows import Days, anniversaries, period, resolve, shifted


@pytest.mark.parametrize(
    ("day", "n", "unit", "expected"),
    [
        ("2026-03-31", -1, "month", "2026-02-28"),
        ("2024-03-31", -1, "month", "2024-02-29"),
        ("2024-02-29", -1, "year", "2023-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2026-05-31", -1, "quarter", "2026-02-28"),
        ("2026-01-01", -1, "day", "2025-12-31"),
        ("2026-01-01", 2, "week", "2026-01-15"),
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2026-01-01", -3000, "year", "0001-01-01"),
        ("2026-01-01", 2_000_000_000, "year", "9998-12-31"),
        ("2026-01-01", -2_000_000_000, "week", "0001-01-01"),
    ],
)
def test_shifts_clamp(day: str, n: int, unit: str, expected: str) -> None:
    assert shifted(date.fromisoformat(day), n, unit) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("unit", "offset", "first", "start", "end"),
    [
        ("week", 0, 1, "2026-11-16", "2026-11-23"),  # 22 November 2026 is a Sunday
        ("week", 0, 7, "2026-11-22", "2026-11-29"),
        ("week", -1, 1, "2026-11-09", "2026-11-16"),
        ("month", -1, 1, "2026-10-01", "2026-11-01"),
        ("quarter", 0, 1, "2026-10-01", "2027-01-01"),
        ("quarter", 1, 1, "2027-01-01", "2027-04-01"),
        ("year", -1, 1, "2025-01-01", "2026-01-01"),
        ("day", 1, 1, "2026-11-23", "2026-11-24"),
    ],
)
def test_calendar_periods(unit: str, offset: int, first: int, start: str, end: str) -> None:
    found = period(date(2026, 11, 22), unit, offset, first_day_of_week=first)
    assert found == Days(date.fromisoformat(start), date.fromisoformat(end))


def test_windows_resolve_to_half_open_days() -> None:
    as_of = date(2026, 3, 31)
    assert resolve(Window("last", n=90, unit="day"), as_of) == Days(date(2025, 12, 31), date(2026, 4, 1))
    assert resolve(Window("older_than", n=1, unit="month"), as_of) == Days(None, date(2026, 2, 28))
    between = Window("between", start="2026-01-01", end=None)
    assert resolve(between, as_of) == Days(date(2026, 1, 1), None)
    assert resolve(Window("ago_between", n=1, to=2, unit="day"), as_of) == Days(
        date(2026, 3, 29), date(2026, 3, 31)
    )


def test_the_29_of_february_is_kept_on_the_28_in_short_years() -> None:
    assert (2, 29) in anniversaries(date(2026, 2, 28), Span(0, "day"))
    assert (2, 29) not in anniversaries(date(2028, 2, 28), Span(0, "day"))
    assert (2, 29) in anniversaries(date(2028, 2, 28), Span(1, "day"))
    assert (2, 29) not in anniversaries(date(2026, 3, 1), Span(7, "day"))
    assert len(anniversaries(date(2026, 1, 1), Span(3, "year"))) == 366
