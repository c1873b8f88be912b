"""Columns: the usual ones exist, chosen ones keep their order, values come from every relation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.stored import user_field
from segmentation.errors import ListError
from segmentation.i18n import words
from segmentation.lists.columns import list_columns, list_rows, usual_columns
from segmentation.lists.waterfall import NO_CHANNEL
from segmentation.predictive.rfm import Cuts
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits.consent import CHANNELS
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)
FR = words("fr")


@pytest.fixture(scope="module")
def people(base: Database, fill: Any) -> Database:
    base.run(Statement("ALTER TABLE contacts ADD COLUMN c001 VARCHAR"))
    fill(
        "contacts",
        {"contact_id": 3, "first_name": "Zoé", "postal_code": "01000", "birth_date": date(1990, 1, 1)},
        {"contact_id": 1, "first_name": "Ali", "civility": "M.", "interests": ["thé", "café"]},
        {"contact_id": 2, "live": False},
    )
    fill("orders", {"contact_id": 3, "order_date": "2026-11-01", "amount": 12.5})
    fill("identities", {"contact_id": 3, "source": "a", "external_id": "C3", "import_id": 1},
         {"contact_id": 3, "source": "a", "external_id": "C9", "import_id": 2})  # fmt: skip
    base.run(Statement("UPDATE contacts SET c001 = '=1+1' WHERE contact_id = 3"))
    return base


@pytest.fixture(scope="module")
def catalogue(catalogue_at: Callable[..., Catalogue]) -> Catalogue:
    plain = catalogue_at(NOW, Cuts())
    return replace(plain, fields={**plain.fields, "c001": user_field("c001", "=Titre", "text")})


def test_values_of_every_relation_in_the_order_asked(people: Database, catalogue: Catalogue) -> None:
    codes = ["total_spent", "first_name", "rfm_segment", "contact_id", "age", "gender", "interests", "c001",
             "consent_email", "first_name", "department", "postal_code"]  # fmt: skip
    columns = list_columns(catalogue, codes, FR)
    assert [column.code for column in columns] == list(dict.fromkeys(codes))
    assert columns[7].header == "=Titre"
    with people.session() as session:
        hear(session)
        rows = list(list_rows(session, catalogue, columns))
    assert rows == [
        (
            Decimal(0),
            "Ali",
            "Prospects",
            None,
            None,
            "Homme",
            ["thé", "café"],
            None,
            "À confirmer",
            None,
            None,
        ),
        (
            Decimal("12.5"),
            "Zoé",
            "Nouveaux clients",
            "C9",
            36,
            None,
            None,
            "=1+1",
            "À confirmer",
            "01",
            "01000",
        ),
    ]


@pytest.mark.parametrize("channel", [*CHANNELS, NO_CHANNEL])
def test_the_usual_columns_exist(catalogue: Catalogue, channel: str) -> None:
    columns = list_columns(catalogue, usual_columns(channel), FR)
    assert [column.code for column in columns] == list(usual_columns(channel))


def test_every_field_can_be_a_column(people: Database, catalogue: Catalogue) -> None:
    columns = list_columns(catalogue, list(catalogue.fields), FR)
    with people.session() as session:
        hear(session)
        assert [len(row) for row in list_rows(session, catalogue, columns)] == [len(columns)] * 2


def test_no_column_and_an_unknown_one_are_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ListError, match=r"error\.list\.no_column"):
        list_columns(catalogue, [], FR)
    with pytest.raises(ListError, match=r"error\.list\.unknown_column"):
        list_columns(catalogue, ["nope"], FR)
