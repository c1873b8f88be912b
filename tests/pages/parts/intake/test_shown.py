"""What the eye would not see is drawn; the rest stays as it is."""

from __future__ import annotations

import pytest

from pages.parts.intake.shown import left, shown
from segmentation.i18n import words


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Cedric ", "Cedric␣"),
        ("  Cedric", "␣␣Cedric"),
        ("LE  GALL", "LE ␣GALL"),
        ("06\u00a039", "06␣39"),
        ("Jean Paul", "Jean Paul"),
        ("", "∅"),
        ("a" * 100, "a" * 89 + "…"),
    ],
)
def test_blanks_and_nothing_are_seen(text: str, drawn: str) -> None:
    assert shown(text) == drawn


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-03-13", "13 mars 2024"),
        ("2024-03-13 08:05:00", "13 mars 2024 08:05"),
        ("+33639980000", "+33 6 39 98 00 00"),
        ("2024-13-45", "2024-13-45"),
        ("", "∅"),
    ],
)
def test_what_a_repair_leaves_is_written_for_the_reader(text: str, written: str) -> None:
    assert left(text, "x", words("fr")).replace("\u00a0", " ") == written


def test_what_was_written_so_already_is_told_to_the_letter() -> None:
    assert left("+33639980068", "+33 6 39 98 00 68", words("en")) == "+33639980068"
