"""Numbers are told from codes, and their decimal mark from the whole column."""

from __future__ import annotations

import pytest

from segmentation.intake.recognise.numbers import decimal_mark, is_number


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "12",
        "-3,50",
        "1 234,50 €",
        "1\u202f234,50",
        "1.234,56",
        "1,234.56",
        "(12,50)",
        "15 %",
        "12.5",
        ".5",
        "3E+5",
    ],
)
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["00123", "01000", "12/03", "abc", "", "1.2.3", "12-34", "C12", "2A004"])
def test_codes_are_not_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1,50", "2,5"], ","),
        (["1.50", "2.5"], "."),
        (["1.234,56"], ","),
        (["1,234.56"], "."),
        (["1.234", "2.345"], ","),
        (["1,234", "2,345"], "."),
        (["1.234", "2.5"], "."),
        (["12", "13"], None),
        (["0.125", "0.250"], "."),
    ],
)
def test_the_mark_is_decided_on_the_column(values: list[str], mark: str | None) -> None:
    assert decimal_mark(values) == mark
