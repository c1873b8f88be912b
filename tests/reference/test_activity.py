"""Activities: codes as people write them, and sectors that cover every division."""

from __future__ import annotations

import pytest

from segmentation.reference.activity import activities, activity_of, sectors


@pytest.mark.parametrize(
    ("written", "code", "sector"),
    [
        ("56.10A", "56.10A", "hospitality"),
        ("5610a", "56.10A", "hospitality"),
        ("111Z", "01.11Z", "agriculture"),
        ("47.99Y", None, "retail"),  # a newer NAF: the division answers
    ],
)
def test_the_activity_of_a_code(written: str, code: str | None, sector: str) -> None:
    found = activity_of(written)
    assert found is not None
    assert (found.code, found.sector) == (code, sector)


def test_what_is_not_an_activity() -> None:
    assert activity_of("zz") is None
    assert activity_of("") is None
    assert activity_of(None) is None


def test_sectors_cover_the_whole_table() -> None:
    assert len(activities()) == 732
    assert {found.sector for found in activities().values()} == set(sectors())
