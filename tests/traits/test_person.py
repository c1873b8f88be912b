"""Age at the as-of date, its band, and the gender given: never one guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits.person import PERSON

EXPRESSIONS = {field.code: field.expression for field in PERSON.fields}


def value(base: Database, contact: int, code: str, as_of: date) -> Any:
    asked = EXPRESSIONS[code].replace(":as_of", f"DATE '{as_of}'")
    return base.scalar(Statement(f"SELECT {asked} FROM contacts AS r WHERE contact_id = ?", (contact,)))


@pytest.fixture(scope="module")
def people(base: Database, fill: Any) -> Database:
    fill(
        "contacts",
        {"contact_id": 1, "birth_date": date(1990, 11, 23), "age": 3, "civility": "Mme", "gender": "M"},
        {"contact_id": 2, "birth_date": date(2000, 2, 29), "civility": "M."},
        {"contact_id": 3, "birth_year": 1980, "gender": "X"},
        {"contact_id": 4, "age": 64, "civility": "Dr", "gender": "F"},
        {"contact_id": 5, "age_band": "25-30 ans", "civility": "madame"},
        {"contact_id": 6, "birth_date": date(2030, 1, 1), "birth_year": 2030},
        {"contact_id": 7, "civility": "M. et Mme"},
        {"contact_id": 8, "civility": "Mr"},
        {"contact_id": 9, "civility": "Miss"},
        {"contact_id": 10, "civility": "Mx"},
    )
    return base


@pytest.mark.parametrize(
    ("contact", "as_of", "age", "band"),
    [
        (1, date(2026, 11, 22), 35, "35-44"),
        (1, date(2026, 11, 23), 36, "35-44"),
        (1, date(2025, 11, 22), 34, "25-34"),
        (2, date(2018, 2, 28), 17, "0-17"),
        (2, date(2018, 3, 1), 18, "18-24"),
        (3, date(2026, 1, 1), 46, "45-54"),
        (4, date(2026, 1, 1), 64, "55-64"),
        (5, date(2026, 1, 1), None, "25-30 ans"),
        (6, date(2026, 1, 1), None, None),
    ],
)
def test_age(people: Database, contact: int, as_of: date, age: int | None, band: str | None) -> None:
    assert value(people, contact, "age", as_of) == age
    assert value(people, contact, "age_band", as_of) == band


@pytest.mark.parametrize(
    ("contact", "gender", "source"),
    [(1, "F", "civility"), (2, "M", "civility"), (3, "X", "declared"), (4, "F", "declared"),
     (5, "F", "civility"),
     (6, None, None), (7, None, None), (8, "M", "civility"), (9, "F", "civility"), (10, None, None)],
)  # fmt: skip
def test_gender(people: Database, contact: int, gender: str | None, source: str | None) -> None:
    assert value(people, contact, "gender", date(2026, 1, 1)) == gender
    assert value(people, contact, "gender_source", date(2026, 1, 1)) == source


@pytest.mark.parametrize(
    "field", [field for field in PERSON.fields if field.type == "category"], ids=lambda f: f.code
)
def test_each_choice_brings_its_own_folded_text(people: Database, field: Field) -> None:
    """Folding the expression itself would write it hundreds of times: half a minute to ask for women."""
    assert field.key is not None
    day = "DATE '2026-11-22'"
    said, key = (text.replace(":as_of", day) for text in (field.expression, field.key))
    rows = people.run(Statement(f"SELECT {said}, {key} FROM contacts AS r")).rows
    assert any(value for value, _ in rows)
    assert all(folded == (value and fold_text(str(value))) for value, folded in rows)
