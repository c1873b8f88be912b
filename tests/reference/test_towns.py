"""A town's spelling: sure where the postal code agrees, proposed when one key is wrong, else left alone."""

from __future__ import annotations

import pytest

from segmentation.reference.towns import meant, spelled


@pytest.mark.parametrize(
    ("text", "code", "country", "name"),
    [
        ("Lyon 3E", "69003", "", "Lyon"),
        ("Lyon 2ème", "69002", "FR", "Lyon"),
        ("LYON 03", "69003", "", "Lyon"),
        ("PARIS XVIII", "75018", "", "Paris"),
        ("Marseille 1er arrondissement", "13001", "", "Marseille"),
        ("lyon", "69287", "", "Lyon"),  # a CEDEX code: its département speaks
        ("St Etienne", "42000", "", "Saint-Étienne"),
        ("ST. ETIENNE", "", "", "Saint-Étienne"),
        ("Chalon s/Saône", "71100", "", "Chalon-sur-Saône"),
        ("bourg en bresse", "1000", "FR", "Bourg-en-Bresse"),
        ("Rochelle (La)", "17000", "", "La Rochelle"),
        ("Oullins", "69600", "", None),  # a part of a town keeps its own name
        ("Lyon", "75001", "", None),  # the code says otherwise: nothing is decided
        ("Leon", "", "", None),  # Landes or Castile?
        ("Leon", "", "FR", "Léon"),
        ("bruxelles", "1000", "", None),
        ("lyon", "69003", "US", None),
        ("Lyonn", "69003", "", None),
    ],
)
def test_a_town_takes_the_name_of_its_postal_code(
    text: str, code: str, country: str, name: str | None
) -> None:
    assert spelled(text, code, country) == name


@pytest.mark.parametrize(
    ("text", "code", "country", "name"),
    [
        ("Lyonn", "69003", "", "Lyon"),
        ("Vileurbanne", "69100", "FR", "Villeurbanne"),
        ("Lyonn", "69003", "BE", None),
        ("Lyonn", "", "", None),
        ("Lyon 3e", "69003", "", None),
        ("Oullins", "69600", "", None),
        ("Paris", "69003", "", None),
    ],
)
def test_a_slip_is_proposed_from_the_same_postal_code(
    text: str, code: str, country: str, name: str | None
) -> None:
    assert meant(text, code, country) == name
