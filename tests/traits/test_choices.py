"""Values in the reader’s words: closed fields, countries in the language, other texts as they are."""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.i18n import words
from segmentation.traits.choices import names_of

COUNTRY = Field("country", "country", "geographic", "contacts", "r.country")


def test_a_country_has_its_name_in_each_language() -> None:
    kept = ["Allemagne", "Suisse", "Narnia"]
    assert names_of(COUNTRY, kept, words("en")) == {
        "Allemagne": "Germany",
        "Suisse": "Switzerland",
        "Narnia": "Narnia",
    }
    assert names_of(COUNTRY, kept, words("fr")) == {one: one for one in kept}


def test_two_spellings_of_one_country_are_told_apart() -> None:
    for lang in ("fr", "en"):
        assert names_of(COUNTRY, ["Allemagne", "Germany"], words(lang)) == {
            "Allemagne": "Allemagne",
            "Germany": "Germany",
        }


def test_only_a_country_is_named() -> None:
    city = Field("city", "city", "geographic", "contacts", "r.city")
    assert names_of(city, ["Suisse"], words("en")) == {"Suisse": "Suisse"}
