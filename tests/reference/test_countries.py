"""Countries: how people write them."""

from __future__ import annotations

import pytest

from segmentation.reference.countries import FRENCH_TERRITORIES, countries, country, country_code, is_french


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


def test_france_overseas_uses_french_codes() -> None:
    assert all(is_french(code) and country(code) for code in FRENCH_TERRITORIES)
    assert is_french(None)
    assert not is_french("BE")
