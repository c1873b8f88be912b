"""Dates are told from other figures, and their order from the whole column."""

from __future__ import annotations

import pytest

from segmentation.intake.recognise.dates import date_order, is_date


@pytest.mark.parametrize(
    "text",
    "12/03/2024|1/3/24|12.03.2024|2024-03-12|2024-03-12 08:26:00|2024-03-12T08:26:00Z|20240312|"
    "20240312 101233|20240312T1012|20240312101233|12 mars 2024|"
    "1er mars 2024|mardi 12 mars 2024|Mar 5, 2024|5 Mar 2024|12/25/2024|12-03-2024 8h30|"
    "2024-01-02 10:00:00 +0100|12 févr. 2024|3 août 2024|3/15/2024 10:05 PM".split("|"),
)
def test_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "69003",
        "0612345678",
        "06 12 34 56 78",
        "12.50",
        "17850.0",
        "99/99/2024",
        "20241399",
        "20241002 991233",
        "20241002105",
        "Marseille",
        "",
        "1,5",
        "12 rue de mars",
        "2024",
        "192.168.1.1",
        "85123A",
    ],
)
def test_not_dates(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["12/03/2024", "25/12/2023"], ("dmy", False)),
        (["03/12/2024", "12/25/2023"], ("mdy", False)),
        (["03/04/2024", "05/06/2024"], ("dmy", True)),
        (["2024-03-12", "20240312"], ("ymd", False)),
        (["25/12/2023", "25/11/2023", "12/25/2023"], ("dmy", True)),
        (["2026-10-03", "2026-09-01", "2026-08-30", "01/10/26", "29/08/26"], ("dmy", False)),
        (["2026-10-03", "2026-09-01", "2026-08-30", "01/10/26"], ("dmy", True)),
        (["12 mars 2024"], (None, False)),
        ([], (None, False)),
    ],
)
def test_the_order_is_decided_on_the_column(values: list[str], order: tuple[str | None, bool]) -> None:
    assert date_order(values) == order
