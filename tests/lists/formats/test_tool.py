"""Names and values as each tool takes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.lists.formats.brevo import LONGEST_NAME, attribute
from segmentation.lists.formats.mailchimp import LONGEST, birthday, shortened
from segmentation.lists.formats.tool import unique


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Ville", "VILLE"),
        ("Date de naissance", "DATE_DE_NAISSANCE"),
        ("N° d’adhérent (2024)", "N_D_ADHERENT_2024"),
        ("Cœur", "COEUR"),
        ("2e magasin", "A_2E_MAGASIN"),
        ("=1+1", "A_1_1"),
        ("—", "ATTRIBUT"),
        ("x" * 60, "X" * 50),
    ],
)
def test_a_brevo_attribute(header: str, name: str) -> None:
    assert attribute(header) == name


@given(st.text())
def test_a_brevo_attribute_is_always_one(header: str) -> None:
    name = attribute(header)
    assert name.isascii() and name.replace("_", "").isalnum() and name == name.upper()
    assert name[0].isalpha() and len(name) <= LONGEST_NAME


@given(st.text())
def test_a_mailchimp_text_fits_and_is_a_beginning(text: str) -> None:
    cut = shortened(text)
    assert len(cut.encode("utf-8")) <= LONGEST
    assert text.encode("utf-8", "replace").startswith(cut.encode("utf-8"))


def test_a_mailchimp_birthday_is_month_then_day() -> None:
    assert birthday(date(1990, 3, 2)) == "03/02"
    assert birthday(None) is None


def test_no_two_columns_have_one_name() -> None:
    assert unique(["Email", "City", "city", "EMAIL", "City"]) == [
        "Email",
        "City",
        "city_2",
        "EMAIL_2",
        "City_3",
    ]
