from __future__ import annotations

from collections.abc import Callable

import pytest

from segmentation.intake.clean.account import EXAMPLES
from segmentation.intake.clean.names import name, town
from tests.intake.clean.conftest import Outcome

NAMES = [
    ("DUPONT", "Dupont"),
    ("le gall", "Le Gall"),
    ("D'ARTAGNAN", "D'Artagnan"),
    ("DU BOIS DE LA ROCHE", "Du Bois de La Roche"),
    ("O'CONNOR", "O'Connor"),
    ("JEAN-PIERRE", "Jean-Pierre"),
    ("ÉLODIE", "Élodie"),
    ("DUPONT-D'AUBIGNÉ", "Dupont-d'Aubigné"),
]
TOWNS = [
    ("LYON", "Lyon"),
    ("AIX-EN-PROVENCE", "Aix-en-Provence"),
    ("L'HAŸ-LES-ROSES", "L'Haÿ-les-Roses"),
    ("saint-étienne", "Saint-Étienne"),
    ("VILLENEUVE D'ASCQ", "Villeneuve d'Ascq"),
    ("LA ROCHELLE", "La Rochelle"),
]


@pytest.mark.parametrize(("shouted", "written"), NAMES)
def test_names_get_their_capitals_back(shouted: str, written: str) -> None:
    assert name(shouted, "") == written


@pytest.mark.parametrize(("shouted", "written"), TOWNS)
def test_towns_get_their_capitals_back(shouted: str, written: str) -> None:
    assert town(shouted, "") == written


def test_what_has_two_cases_is_left_as_written(clean: Callable[..., object]) -> None:
    cells = ["McDonald", "de La Tour", "Jean-PIERRE", "M.", "DUPONT"]
    out = clean("contacts.last_name", "name", cells)
    assert out.values == ["McDonald", "de La Tour", "Jean-PIERRE", "M.", "Dupont"]
    assert out.repairs == {"name_case": 1}


def test_wrongly_decoded_names_are_repaired_where_certain(clean: Callable[..., object]) -> None:
    out = clean("contacts.first_name", "name", ["Ã‰lodie", "Ren√©", "Zoé", "FranÃ§ois", "Ren\ufffd"])
    assert out.values == ["Élodie", "René", "Zoé", "François", "Ren\ufffd"]
    assert out.repairs == {"mojibake": 3}


def test_words_for_nothing_are_nothing_but_a_surname_is_a_surname(clean: Callable[..., object]) -> None:
    out = clean(
        "contacts.last_name", "name", ["inconnu", "N/A", "na", "Na", "Nil", "nan", "-", "Vide", "xxx"]
    )
    assert out.values == [None, None, None, "Na", "Nil", None, None, "Vide", None]


def test_a_repair_shows_its_first_different_values(clean: Callable[..., Outcome]) -> None:
    cells = ["DUPONT", "Martin", "DUPONT", "LE GALL", *(f"NOM{chr(65 + n)}" for n in range(26))]
    (repair,) = clean("contacts.last_name", "name", cells).cleaned.repairs
    assert (repair.rule, repair.count) == ("name_case", len(cells) - 1)
    assert repair.examples[:2] == ((2, "DUPONT", "Dupont"), (5, "LE GALL", "Le Gall"))
    assert (repair.before, repair.after) == ("DUPONT", "Dupont")
    assert len(repair.examples) == EXAMPLES
