"""Départements and regions: prefixes, Corsica, overseas, straddling codes, foreigners, what the file says."""

from __future__ import annotations

from typing import Any

import pytest

from segmentation.reference.geography import department_of, departments, french_places
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import features_statement

CASES: list[tuple[dict[str, Any], str | None, str | None]] = [
    ({"postal_code": "69003"}, "69", "Auvergne-Rhône-Alpes"),
    ({"postal_code": "69 003", "country": "France"}, "69", "Auvergne-Rhône-Alpes"),
    ({"postal_code": "20000"}, "2A", "Corse"),
    ({"postal_code": "20200"}, "2B", "Corse"),
    ({"postal_code": "97400", "country": "La Réunion"}, "974", "La Réunion"),
    ({"postal_code": "97133"}, "977", None),
    ({"postal_code": "01410"}, "01", "Auvergne-Rhône-Alpes"),
    ({"postal_code": "69003", "country": "Allemagne"}, None, None),
    ({"postal_code": "1000", "country": "Belgique", "region": "Bruxelles"}, None, "Bruxelles"),
    ({"postal_code": "99999"}, None, None),
    ({"postal_code": "98000"}, None, None),
    ({"department": "Rhône"}, "69", "Auvergne-Rhône-Alpes"),
    ({"department": "69"}, "69", "Auvergne-Rhône-Alpes"),
    ({"department": "Kent", "region": "South East", "country": "GB"}, "Kent", "South East"),
    ({"postal_code": "69003", "department": "Ain", "region": "?"}, "69", "Auvergne-Rhône-Alpes"),
    ({}, None, None),
]


@pytest.fixture(scope="module")
def found(base: Database, fill: Any) -> dict[int, tuple[Any, ...]]:
    fill("contacts", *({"contact_id": rank, **case[0]} for rank, case in enumerate(CASES)))
    codes = sorted({place.postal_code for place in french_places()})
    fill(
        "contacts",
        *({"contact_id": 1000 + rank, "postal_code": code} for rank, code in enumerate(codes[::7])),
    )
    rows = base.run(features_statement())
    at = [rows.columns.index(name) for name in ("contact_id", "department", "region", "department__key")]
    return {int(str(row[at[0]])): tuple(row[place] for place in at[1:]) for row in rows.rows}


@pytest.mark.parametrize("rank", range(len(CASES)))
def test_each_case(found: dict[int, tuple[Any, ...]], rank: int) -> None:
    _, department, region = CASES[rank]
    if department == "977":
        region = departments()["977"].region
    assert found[rank][:2] == (department, region)
    assert found[rank][2] == (department.lower() if department else None)


def test_known_codes_have_the_department_of_the_reference(
    base: Database, found: dict[int, tuple[Any, ...]]
) -> None:
    codes = base.run(Statement("SELECT contact_id, postal_code FROM contacts WHERE contact_id >= 1000")).rows
    assert len(codes) > 800
    for contact, code in codes:
        assert found[int(str(contact))][0] == department_of(str(code)), code
