"""Postal codes: the French rules and their exceptions, the other countries kept apart, distances."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.reference.abroad import town_key
from segmentation.reference.geography import (
    Place,
    department_of,
    departments,
    kilometres,
    place_of,
    postal_key,
    region_of,
    within_km,
)


@pytest.mark.parametrize(
    ("code", "country", "department"),
    [
        ("69003", "FR", "69"),
        ("69003", None, "69"),
        ("69003", "", "69"),
        ("1000", "FR", "01"),  # a spreadsheet took the zero
        ("F-69003", "FR", "69"),
        ("20000", "FR", "2A"),
        ("20100", "FR", "2A"),
        ("20200", "FR", "2B"),
        ("20600", "FR", "2B"),
        ("20199", "FR", "2A"),  # unlisted: the prefix decides
        ("69433", "FR", "69"),  # CEDEX
        ("97133", "FR", "977"),
        ("97150", "FR", "978"),
        ("97100", "FR", "971"),
        ("97400", "RE", "974"),
        ("97500", "FR", "975"),
        ("98713", "FR", "987"),
        ("98800", "NC", "988"),
        ("98000", "FR", None),  # Monaco
        ("01410", "FR", "01"),  # straddles 01 and 39
        ("00100", "FR", None),
        ("99123", "FR", None),
        ("abc", "FR", None),
        ("1000", "BE", None),
        ("1003", "CH", None),
        ("69003", "DE", None),
        ("69115", "DE", None),  # Heidelberg, not the Rhône
        ("1136", "LU", None),
    ],
)
def test_the_department_of_a_code(code: str, country: str | None, department: str | None) -> None:
    assert department_of(code, country) == department


def test_a_foreign_code_never_has_a_french_geography() -> None:
    for country in ("BE", "CH", "LU", "DE", "ES", "IT", "US", "PT", "ZZ"):
        for code in ("1000", "01000", "69003", "75001", "20000", "97400"):
            place = place_of(code, country)
            assert place is None or (place.country == country and place.department is place.region is None)


@pytest.mark.parametrize(
    ("code", "country", "city", "region"),
    [
        ("69003", "FR", "Lyon", "Auvergne-Rhône-Alpes"),
        ("97400", "RE", "Saint-Denis", "La Réunion"),
        ("98000", "FR", "Monaco", None),
        ("1000", "BE", "Bruxelles", None),
        ("B-1000", "BE", "Bruxelles", None),
        ("L-1136", "LU", "Luxembourg", None),
        ("1003", "CH", "Lausanne", None),
        ("10115", "DE", "Berlin", None),
    ],
)
def test_what_is_known_of_a_place(code: str, country: str, city: str, region: str | None) -> None:
    place = place_of(code, country)
    assert isinstance(place, Place)
    assert (place.city, place.region) == (city, region)


def test_an_unlisted_french_code_has_its_department_and_no_point() -> None:
    assert place_of("69433") == Place("FR", "69433", None, "69", "Rhône", "Auvergne-Rhône-Alpes", "84")
    assert place_of("") is None
    assert place_of("00000") is None


def test_the_districts_of_a_city_have_points_of_their_own() -> None:
    points = {(place.lat, place.lon) for n in range(1, 10) if (place := place_of(f"6900{n}"))}
    assert len(points) == 9


@pytest.mark.parametrize(
    ("code", "country", "key"),
    [
        ("SW1A 1AA", "GB", "SW"),
        ("h2x 1y4", "CA", "H2X"),
        ("90210-1234", "US", "90210"),
        ("1011 AB", "NL", "1011"),
        ("D-10115", "DE", "10115"),
        (" 69 003 ", "FR", "69003"),
    ],
)
def test_the_form_in_which_a_code_is_looked_up(code: str, country: str, key: str) -> None:
    assert postal_key(code, country) == key


def test_a_town_abroad_lends_its_point_and_a_wide_area_is_not_precise() -> None:
    geneva, westminster = place_of("1201", "CH"), place_of("SW1A 1AA", "GB")
    assert geneva is not None
    assert westminster is not None
    assert (geneva.lat, geneva.lon) == (pytest.approx(46.20, abs=0.02), pytest.approx(6.14, abs=0.02))
    assert geneva.precise
    assert not westminster.precise
    assert town_key("Lausanne 25") == town_key("LAUSANNE") == "lausanne"
    assert town_key(None) == ""


def test_regions() -> None:
    rhone = region_of("69")
    assert rhone is not None
    assert (rhone.name, rhone.region, rhone.region_code) == ("Rhône", "Auvergne-Rhône-Alpes", "84")
    assert region_of("20") is None
    assert len(departments()) == 109


def test_known_distances() -> None:
    paris, lyon, marseille = (48.8566, 2.3522), (45.7640, 4.8357), (43.2965, 5.3698)
    found = kilometres(*paris, np.array([lyon[0], marseille[0]]), np.array([lyon[1], marseille[1]]))
    assert found == pytest.approx([391.5, 660.5], abs=1.5)
    assert kilometres(*paris, np.array([paris[0]]), np.array([paris[1]]))[0] == 0


def test_codes_within_a_distance() -> None:
    around = within_km("69003", 15)
    assert {("FR", "69003"), ("FR", "69100"), ("FR", "69001")} <= around
    assert ("FR", "69400") not in around  # Villefranche, 28 km
    assert ("FR", "69003") in within_km("69003", 0)
    assert within_km("69003", 5) < around
    assert {country for country, _ in within_km("59000", 30)} == {"FR", "BE"}
    assert ("RE", "97400") in within_km("97400", 5)
    assert ("MC", "98000") in within_km("06320", 8)
    assert within_km("69433", 15) == frozenset()  # no point
    assert {("CH", "1201"), ("FR", "74100")} <= within_km("1201", 15, "CH")  # Geneva and Annemasse
    assert within_km("1000", 15, "ZZ") == frozenset()
