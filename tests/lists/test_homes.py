"""One per home, one per company: who is together, who is not, and who of them is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.lists.homes import best_of, joined, one_each
from segmentation.lists.options import COMPANY, HOUSEHOLD
from segmentation.predictive.rfm import Cuts
from segmentation.store.database import Database
from tests.reports.conftest import hear

LILAS = {"address1": "12, rue des Lilas", "postal_code": "69003", "city": "Lyon"}
PEOPLE: list[dict[str, Any]] = [
    {"contact_id": 1, "last_name": "Dupont", **LILAS},
    {"contact_id": 2, "last_name": "DUPONT", **LILAS, "address1": "12 Rue des lilas."},
    {"contact_id": 3, "last_name": "Dupond", **LILAS},
    {"contact_id": 4, "last_name": "Dupont", **LILAS, "postal_code": "69100"},
    {"contact_id": 5, "last_name": "Dupont", "postal_code": "69003"},
    {"contact_id": 6, "last_name": "Dupont", "postal_code": "69003"},
    {"contact_id": 7, **LILAS},
    {"contact_id": 8, **LILAS},
    {"contact_id": 9, "company_name": "Sté Léa", "siret": "732 829 320 00074"},
    {"contact_id": 10, "company_name": "STE LEA"},
    {"contact_id": 11, "company_name": "Autre nom", "siren": "732829320"},
    {"contact_id": 12, "company_name": "Léa"},
    {"contact_id": 13, "last_name": "L'Été", **LILAS, "address1": "3 bis - rue d'Or"},
    {"contact_id": 14, "last_name": "l ete", **LILAS, "address1": "3 BIS RUE D’OR"},
]


@pytest.fixture(scope="module")
def street(base: Database, fill: Any) -> Database:
    fill("contacts", *PEOPLE)
    fill("orders", {"contact_id": 2, "order_date": "2026-01-01", "amount": 30},
         {"contact_id": 1, "order_date": "2026-01-01", "amount": 20},
         {"contact_id": 11, "order_date": "2026-01-01", "amount": 5})  # fmt: skip
    return base


@pytest.mark.parametrize(
    ("one_per", "left_out"),
    [(HOUSEHOLD, {1, 14}), (COMPANY, {9, 10})],
)
def test_who_is_kept(
    street: Database, catalogue_at: Callable[..., Catalogue], one_per: str, left_out: set[int]
) -> None:
    catalogue = catalogue_at(date(2026, 11, 22), Cuts())
    with street.session() as session:
        hear(session)
        kept = one_each(session, catalogue, one_per)
    ids = np.array([int(one["contact_id"]) for one in PEOPLE])
    assert set(ids[~kept].tolist()) == left_out


def test_groups_join_through_one_another() -> None:
    assert joined([("a",), ("b",), (), ("a", "b"), ("c",), ()]) == [0, 0, 2, 0, 4, 5]
    assert joined([]) == []


def test_the_first_of_equals_is_kept() -> None:
    spent = [Decimal(one) for one in (1, 3, 3, 0)]
    assert best_of([0, 0, 0, 3], spent).tolist() == [False, True, False, True]
