from __future__ import annotations

from collections.abc import Callable

import pytest

from segmentation.intake.clean.rules import RULES

TABLES = [
    (
        "contacts.gender",
        "category",
        ["homme", "F", "x", "n/a", "Femme", "H"],
        ["M", "F", "X", None, "F", "M"],
    ),
    ("contacts.civility", "category", ["M", "Madame", "mlle", "Dr", "Mr."], ["M.", "Mme", "Mme", "Dr", "M."]),
    ("contacts.civility", "category", ["MR", "Mr", "Monsieur", "m"], ["M.", "M.", "M.", "M."]),
    (
        "contacts.civility",
        "category",
        ["MR", "Mrs.", "ms", "Miss", "Mx", "DR", "Mr. ", "Mister", "Mme", "M", "Herr"],
        ["Mr", "Mrs", "Ms", "Miss", "Mx", "DR", "Mr", "Mr", "Mme", "M", "Herr"],
    ),
    ("contacts.civility", "category", ["Mme", "Mr", "Mlle", "Mrs"], ["Mme", "M.", "Mme", "Mrs"]),
    (
        "events.event_type",
        "category",
        ["Ouverture", "unsub", "email_open", "site_visit", "dégustation"],
        ["email_open", "unsubscribe", "email_open", "site_visit", "dégustation"],
    ),
    ("orders.currency", "currency", ["€", "eur", "USD", "£", "xpf"], ["EUR", "EUR", "USD", "GBP", "XPF"]),
    (
        "own.0",
        "boolean",
        ["oui", "Non", "x", "O", "1", "0", "VRAI", "n/a"],
        [True, False, True, True, True, False, True, None],
    ),
    ("contacts.city", "city", ["LYON CEDEX 03", "Lille Cedex", "Cédex"], ["Lyon", "Lille", "Cédex"]),
    ("contacts.department", "department", ["1", "01", "2A", "69.0"], ["01", "01", "2A", "69"]),
    ("contacts.siret", "siret", ["356 000 000 49837", "35600000049837"], ["35600000049837"] * 2),
    ("contacts.vat_number", "vat", ["fr 12 345678901"], ["FR12345678901"]),
    ("contacts.website", "url", [" https://x.example "], ["https://x.example"]),
    (
        "contacts.contact_id",
        "id",
        ["17850.0", "00123", "'0042", "-", "A-1.0"],
        ["17850", "00123", "0042", None, "A-1.0"],
    ),
    ("order_lines.sku", "code", ["85123A", "X", "NA", "#REF!"], ["85123A", "X", "NA", None]),
    (
        "contacts.country",
        "country",
        ["FRANCE", "fr", "FRA", "Belgique", "Be", "U.K.", "NA", "nc", "inconnu", "Atlantide"],
        ["France", "France", "France", "Belgique", "Belgique", "Royaume-Uni", "NA", "nc", None, "Atlantide"],
    ),
    (
        "contacts.interests",
        "list",
        ["thé; café", "a,b , a", "x/y", "n/a", "12/03/2010", "a|b\nc", "[]", "thé"],
        [["thé", "café"], ["a", "b"], ["x", "y"], None, ["12/03/2010"], ["a", "b", "c"], None, ["thé"]],
    ),
    (
        "contacts.notes",
        "text",
        ["a  b\tc", "deux\nlignes", " x\u00a0y ", "zero\u200bwidth", "fin_x000D_", "'=1+1"],
        ["a b c", "deux\nlignes", "x y", "zerowidth", "fin", "=1+1"],
    ),
]


@pytest.mark.parametrize(("name", "kind", "cells", "values"), TABLES, ids=[table[0] for table in TABLES])
def test_each_type_has_its_words(
    clean: Callable[..., object], name: str, kind: str, cells: list[str], values: list[object]
) -> None:
    assert clean(name, kind, cells).values == values


def test_a_damaged_id_is_no_id(clean: Callable[..., object]) -> None:
    out = clean("contacts.contact_id", "id", ["3.36E+11", "7,3E+13"])
    assert (out.values, out.unread) == ([None, None], ["3.36E+11", "7,3E+13"])


def test_postal_codes_get_their_zero_back_where_the_country_allows(clean: Callable[..., object]) -> None:
    cells = ["1000", "1000", "1000", "75 001", "69001.0", "F-13001", "sw1a 1aa"]
    countries = ["France", "Belgique", "", "FR", "", "", "UK"]
    out = clean("contacts.postal_code", "postal_code", cells, countries=countries)
    assert out.values == ["01000", "1000", "01000", "75001", "69001", "13001", "SW1A 1AA"]


def test_swiss_codes_without_a_country_stay_swiss(clean: Callable[..., object]) -> None:
    cells = ["1201", "8001", "3011", "4051"]
    assert clean("contacts.postal_code", "postal_code", cells).values == cells


def test_countries_are_named_in_the_language_of_their_column(clean: Callable[..., object]) -> None:
    cells = ["Germany", "France", "Germany", "FR", "Espagne", "Spain"]
    named = ["Germany", "France", "Germany", "France", "Spain", "Spain"]
    assert clean("contacts.country", "country", cells).values == named
    assert clean("contacts.country", "country", ["DE", "GB", ""]).values[:2] == ["Allemagne", "Royaume-Uni"]


def test_every_counted_rule_has_a_name_of_its_own() -> None:
    keys = [rule.key for rule in RULES]
    assert len(keys) == len(set(keys))
    assert all((rule.sql is None) != (rule.python is None) for rule in RULES)
