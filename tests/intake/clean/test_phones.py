from __future__ import annotations

from collections.abc import Callable

import pytest

from segmentation.intake.clean import phones

FRENCH = [
    ("06 12 34 56 78", "+33612345678", True),
    ("06.12.34.56.78", "+33612345678", True),
    ("06-12-34-56-78", "+33612345678", True),
    ("06/12/34/56/78", "+33612345678", True),
    ("0612345678", "+33612345678", True),
    ("612345678", "+33612345678", True),
    ("612345678.0", "+33612345678", True),
    ("+33 (0)6 12 34 56 78", "+33612345678", True),
    ("0033612345678", "+33612345678", True),
    ("33612345678", "+33612345678", True),
    ("tel: 06 12 34 56 78 (perso)", "+33612345678", True),
    ("01 99 00 12 34", "+33199001234", False),
    ("09 70 12 34 56", "+33970123456", False),
    ("06 39 98 12 34", "+33639981234", True),
    ("0692 12 34 56", "+262692123456", True),
    ("0639 12 34 56", "+262639123456", True),
    ("0690 12 34 56", "+590690123456", True),
    ("0596 12 34 56", "+596596123456", False),
    ("0694 12 34 56", "+594694123456", True),
    ("0508 41 00 00", "+508410000", False),
    ("O6 12 34 O5 78", "+33612340578", True),
    ("O612345678", "+33612345678", True),
    ("06123456o8", "+33612345608", True),
    ("04.78.00.00.00 / 06 11 22 33 44", "+33478000000", False),
    ("06 11 22 33 44 ou 04 78 00 00 00", "+33611223344", True),
]
FOREIGN = [
    ("+44 7911 123456", "", "+447911123456", True),
    ("+44 20 7946 0958", "France", "+442079460958", False),
    ("0470 12 34 56", "Belgique", "+32470123456", True),
    ("0470 12 34 56", "France", "+33470123456", False),
    ("079 123 45 67", "Suisse", "+41791234567", True),
    ("0151 23456789", "DE", "+4915123456789", True),
]
LOST = ["3.36E+11", "3,36E+11", "12", "abc", "06 12 34", "NOON 12 34 56 78 90", "OOOOO", "00000000000000000"]


def test_french_numbers_in_all_their_styles(clean: Callable[..., object]) -> None:
    out = clean("contacts.phone", "phone", [case[0] for case in FRENCH])
    assert list(zip(out.values, out.flags, strict=True)) == [(case[1], case[2]) for case in FRENCH]


def test_foreign_numbers_follow_the_country_of_their_row(clean: Callable[..., object]) -> None:
    out = clean("contacts.phone", "phone", [c[0] for c in FOREIGN], countries=[c[1] for c in FOREIGN])
    assert list(zip(out.values, out.flags, strict=True)) == [(case[2], case[3]) for case in FOREIGN]


@pytest.mark.parametrize("cell", LOST)
def test_a_damaged_number_is_kept_raw_never_guessed(clean: Callable[..., object], cell: str) -> None:
    out = clean("contacts.phone", "phone", [cell])
    assert (out.values, out.unread) == ([None], [cell])


def test_the_lost_zero_is_not_put_back_abroad(clean: Callable[..., object]) -> None:
    out = clean("contacts.phone", "phone", ["612345678"], countries=["Belgique"])
    assert "phone_zero" not in out.repairs


def test_mobiles_are_told_by_the_numbering_plan() -> None:
    assert phones.is_mobile("+447911123456")
    assert not phones.is_mobile("+442079460958")


def test_a_column_of_numbers_that_all_differ_says_the_same(clean: Callable[..., object]) -> None:
    """So many ordinary numbers are made where the rows are joined: no value, flag or repair differs."""
    odd = [
        "06 39 98 00 01",
        "0692123456",
        "0639123456",
        "+33639980002",
        "639980003",
        "abc",
        "0033639980004",
        "",
    ]
    usual = [f"06399{80000 + number}" for number in range(4_000)] + [f"01{10**7 + n}" for n in range(3_000)]
    several = clean("contacts.mobile", "phone", [*odd, *usual[:3]])
    out = clean("contacts.mobile", "phone", [*odd, *usual])
    assert (several.cleaned.by_row, out.cleaned.by_row) == (False, True)
    assert (out.values[:11], out.flags[:11], out.unread[:11]) == (
        several.values,
        several.flags,
        several.unread,
    )
    assert out.values[len(odd) :] == [f"+33{number[1:]}" for number in usual]
    assert set(out.flags[len(odd) : -3_000]) == {True} and set(out.flags[-3_000:]) == {False}
    found = {repair.rule: repair for repair in out.cleaned.repairs}
    short = {repair.rule: repair for repair in several.cleaned.repairs}
    assert {rule: one.count for rule, one in found.items()} == {
        rule: one.count + (len(usual) - 3 if rule == "phone_form" else 0) for rule, one in short.items()
    }
    assert found["phone_form"].examples[:5] == short["phone_form"].examples[:5]
    assert len(found["phone_form"].examples) == 20


def test_a_rule_switched_off_leaves_numbers_that_all_differ(clean: Callable[..., object]) -> None:
    cells = [f"06399{80000 + number}" for number in range(6_000)]
    out = clean("contacts.mobile", "phone", cells, off=frozenset({"phone_form"}))
    assert out.cleaned.by_row and "phone_form" not in out.repairs


MOBILES = [
    ("01204 555123 or 07845 123456", "GB", "+447845123456", True),
    ("07845 123456 or 01204 555123", "GB", "+447845123456", False),
    ("01204 555123 / 01204 555124", "GB", "+441204555123", False),
    ("01204 555123 ; +33 6 39 98 00 01", "GB", "+33639980001", True),
    ("04.78.00.00.00 / 06 11 22 33 44", "", "+33611223344", True),
    ("04 78 00 00 00 ou 06 39 98 00 01 (perso)", "", "+33639980001", True),
    ("04 78 00 00 00, 04 78 00 00 01, 0692 12 34 56", "FR", "+262692123456", True),
    ("06 11 22 33 44", "", "+33611223344", False),
]


@pytest.mark.parametrize(("cell", "country", "number", "chosen"), MOBILES)
def test_of_several_numbers_a_column_of_mobiles_keeps_the_mobile(
    clean: Callable[..., object], cell: str, country: str, number: str, chosen: bool
) -> None:
    out = clean("contacts.mobile", "phone", [cell], countries=[country])
    assert (out.values, "phone_mobile" in out.repairs) == ([number], chosen)


def test_the_mobile_kept_is_shown_and_can_be_left(clean: Callable[..., object]) -> None:
    cells = ["04 78 00 00 00 / 06 11 22 33 44", "06 11 22 33 45"]
    repairs = clean("contacts.mobile", "phone", cells).cleaned.repairs
    repair = next(one for one in repairs if one.rule == "phone_mobile")
    assert (repair.count, repair.before, repair.after) == (1, cells[0], "+33611223344")
    left = clean("contacts.mobile", "phone", cells, off=frozenset({"phone_mobile"}))
    assert left.values[0] == "+33478000000"


def test_a_letter_typed_for_a_zero_is_counted_and_can_be_left_as_it_is(clean: Callable[..., object]) -> None:
    cells = ["O6 12 34 56 78", "06 12 34 56 79"]
    assert clean("contacts.phone", "phone", cells).repairs["phone_letter_o"] == 1
    kept = clean("contacts.mobile", "phone", ["07165441O3"], off=frozenset({"phone_letter_o"}))
    assert kept.unread == ["07165441O3"]
