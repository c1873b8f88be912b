"""What the eye would not see is drawn; the rest stays as it is."""

from __future__ import annotations

import pytest

from pages.parts.intake.shown import shown


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
