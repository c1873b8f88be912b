"""Countries: how people write them."""

from __future__ import annotations

import pytest

from segmentation.reference.countries import (
    FRENCH_TERRITORIES,
    countries,
    country,
    country_code,
    is_french,
    shown,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("France", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        ("Suisse", "CH"),
        ("Schweiz", "CH"),
        ("Pays-Bas", "NL"),
        ("hollande", "NL"),
        ("The Netherlands", "NL"),
        ("U.S.A.", "US"),
        ("États-Unis", "US"),
        ("Etats Unis", "US"),
        ("UK", "GB"),
        ("Angleterre", "GB"),
        ("Royaume-Uni", "GB"),
        ("Côte d’Ivoire", "CI"),
        ("NA", "NA"),  # Namibia, not an absent value
        ("La Réunion", "RE"),
        ("Allemagne", "DE"),
        ("Deutschland", "DE"),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_the_country_of_a_cell(written: str | None, code: str | None) -> None:
    assert country_code(written) == code


def test_every_country_knows_its_own_names() -> None:
    assert len(countries()) == 249
    for found in countries():
        assert country_code(found.iso2) == country_code(found.iso3) == found.iso2
        assert country_code(found.french) == found.iso2, found
        assert country_code(found.english) == found.iso2, found


@pytest.mark.parametrize(
    ("kept", "french", "english"),
    [
        ("Allemagne", "Allemagne", "Germany"),
        ("Germany", "Allemagne", "Germany"),
        ("royaume-uni", "Royaume-Uni", "United Kingdom"),
        ("NA", "NA", "NA"),  # a code is no name
        ("française", "française", "française"),
        ("", "", ""),
    ],
)
def test_a_country_is_shown_in_the_reader_s_language(kept: str, french: str, english: str) -> None:
    assert (shown(kept, "fr"), shown(kept, "en")) == (french, english)


def test_every_name_shows_the_other() -> None:
    for one in countries():
        assert shown(one.french, "en") == shown(one.english, "en") == one.english
        assert shown(one.english, "fr") == one.french


def test_france_overseas_uses_french_codes() -> None:
    assert all(is_french(code) and country(code) for code in FRENCH_TERRITORIES)
    assert is_french(None)
    assert not is_french("BE")
