"""What may run is guarded, what may not is left alone, and what comes back is what went."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.lists.safety import LONGEST, cell_text, csv_text, plain_number
from tests.lists.payloads import DANGEROUS, HARMLESS

FIRST = set("=+-@\t\r\n\0＝＋－＠")


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_may_run_gets_an_apostrophe(text: str) -> None:
    assert csv_text(text) == "'" + text.replace("\0", "")


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_phones_and_words_are_left_alone(text: str) -> None:
    assert csv_text(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    safe = csv_text(text)
    if safe.strip() and safe.lstrip()[0] in FIRST:
        number = safe.replace(",", ".").lstrip("+-").replace(".", "", 1)
        assert number.isdecimal()
    assert not set(safe) & set(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b\x0bc", "abc"),
        ("tab\tline\n", "tab\tline\n"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("x" * 40_000, "x" * LONGEST),
        ("\ud800é", "é"),
        ("\uffff", ""),
    ],
)
def test_a_cell_holds_what_its_format_allows(text: str, kept: str) -> None:
    assert cell_text(text) == kept


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1"), (-0.0, "0"), (1e20, "100000000000000000000"), (Decimal("12.5000"), "12,5"), (0.1, "0,1"),
     (-3.25, "-3,25"), (Decimal("100"), "100"), (1e-7, "0,0000001")],
)  # fmt: skip
def test_numbers_are_plain(number: float, text: str) -> None:
    assert plain_number(number, ",") == text
