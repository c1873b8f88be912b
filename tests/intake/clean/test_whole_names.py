"""Whole names are cut where it is sure, left whole elsewhere, and never win over what was given."""

from __future__ import annotations

import pytest

from segmentation.intake.clean.whole_names import cut_names

COLUMNS = [
    {
        "M. DUPONT Jean": ("M.", "Jean", "Dupont"),
        "Mme Marie-Claire LE GALL": ("Mme", "Marie-Claire", "Le Gall"),
        "Dr LEFEVRE Anne": ("Dr", "Anne", "Lefevre"),
        "Jean de LA TOUR": ("", "Jean", "De La Tour"),
        "Mme Petit": ("Mme", "", "Petit"),
        "M. et Mme Roux": None,
        "SARL Martin": None,
        "Boulangerie DURAND": None,
    },
    {
        "Mrs Jane Smith": ("Mrs", "Jane", "Smith"),
        "Mr. John Brown": ("Mr", "John", "Brown"),
        "MISS Emma Watson": ("Miss", "Emma", "Watson"),
        "Dr Anne Taylor": ("Dr", "Anne", "Taylor"),
    },
    {
        "Dupont, Jean": ("", "Jean", "Dupont"),
        "Smith, John A.": ("", "John", "Smith"),
        "Fournil, SARL": None,
    },
    {
        "Jean Dupont": ("", "Jean", "Dupont"),
        "Sophie Marceau": ("", "Sophie", "Marceau"),
        "Nathalie Durand": ("", "Nathalie", "Durand"),
        "Martin Thomas": ("", "Martin", "Thomas"),
        "Jean Pierre Bernard": ("", "Jean Pierre", "Bernard"),
        "Anne-Sophie de Villiers": ("", "Anne-Sophie", "de Villiers"),
        "Zoé": None,
        "La Poste": None,
        "J. Dupont": None,
    },
    {
        "Dupont Jean": ("", "Jean", "Dupont"),
        "Durand Nathalie": ("", "Nathalie", "Durand"),
        "Le Gall Yann": ("", "Yann", "Le Gall"),
        "Martin Thomas": ("", "Thomas", "Martin"),
        "Petit Jean Pierre": ("", "Jean Pierre", "Petit"),
    },
]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_is_cut_by_its_own_order(column: dict[str, tuple[str, str, str] | None]) -> None:
    found = cut_names(column)
    cut = {text: (one.civility, one.first, one.last) if (one := found.get(text)) else None for text in column}
    assert cut == column


def test_a_title_of_both_languages_is_read_as_the_file() -> None:
    assert [cut_names(["Mr John Smith"], tongue)["Mr John Smith"].civility for tongue in ("en", "fr")] == [
        "Mr",
        "M.",
    ]


HEADERS = {"Mail": "contacts.email", "Nom complet": "contacts.full_name"}
ROWS = [["a@x.fr", "Mme Marie-Claire LE GALL"], ["b@x.fr", "Boulangerie DURAND"], ["c@x.fr", "DUPONT Jean"]]
NAMED = "SELECT email, civility, first_name, last_name, full_name FROM contacts WHERE live ORDER BY email"


def test_the_parts_are_one_line_of_the_account_with_a_switch(base) -> None:  # type: ignore[no-untyped-def]
    report = base.load("contacts", HEADERS, ROWS)
    assert base.rows(NAMED) == [
        ("a@x.fr", "Mme", "Marie-Claire", "Le Gall", "Mme Marie-Claire LE GALL"),
        ("b@x.fr", None, None, None, "Boulangerie DURAND"),
        ("c@x.fr", None, "Jean", "Dupont", "DUPONT Jean"),
    ]
    line = next(repair for repair in report.preview.repairs if repair.rule == "name_parts")
    assert (line.count, line.before, line.after) == (2, ROWS[0][1], "Mme · Marie-Claire · Le Gall")


def test_switched_off_names_stay_whole(base) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", HEADERS, ROWS, rules_off=frozenset({"name_parts"}))
    assert {row[2] for row in base.rows(NAMED)} == {None}


def test_a_name_given_otherwise_is_never_overwritten(base, counts) -> None:  # type: ignore[no-untyped-def]
    given = {"Mail": "contacts.email", "P": "contacts.first_name", "N": "contacts.last_name"}
    base.load("contacts", given, [["c@x.fr", "Jean-Paul", "Dupond"]])
    base.load("contacts", HEADERS, ROWS)
    assert base.rows(NAMED)[2][2:4] == ("Jean-Paul", "Dupond")
    assert counts(base.load("contacts", HEADERS, ROWS)) == (3, 0, 0, 3, 0, 0)
