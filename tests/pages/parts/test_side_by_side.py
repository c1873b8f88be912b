"""On a telephone, what differs between two contacts is read one value under the other."""

from __future__ import annotations

from pages.parts.side_by_side import listed
from segmentation.i18n import words
from segmentation.results import Column


def test_only_what_differs_is_listed_and_nothing_of_it_is_obeyed() -> None:
    columns = (
        Column("c1", "Contact n° 1", literal=True),
        Column("c2", "Contact n° 2", literal=True),
        Column("stays", "page.quality.stays"),
    )
    rows = [
        ("Ville", "Lyon", "", "Lyon", "seule valeur"),
        ("Prénom", "Léa", "Léa", "Léa", "la même partout"),
        ("Mon champ", "*a*", "b", "b", "la dernière donnée"),
    ]
    text = listed(columns, rows, words("fr")).replace("\u00a0", " ")
    assert "Prénom" not in text
    assert "- Contact n° 1 : Lyon\n- Contact n° 2 : –\n- Sera gardé : Lyon (seule valeur)" in text
    assert "\\*a\\*" in text
