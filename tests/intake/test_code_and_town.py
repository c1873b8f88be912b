"""A postal code and its town written in one cell become two values, on what the whole column says."""

from __future__ import annotations

import pytest

from segmentation.intake.clean.code_and_town import holds_both
from tests.intake.conftest import Base

WRITTEN = {
    "75011 Paris": ("75011", "Paris"),
    "69003 LYON CEDEX 03": ("69003", "Lyon"),
    "F-13001, Marseille": ("13001", "Marseille"),
    "Bourg-en-Bresse (01000)": ("01000", "Bourg-en-Bresse"),
    "Lille 59000": ("59000", "Lille"),
    "90210 Beverly Hills": ("90210", "Beverly Hills"),
    "New York, NY 10001": ("10001", "New York"),
    "44000 Nantes": ("44000", "Nantes"),
    "35000": ("35000", None),
    "Rennes": (None, "Rennes"),
}


def brought(base: Base, headers: dict[str, str | None], rows: list[list[str]], **more: object) -> object:
    report = base.load("contacts", {"Nom": "contacts.last_name", **headers}, rows, **more)
    assert report.preview.rejected == 0
    return base.rows("SELECT postal_code, city FROM contacts ORDER BY contact_id")


@pytest.mark.parametrize("field", ["contacts.city", "contacts.postal_code"])
def test_one_cell_becomes_two_values(base: Base, field: str) -> None:
    rows = [[f"N{n}", text] for n, text in enumerate(WRITTEN)]
    assert brought(base, {"C.P. Ville": field}, rows) == list(WRITTEN.values())


def test_codes_of_four_figures_are_cut_too(base: Base) -> None:
    written = {
        "1000 Bruxelles": ("1000", "Bruxelles"),
        "B-4000 LIEGE": ("4000", "LIEGE"),
        "CH-1003 Lausanne": ("1003", "Lausanne"),
        "7100 La Louvière": ("7100", "La Louvière"),
        "1012 AB Amsterdam": (None, "1012 AB Amsterdam"),
    }
    rows = [[f"N{n}", text] for n, text in enumerate(written)]
    assert brought(base, {"Ville": "contacts.city"}, rows) == list(written.values())


def test_british_codes_are_cut_from_their_town(base: Base) -> None:
    written = {
        "Ramsbottom BL0 9HX": ("BL0 9HX", "Ramsbottom"),
        "Bury, bl9 0ab": ("BL9 0AB", "Bury"),
        "London SW1A 1AA": ("SW1A 1AA", "London"),
        "Leeds": (None, "Leeds"),
        "OL2 5TX": ("OL2 5TX", None),
        "Stoke-on-Trent ST1 1AA": ("ST1 1AA", "Stoke-on-Trent"),
        "Hull HU1 1AA": ("HU1 1AA", "Hull"),
        "York YO1 7HH": ("YO1 7HH", "York"),
        "Ely CB7 4DL": ("CB7 4DL", "Ely"),
        "Bath BA1 1AA": ("BA1 1AA", "Bath"),
    }
    rows = [[f"N{n}", text] for n, text in enumerate(written)]
    assert brought(base, {"Town & postcode": "contacts.city"}, rows) == list(written.values())


def test_a_zero_lost_before_a_french_town_is_put_back(base: Base) -> None:
    rows = [["A", "1000 Bourg-en-Bresse"], ["B", "6000 NICE"], ["C", "75011 Paris"]]
    found = brought(base, {"CP Ville": "contacts.postal_code"}, rows)
    assert found == [("01000", "Bourg-en-Bresse"), ("06000", "Nice"), ("75011", "Paris")]


def test_a_code_beside_stays_and_the_town_loses_its_own(base: Base) -> None:
    rows = [["A", "75011 PARIS", "75012"], ["B", "69003 LYON", ""], ["C", "59000 LILLE", "59000"]]
    found = brought(base, {"Ville": "contacts.city", "CP": "contacts.postal_code"}, rows)
    assert found == [("75012", "Paris"), ("69003", "Lyon"), ("59000", "Lille")]


def test_the_rule_can_be_switched_off_and_towns_alone_are_left(base: Base) -> None:
    rows = [["A", "75011 Paris"], ["B", "69003 Lyon"]]
    off = {"rules_off": frozenset({"code_and_town", "town_name"})}
    assert brought(base, {"Ville": "contacts.city"}, rows, **off) == [
        (None, "75011 Paris"),
        (None, "69003 Lyon"),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "both"),
    [
        ("C.P. Ville", "75011 Paris", True), ("Zip City", "90210 Beverly Hills", True),
        ("Col5", "69003 Lyon", True), ("PLZ Ort", "8001 Zürich", True), ("Ref", "2024 Collection", False),
        ("Adresse", "12 rue des Lilas 75011 Paris", False), ("Référence", "10001 chaise", False),
        ("Ville", "Paris 11", False), ("Code", "75011", False),
    ],
)  # fmt: skip
def test_which_columns_hold_both(header: str, cell: str, both: bool) -> None:
    assert holds_both(header, [cell, cell, cell]) is both
    assert not holds_both(header, [cell, "Paris", "Lyon"])
