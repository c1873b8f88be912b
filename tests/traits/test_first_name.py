"""The gender of a first name is deduced only for who gave none, as the reference says, and kept apart."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from segmentation.reference.first_names import gender_of
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import features_statement

DEMO = Path(__file__).parents[2] / "data" / "demo" / "clients.csv"

CASES: list[tuple[dict[str, Any], str | None]] = [
    ({"first_name": "Marie"}, "F"),
    ({"first_name": "ÉLOÏSE"}, "F"),
    ({"first_name": "Jean-François"}, "M"),
    ({"first_name": "Marie-Zoé"}, "F"),
    ({"first_name": "Camille"}, None),
    ({"first_name": "Dominique"}, None),
    ({"first_name": "Xzqv"}, None),
    ({"first_name": "J."}, None),
    ({"first_name": "A"}, None),
    ({"first_name": "Jean et Marie"}, None),
    ({"first_name": "Jean & Marie"}, None),
    ({"first_name": "Jean", "civility": "M et Mme"}, None),
    ({"first_name": "Jean", "civility": "SARL"}, None),
    ({"first_name": "Marie", "civility": "Dr"}, "F"),
    ({"first_name": "Marie", "civility": "Mme"}, None),
    ({"first_name": "Marie", "gender": "M"}, None),
    ({"first_name": "Marie", "gender": "X"}, None),
    ({"civility": "M."}, None),
    ({}, None),
]


def deduced(base: Database, after: int = 0) -> dict[int, object]:
    features = features_statement()
    rows = base.run(
        Statement(f"SELECT contact_id, gender_deduced FROM ({features.sql})", features.params)
    ).rows
    return {int(str(row[0])): row[1] for row in rows if int(str(row[0])) > after}


def test_who_gave_none_has_the_gender_of_their_first_name(base: Database, fill: Any) -> None:
    fill("contacts", *[{"contact_id": rank, **contact} for rank, (contact, _) in enumerate(CASES)])
    found = deduced(base, -1)
    assert [found[rank] for rank in range(len(CASES))] == [gender for _, gender in CASES]


@pytest.fixture
def names() -> list[str]:
    """The first names of the shop as its file writes them, each once."""
    with DEMO.open(encoding="cp1252", newline="") as lines:
        return sorted({row["Prénom"] for row in csv.DictReader(lines, delimiter=";") if row["Prénom"]})


def test_every_name_of_the_shop_as_the_reference_says(base: Database, fill: Any, names: list[str]) -> None:
    names = [name for name in names if not set("&/+") & set(name) and " et " not in name][:250]
    fill("contacts", *[{"contact_id": 1000 + rank, "first_name": name} for rank, name in enumerate(names)])
    found = deduced(base, 999)
    assert [found[1000 + rank] for rank in range(len(names))] == [gender_of(name) for name in names]
    assert {"F", "M", None} <= set(found.values())
