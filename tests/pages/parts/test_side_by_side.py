"""Values side by side are whole and harmless; on a telephone, what differs is read one under the other."""

from __future__ import annotations

import re

from pages.parts.side_by_side import abreast, listed
from segmentation.i18n import words
from segmentation.results import Column

COLUMNS = (
    Column("c1", "Contact n° 1", literal=True),
    Column("c2", "Contact n° 2", literal=True),
    Column("stays", "page.quality.stays"),
)


def test_a_long_address_is_whole_and_no_value_adds_a_cell() -> None:
    long = "marie.therese.de.la.tour.du.pin.gouvernet.et.de.saint-sauveur@boulangerie-de-la-gare.example"
    columns = (Column("field", "report.quality.field"), *COLUMNS, Column("why", "page.quality.why"))
    rows = [
        ("E-mail", long, "", long, "seule valeur"),
        ("Mon champ", "a | b", "![](x)", "a | b", "votre choix"),
    ]
    head, rule, first, second = abreast(columns, rows, words("fr")).splitlines()
    assert head.endswith("| Pourquoi |") and rule == "| --- | --- | --- | --- | --- |"
    assert first.replace("\\", "").replace("\u2060", "") == f"| E-mail | {long} | – | {long} | seule valeur |"
    assert len(re.split(r"(?<!\\)\|", second)) == 7
    assert "![" not in second


def test_only_what_differs_is_listed_and_nothing_of_it_is_obeyed() -> None:
    rows = [
        ("Ville", "Lyon", "", "Lyon", "seule valeur"),
        ("Prénom", "Léa", "Léa", "Léa", "la même partout"),
        ("Mon champ", "*a*", "b", "b", "la dernière donnée"),
    ]
    text = listed(COLUMNS, rows, words("fr")).replace("\u00a0", " ")
    assert "Prénom" not in text
    assert "- Contact n° 1 : Lyon\n- Contact n° 2 : –\n- Sera gardé : Lyon (seule valeur)" in text
    assert "\\*a\\*" in text
