from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

COLUMNS = [
    (
        ["1 234,56 €", "(12,50)", "1.234,5", "12", "-3,5", "1\u202f234", "12,50-", "1.234", "EUR 5", "−2,0"],
        ["1234.56", "-12.50", "1234.5", "12", "-3.5", "1234", "-12.50", "1234", "5", "-2"],
    ),
    (["1,234.56", "1,234", "0.5", "1e3", "$12", "+4"], ["1234.56", "1234", "0.5", "1000", "12", "4"]),
    (["1.234", "2.500", "7,5"], ["1234", "2500", "7.5"]),
    (["1.234", "2.500"], ["1.234", "2.5"]),
    (["1.234.567", "12"], ["1234567", "12"]),
    (["1,234,567", "12.5"], ["1234567", "12.5"]),
    (["2.55", "3.39", "0.85"], ["2.55", "3.39", "0.85"]),
    (["1'234.50", "10.00"], ["1234.50", "10.00"]),
    (["12,5 TTC", "8,0 HT"], ["12.5", "8"]),
]


@pytest.mark.parametrize(("cells", "amounts"), COLUMNS)
def test_amounts_are_read_by_the_habits_of_their_column(
    clean: Callable[..., object], cells: list[str], amounts: list[str]
) -> None:
    out = clean("orders.amount_total", "money", cells)
    assert out.values == [Decimal(amount) for amount in amounts]


def test_a_lone_mark_before_three_digits_follows_the_hint(clean: Callable[..., object]) -> None:
    assert clean("orders.amount_total", "money", ["1,234"], decimal=",").values == [Decimal("1.234")]
    assert clean("orders.amount_total", "money", ["1,234"], decimal=".").values == [Decimal("1234")]


@pytest.mark.parametrize("cell", ["abc", "5 k€", "12/5", "1,2,3", "--", "12 enfants"])
def test_what_is_no_number_is_kept_raw(clean: Callable[..., object], cell: str) -> None:
    out = clean("orders.amount_total", "money", [cell, "1"])
    assert out.values[0] is None
    assert out.unread[0] == (None if cell == "--" else cell)


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["45 %", "12,5%", "3"], [0.45, 0.125, 0.03]),
        (["0.45", "1"], [0.45, 1.0]),
        (["45", "7"], [0.45, 0.07]),
    ],
)
def test_percentages_are_kept_as_shares(
    clean: Callable[..., object], cells: list[str], shares: list[float]
) -> None:
    assert clean("contacts.open_rate", "percent", cells).values == pytest.approx(shares)


def test_whole_numbers_may_wear_decimals_but_not_have_them(clean: Callable[..., object]) -> None:
    out = clean("contacts.orders_count", "integer", ["12.0", "7", "2.5", "1 000"])
    assert out.values == [12, 7, None, 1000]
    assert out.unread == [None, None, "2.5", None]


def test_what_was_given_back_is_no_negative_amount(clean: Callable[..., object]) -> None:
    out = clean("orders.amount_refunded", "money", ["-12,50", "3", "(4,00 €)", "0"])
    assert out.values == [Decimal("12.5"), Decimal(3), Decimal(4), Decimal(0)]
    assert out.repairs == {"refund_sign": 2}
    assert clean("orders.amount_total", "money", ["-12,50"]).values == [Decimal("-12.5")]
