"""Professionals and consumers: what a file says or proves stands apart from what an address suggests."""

from __future__ import annotations

from typing import Any

import pytest

from segmentation.reference.activity import activities, activity_of
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import features_statement

CASES: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"first_name": "Ana"}, "likely_consumer"),
    ({"full_name": "Ana Roux"}, "likely_consumer"),
    ({"company_name": "Café des Halles"}, "business"),
    ({"company_name": " "}, None),
    ({"siret": "35600000049837"}, "business"),
    ({"vat_number": "FR1"}, "business"),
    ({"naf_code": "5610A"}, "business"),
    ({"legal_form": "SARL"}, "business"),
    ({"civility": "Société"}, "business"),
    ({"customer_type": "Particulier", "company_name": "Son employeur"}, "consumer"),
    ({"customer_type": "PROFESSIONNEL"}, "business"),
    ({"customer_type": "b2c"}, "consumer"),
    ({"customer_type": "VIP"}, None),
    ({"email": "a@cabinet-durand.fr", "email_valid": True}, "likely_business"),
    ({"email": "a@Cabinet-Durand.FR", "email_valid": False}, None),
    ({"email": "a@gmail.com", "email_valid": True}, "likely_consumer"),
    ({"email": "a@laposte.net", "email_valid": True}, "likely_consumer"),
    ({"email": "a@bbox.fr", "email_valid": True}, "likely_consumer"),
    ({"email": "a@example.com", "email_valid": True}, "likely_consumer"),
    ({"email": "a@gmial.com", "email_valid": True}, "likely_consumer"),
    ({"email": "a@cabinet-durand.fr", "email_valid": True, "customer_type": "part"}, "consumer"),
]


@pytest.fixture(scope="module")
def found(base: Database, fill: Any) -> dict[int, tuple[object, object]]:
    fill("contacts", *[{"contact_id": rank, **contact} for rank, (contact, _) in enumerate(CASES)])
    fill(
        "contacts",
        *[{"contact_id": 1000 + rank, "naf_code": code} for rank, code in enumerate(_codes())],
    )
    features = features_statement()
    rows = base.run(
        Statement(f"SELECT contact_id, clientele, activity_sector FROM ({features.sql})", features.params)
    ).rows
    return {int(str(row[0])): (row[1], row[2]) for row in rows}


def _codes() -> list[str]:
    return [*list(activities())[::9], "56.10A", "5610a", "111Z", "56.99X", "00.00Z", "99", "x"]


@pytest.mark.parametrize(("rank", "kind"), [(rank, kind) for rank, (_, kind) in enumerate(CASES)])
def test_each_case(found: dict[int, tuple[object, object]], rank: int, kind: str | None) -> None:
    assert found[rank][0] == kind


def test_sectors_are_those_of_the_reference(found: dict[int, tuple[object, object]]) -> None:
    for rank, code in enumerate(_codes()):
        known = activity_of(code)
        assert found[1000 + rank][1] == (known.sector if known else None), code
