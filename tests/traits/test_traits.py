"""The traits together: their fields, their relations by date, the category roll-up, the last fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.compile import compile_leaf, compile_whole
from segmentation.criteria.nodes import Condition
from segmentation.criteria.stored import contact_fields, event_sources
from segmentation.i18n import words
from segmentation.predictive.rfm import Cuts
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits import (
    FEATURES,
    SCORES,
    TRAITS,
    category_statement,
    features_statement,
    last_fact_statement,
    rfm_statement,
    trait_fields,
    trait_relations,
)
from segmentation.traits.choices import choice_word


def test_categories_and_last_fact(base: Database, fill: Any) -> None:
    assert base.scalar(last_fact_statement()) is None
    fill(
        "order_lines",
        {"contact_id": 1, "order_key": "a", "category": "thé", "line_amount": 10,
         "order_date": "2026-01-01"},
        {"contact_id": 1, "order_key": "a", "category": "Thé", "line_amount": 5, "order_date": "2026-01-01"},
        {"contact_id": 1, "order_key": "b", "category": "THE", "line_amount": 7, "order_date": "2026-02-01"},
        {"contact_id": 1, "order_key": "c", "category": "The", "line_amount": -3,
         "counted": False, "order_date": "2026-03-01"},
        {"contact_id": 1, "order_key": "d", "category": "Café", "line_amount": 9, "counted": False,
         "summed": False, "order_date": "2026-03-01"},
        {"contact_id": None, "order_key": "e", "category": "Café", "line_amount": 9,
         "order_date": "2026-03-01"},
    )  # fmt: skip
    fill("orders", {"contact_id": 1, "order_date": "2026-03-01", "amount": 1})
    fill(
        "events", {"contact_id": 1, "event_type": "call", "event_date": "2026-04-02 12:00", "event_key": "e"}
    )
    rows = base.run(category_statement()).rows
    assert [(row[0], row[1], row[2], row[3], row[4]) for row in rows] == [(1, "The", "the", 2, Decimal("19"))]
    assert base.run(category_statement(as_of_end=date(2026, 1, 31))).rows[0][3:5] == (1, Decimal("15"))
    assert base.scalar(last_fact_statement()) == date(2026, 4, 2)


def test_every_field_of_every_trait_answers_as_stored_and_at_an_earlier_date(
    base: Database, fill: Any
) -> None:
    fill("contacts", {"contact_id": 1, "postal_code": "69003"}, {"contact_id": 2})
    now = date(2026, 4, 2)
    for table, statement in ((FEATURES, features_statement()), (SCORES, rfm_statement(now, Cuts()))):
        base.run(Statement(f"CREATE OR REPLACE TABLE {table} AS {statement.sql}", statement.params))
    for as_of in (now, date(2026, 1, 1)):
        catalogue = Catalogue(
            fields={**contact_fields(), **trait_fields()},
            events=event_sources(),
            as_of=as_of,
            relations=trait_relations(as_of=as_of, last_fact=now, cuts=Cuts(), scored_as_of=now),
        )
        stored = {name for name, relation in catalogue.relations.items() if relation.statement is None}
        assert stored == ({FEATURES, SCORES} if as_of == now else set())
        for code in trait_fields():
            filled = Condition(code, "not_empty")
            alone = {row[0] for row in base.run(compile_leaf(filled, catalogue)).rows}
            assert alone == {row[0] for row in base.run(compile_whole(filled, catalogue)).rows}, code
        assert base.run(compile_whole(Condition("orders_count", "=", 1), catalogue)).rows == [(1,)] * (
            as_of == now
        )
        in_rhone = Condition("department", "is", "69")
        assert base.run(compile_whole(in_rhone, catalogue)).rows == [(1,)]


def test_every_field_and_choice_has_its_words() -> None:
    for language in ("fr", "en"):
        w = words(language)
        for field in trait_fields().values():
            assert w.has(f"field.{field.code}"), field.code
            assert w.has(f"family.{field.family}"), field.family
            for value in field.choices:
                assert w.has(str(choice_word(field, value))), value
            assert choice_word(field, "anything else") is None


def test_codes_are_unique_and_needs_are_said() -> None:
    codes = [field.code for trait in TRAITS for field in trait.fields]
    assert len(codes) == len(set(codes))
    assert all(trait.needs for trait in TRAITS)
