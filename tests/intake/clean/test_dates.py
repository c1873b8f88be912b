from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from segmentation.intake.clean.dates import decided_order

DAY_FIRST = [
    ("12/03/2024", datetime(2024, 3, 12)),
    ("12/03/24", datetime(2024, 3, 12)),
    ("1/2/2023 14h05", datetime(2023, 2, 1, 14, 5)),
    ("1-2-2023", datetime(2023, 2, 1)),
    ("25.12.2023 à 18:30", datetime(2023, 12, 25, 18, 30)),
    ("12/3/2024 2:05 PM", datetime(2024, 3, 12, 14, 5)),
    ("12/3/2024 12:05:30 am", datetime(2024, 3, 12, 0, 5, 30)),
    ("2010-12-01 08:26:00", datetime(2010, 12, 1, 8, 26)),
    ("2010-12-01T08:26:00.500", datetime(2010, 12, 1, 8, 26, 0, 500000)),
    ("2024-1-5", datetime(2024, 1, 5)),
    ("2024/01/05", datetime(2024, 1, 5)),
    ("19970101", datetime(1997, 1, 1)),
    ("31121997", datetime(1997, 12, 31)),
    ("20241002 101233", datetime(2024, 10, 2, 10, 12, 33)),
    ("20241002T1012", datetime(2024, 10, 2, 10, 12)),
    ("20241002101233", datetime(2024, 10, 2, 10, 12, 33)),
    ("45000", datetime(2023, 3, 15)),
    ("45000.5", datetime(2023, 3, 15, 12)),
    ("lundi 1er mars 2024", datetime(2024, 3, 1)),
    ("5 févr. 2021", datetime(2021, 2, 5)),
    ("15 août 2020 10:00", datetime(2020, 8, 15, 10)),
    ("31 DÉCEMBRE 1999", datetime(1999, 12, 31)),
    ("12-Jan-2010", datetime(2010, 1, 12)),
    ("12-janv-10", datetime(2010, 1, 12)),
    ("Mar 5, 2024", datetime(2024, 3, 5)),
    ("July 4th, 2021", datetime(2021, 7, 4)),
    ("31/12/99", datetime(1999, 12, 31)),
    ("01/01/69", datetime(1969, 1, 1)),
    ("2024-03-05T10:00:00Z", datetime(2024, 3, 5, 11)),
    ("2024-07-05T10:00:00+00:00", datetime(2024, 7, 5, 12)),
    ("2024-07-05 10:00:00 +0100", datetime(2024, 7, 5, 11)),
    ("2024-07-05 10:00:00 -05:00", datetime(2024, 7, 5, 17)),
    ("2024-07-05T10:00:00+02", datetime(2024, 7, 5, 10)),
    ("2024-07-05 10:00:00 UTC", datetime(2024, 7, 5, 12)),
    ("1700000000", datetime(2023, 11, 14, 23, 13, 20)),
    ("1700000000000", datetime(2023, 11, 14, 23, 13, 20)),
    ("00/00/0000", None),
    ("01/01/1900", None),
    ("1900-01-01 00:00:00", None),
    ("0000-00-00", None),
]
YEARS = [("contacts.created_at", date(2011, 1, 1)), ("contacts.birth_date", None)]
LOST = ["13/13/2020", "2024-02-30", "hier", "03/2024", "1234567", "99999"]


def test_moments_in_all_their_writings(clean: Callable[..., object]) -> None:
    out = clean("orders.order_date", "datetime", [case[0] for case in DAY_FIRST])
    assert out.values == [case[1] for case in DAY_FIRST]
    assert set(out.unread) == {None}


@pytest.mark.parametrize(("field", "day"), YEARS)
def test_a_year_alone_says_since_when_and_no_birthday(
    clean: Callable[..., object], field: str, day: date | None
) -> None:
    out = clean(field, "date", ["2011"])
    assert (out.values, out.repairs) == ([day], {"year_alone": 1} if day else {})
    assert clean(field, "date", ["2011"], off=frozenset({"year_alone"})).values == [None]


def test_a_year_to_come_says_nothing_of_since_when(clean: Callable[..., object]) -> None:
    out = clean("contacts.created_at", "date", ["2026", "2027", "2050"])
    assert (out.values, out.unread) == ([date(2026, 1, 1), None, None], [None, "2027", "2050"])
    assert out.repairs == {"year_alone": 1}


@pytest.mark.parametrize("cell", LOST)
def test_what_is_no_date_is_kept_raw(clean: Callable[..., object], cell: str) -> None:
    out = clean("contacts.created_at", "date", [cell])
    assert (out.values, out.unread) == ([None], [cell])


@pytest.mark.parametrize(
    ("cells", "hint", "first"),
    [
        (["03/25/2024", "03/04/2024"], None, date(2024, 3, 25)),
        (["03/25/2024", "03/04/2024"], "dmy", date(2024, 3, 25)),
        (["03/04/2024"], None, date(2024, 4, 3)),
        (["03/04/2024"], "mdy", date(2024, 3, 4)),
        (["25/03/2024", "03/04/2024"], "mdy", date(2024, 3, 25)),
        (["24/03/05", "99/01/02"], "ymd", date(2024, 3, 5)),
    ],
)
def test_the_whole_column_decides_day_or_month_first(
    clean: Callable[..., object], cells: list[str], hint: str | None, first: date
) -> None:
    assert clean("contacts.created_at", "date", cells, order=hint).values[0] == first


def test_a_column_that_mixes_both_orders_keeps_the_impossible_ones_raw(clean: Callable[..., object]) -> None:
    out = clean("contacts.created_at", "date", ["25/03/2024", "03/25/2024"])
    assert out.values == [date(2024, 3, 25), None]
    assert out.unread == [None, "03/25/2024"]


@pytest.mark.parametrize(
    ("cell", "born"),
    [("12/03/68", date(1968, 3, 12)), ("12/03/30", date(1930, 3, 12)), ("12/03/2010", date(2010, 3, 12))],
)
def test_a_birth_is_never_in_the_future(clean: Callable[..., object], cell: str, born: date) -> None:
    assert clean("contacts.birth_date", "date", [cell]).values == [born]


def test_another_date_may_be_in_the_future(clean: Callable[..., object]) -> None:
    assert clean("contacts.membership_end", "date", ["12/03/30"]).values == [date(2030, 3, 12)]


def test_what_was_guessed_is_counted(clean: Callable[..., object]) -> None:
    out = clean("contacts.birth_date", "date", ["12/03/68", "12/03/1968", "25000", "01/01/1900"])
    assert out.repairs == {"year_short": 1, "birth_century": 1, "date_serial": 1, "empty_word": 1}


@pytest.mark.parametrize(
    ("day", "month", "hint", "order"),
    [
        (5, 0, None, "dmy"),
        (0, 5, "dmy", "mdy"),
        (0, 0, None, "dmy"),
        (0, 0, "mdy", "mdy"),
        (3, 3, "mdy", "mdy"),
    ],
)
def test_proof_beats_a_hint(day: int, month: int, hint: str | None, order: str) -> None:
    assert decided_order(day, month, hint) == order
