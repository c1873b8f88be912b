"""Every measure on a shop small enough to count by hand; windows, where, first and last, X then Y."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

import atexit
import shutil
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Field
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_whole
from segmentation.criteria.measures import MEASURES, measures_for
from segmentation.errors import CriterionError
from segmentation.i18n import LANGUAGES, words
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from tests.oracle import World, members
from tests.worlds import EVENT_TYPES, EXTRAS, TYPES, catalogue, load

AS_OF = date(2026, 3, 31)


def order(
    key: str, contact: int | None, moment: str | None, amount: str, *, paid: bool = True, **more: Any
) -> dict[str, Any]:
    money = Decimal(amount)
    row = dict.fromkeys(EVENT_TYPES["orders"]) | {
        "order_key": key, "contact_id": contact, "amount": money, "counted": paid and money > 0, "summed": paid,
        "order_date": None if moment is None else datetime.fromisoformat(moment),
    }  # fmt: skip
    return row | more


ORDERS = [
    order("a1", 1, "2026-01-01T10:00", "100", channel="Web"),
    order("a2", 1, "2026-01-11T10:00", "50", channel="Boutique"),
    order("a3", 1, "2026-01-11T18:00", "30", channel="web"),
    order("a4", 1, "2026-03-31T23:59:59", "20"),
    order("a5", 1, "2026-02-01T00:00", "-40"),  # a return: reduces the sum, counts for nothing else
    order("a6", 1, "2026-04-01T00:00", "999"),  # after the as-of date: not seen
    order("a7", 1, "2026-02-02T00:00", "500", paid=False),
    order("b1", 2, "2026-02-28T00:00", "200", channel="Web"),
    order("b2", 2, None, "10"),  # undated: seen when no day is asked
    order("c1", 3, "2026-01-05T00:00", "-5"),
    order("n1", None, "2026-01-05T00:00", "70"),
]


def line(key: str, parent: str, category: str | None, amount: str, quantity: float = 1.0) -> dict[str, Any]:
    of = next(o for o in ORDERS if o["order_key"] == parent)
    shared = {name: of[name] for name in ("order_key", "contact_id", "order_date", "counted", "summed")}
    return shared | {
        "line_key": key,
        "category": category,
        "brand": None,
        "quantity": quantity,
        "line_amount": Decimal(amount),
    }


LINES = [
    line("l1", "a1", "Thé", "60"), line("l2", "a1", "Café", "40"), line("l3", "a2", "the", "50", 3.0),
    line("l4", "a5", "Thé", "-40", -1.0), line("l5", "b1", None, "200"),
]  # fmt: skip


def event(key: str, contact: int, code: str, moment: str, value: float | None = None) -> dict[str, Any]:
    return dict.fromkeys(EVENT_TYPES["events"]) | {
        "event_key": key, "contact_id": contact, "event_type": code, "event_date": datetime.fromisoformat(moment), "value": value,
    }  # fmt: skip


EVENTS = [
    event("e1", 1, "email_open", "2026-01-01T09:00", 1.0), event("e2", 1, "email_open", "2026-01-01T10:00", 3.0),
    event("e3", 2, "email_open", "2026-02-20T08:00"), event("e4", 4, "email_open", "2026-03-01T08:00"),
    event("e5", 4, "email_click", "2026-03-01T08:00"),
]  # fmt: skip

Case = tuple[dict[str, Any], list[int]]
CASES: list[Case] = [
    ({"event": "order"}, [1, 2]),
    ({"event": "order", "op": "=", "value": 4, "measure": "count"}, [1]),
    ({"event": "order", "op": "=", "value": 0, "measure": "count"}, [3, 4]),
    ({"event": "order", "op": "between", "value": [0, 2], "measure": "count"}, [2, 3, 4]),
    ({"event": "order", "measure": "count_distinct", "of": "channel", "op": "=", "value": 2}, [1]),
    ({"event": "order", "measure": "sum", "op": "=", "value": 160}, [1]),
    ({"event": "order", "measure": "sum", "op": "<", "value": 0}, [3]),
    ({"event": "order_line", "measure": "sum", "of": "line_amount", "op": "=", "value": 110}, [1]),
    ({"event": "order", "measure": "avg", "op": "=", "value": 50}, [1]),
    ({"event": "order", "measure": "min", "op": "<=", "value": 20}, [1, 2]),
    ({"event": "order", "measure": "max", "op": ">", "value": 100}, [2]),
    ({"event": "order", "measure": "median", "op": "=", "value": 40}, [1]),
    ({"event": "order", "measure": "median", "op": "empty"}, [3, 4]),
    ({"event": "order", "measure": "avg", "op": "<", "value": 60, "unknown": True}, [1, 3, 4]),
    ({"event": "order", "measure": "days_since_first", "op": "=", "value": 89}, [1]),
    ({"event": "order", "measure": "days_since_last", "op": "=", "value": 0}, [1]),
    ({"event": "order", "measure": "days_since_last", "op": ">=", "value": 31}, [2]),
    ({"event": "order", "measure": "median_gap", "op": "=", "value": 44.5}, [1]),  # 10 and 79 days; same day once
    ({"event": "order", "measure": "median_gap", "op": "empty"}, [2, 3, 4]),
    ({"event": "order", "measure": "share", "of": {"field": "channel", "op": "is", "value": "web"}, "op": "=", "value": 0.5}, [1, 2]),
    ({"event": "order", "measure": "share", "of": {"field": "channel", "op": "is", "value": "web"}, "op": "=", "value": 0.5, "at_least": 3}, [1]),
    ({"event": "order", "measure": "sum", "op": "top_percent", "value": 34}, [1, 2]),
    ({"event": "order", "measure": "sum", "op": "bottom_percent", "value": 33}, [3]),
    # where, windows, first and last
    ({"event": "order", "where": {"field": "category", "op": "is", "value": "thé"}, "measure": "count", "op": "=", "value": 2}, [1]),
    ({"event": "order", "where": {"not": {"field": "category", "op": "is", "value": "thé"}}}, [1, 2]),
    ({"event": "order_line", "where": {"field": "channel", "op": "is", "value": "web"}, "measure": "count", "op": "=", "value": 2}, [1]),
    ({"event": "order_line", "where": {"field": "quantity", "op": ">", "value": 1}}, [1]),
    ({"event": "order", "within": {"last": 0, "unit": "day"}}, [1]),
    ({"event": "order", "within": {"last": 1, "unit": "month"}}, [1, 2]),
    ({"event": "order", "within": {"previous": "month"}}, [2]),
    ({"event": "order", "within": {"between": ["2026-01-11", "2026-01-11"]}, "measure": "count", "op": "=", "value": 2}, [1]),
    ({"event": "order", "within": {"older_than": 60, "unit": "day"}, "measure": "count", "op": "=", "value": 0}, [2, 3, 4]),
    ({"event": "order_first", "within": {"last": 60, "unit": "day"}}, [2]),
    ({"event": "order_last", "within": {"this": "month"}}, [1]),
    ({"event": "order_first", "measure": "sum", "op": "=", "value": 100}, [1]),
    # X then Y: strictly later, at most N days after its day
    ({"event": "email_open", "then": {"event": "order", "within": {"n": 0, "unit": "day"}}, "measure": "count", "op": "=", "value": 1}, [1]),
    ({"event": "email_open", "then": {"event": "order", "within": {"n": 8, "unit": "day"}}}, [1, 2]),
    ({"event": "email_open", "then": {"event": "order", "within": {"n": 7, "unit": "day"}}}, [1]),
    ({"event": "email_open", "then": {"event": "order", "within": {"n": 1, "unit": "month"}, "absent": True}}, [4]),
    ({"event": "email_open", "then": {"event": "email_click", "within": {"n": 1, "unit": "day"}}}, []),
    ({"event": "order", "then": {"event": "order", "within": {"n": 10, "unit": "day"}, "where": {"field": "category", "op": "is", "value": "Thé"}}}, [1]),
]  # fmt: skip


@lru_cache(maxsize=1)
def shop() -> tuple[World, Database]:
    people = [
        dict.fromkeys(TYPES) | {"contact_id": i, "live": i != 5, "has_extra": False} for i in range(1, 6)
    ]
    base = World(AS_OF, TYPES, EVENT_TYPES, people, ORDERS, LINES, EVENTS)
    database = open_base(Path(mkdtemp(prefix="carnet-")) / "base.duckdb")
    atexit.register(shutil.rmtree, database.path.parent, ignore_errors=True)
    atexit.register(database.close)
    load(base, database)
    assert set(EXTRAS) <= set(TYPES)
    return base, database


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[0])[:70])
def test_who_is_in(case: Case) -> None:
    definition, expected = case
    base, database = shop()
    known = catalogue(base)
    node = criterion_from_json(definition)
    assert Evaluator(database, known).ids(node).tolist() == expected
    assert [row[0] for row in database.run(compile_whole(node, known)).rows] == expected
    assert members(definition, base) == expected


def test_every_row_has_a_case() -> None:
    told = {definition.get("measure", "count") for definition, _ in CASES}
    assert told == {row.key for row in MEASURES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_its_words(language: str) -> None:
    w = words(language)
    for row in MEASURES:
        assert w.has(f"measure.{row.key}")
        assert row.key == "count" or w.has(f"sentence.measure.{row.key}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_words(language: str) -> None:
    w = words(language)
    for code in catalogue(shop()[0]).events:
        for part in ("did", "never", "events", "noun"):
            assert w.has(f"sentence.{part}.{code}")
        assert w.has(f"event.{code}")


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ({"event": "order", "measure": "mode", "op": "=", "value": 1}, "unknown_measure"),
        ({"event": "visit"}, "unknown_event"),
        ({"event": "order", "measure": "sum", "of": "channel", "op": "=", "value": 1}, "of"),
        ({"event": "order", "measure": "sum", "of": "line_amount", "op": "=", "value": 1}, "of"),
        ({"event": "order", "measure": "sum", "of": "nothing", "op": "=", "value": 1}, "unknown_field"),
        ({"event": "order", "measure": "share", "op": "=", "value": 1}, "of"),
        ({"event": "order", "measure": "share", "of": "amount", "op": "=", "value": 1}, "of"),
        ({"event": "order", "measure": "count", "of": "amount", "op": "=", "value": 1}, "of"),
        ({"event": "order", "measure": "count", "at_least": 2, "op": "=", "value": 1}, "at_least"),
        ({"event": "order", "where": {"field": "city", "op": "is", "value": "x"}}, "unknown_field"),
        ({"event": "order", "where": {"group": "vip"}}, "not_of_event"),
        ({"event": "order", "where": {"field": "amount", "op": "top_percent", "value": 3}}, "ranks_in_event"),
    ],
)
def test_what_cannot_be_measured_is_refused(definition: dict[str, Any], code: str) -> None:
    base, database = shop()
    with pytest.raises(CriterionError) as refused:
        Evaluator(database, catalogue(base)).count(criterion_from_json(definition))
    assert refused.value.code == f"error.criterion.{code}"


def test_menus_offer_what_a_field_can_be_measured_by() -> None:
    amount = Field("amount", "money", "order", "orders", "r.amount")
    assert [row.key for row in measures_for(amount)] == [
        "count_distinct",
        "sum",
        "avg",
        "min",
        "max",
        "median",
    ]
    assert "days_since_last" in [row.key for row in measures_for(None)]
