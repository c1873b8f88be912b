"""How each language writes days."""

from datetime import date, datetime

import pytest

from segmentation.i18n import words


@pytest.mark.parametrize(
    ("lang", "day", "written"),
    [
        ("fr", date(2026, 1, 1), "1er janv. 2026"),
        ("fr", date(2026, 1, 11), "11 janv. 2026"),
        ("fr", datetime(2026, 8, 1, 23, 59), "1er août 2026"),
        ("en", date(2026, 1, 1), "1 Jan 2026"),
    ],
)
def test_a_day(lang: str, day: date, written: str) -> None:
    assert words(lang).date(day) == written


@pytest.mark.parametrize(("lang", "written"), [("fr", "1er janv. 2026 09:05"), ("en", "1 Jan 2026 09:05")])
def test_a_moment(lang: str, written: str) -> None:
    assert words(lang).moment(datetime(2026, 1, 1, 9, 5)) == written


@pytest.mark.parametrize(
    ("share", "digits", "written"),
    [(0.125, 0, "13%"), (0.285, 0, "29%"), (0.0, 0, "0%"), (1.0, 1, "100%"), (0.12345, 1, "12.3%")],
)
def test_a_percentage_rounds_its_half_up(share: float, digits: int, written: str) -> None:
    assert words("en").percent(share, digits=digits) == written
