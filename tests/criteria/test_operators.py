"""Every operator on values chosen by hand: who is in, who is out; and its words in every language."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from segmentation.criteria.catalogue import Catalogue, Field, Relation
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_leaf
from segmentation.criteria.fields import kind_of
from segmentation.criteria.nodes import Condition
from segmentation.criteria.operators import OPERATORS, operators_for
from segmentation.errors import CriterionError
from segmentation.i18n import LANGUAGES, words
from segmentation.results import Statement
from tests.worlds import opened

AS_OF = date(2026, 3, 31)
SQL_TYPES = {
    "text": "VARCHAR", "postal_code": "VARCHAR", "number": "DOUBLE", "money": "DECIMAL(18,4)", "date": "DATE",
    "datetime": "TIMESTAMP", "list": "VARCHAR[]", "boolean": "BOOLEAN",
}  # fmt: skip


def d(text: str) -> date:
    return date.fromisoformat(text)


def t(text: str) -> datetime:
    return datetime.fromisoformat(text)


Case = tuple[str, str, Any, Sequence[Any], Sequence[Any]]
CASES: list[Case] = [
    # type, operator, value, values that are in, values that are out
    ("text", "is", "lyon", ["Lyon", "LYON", " lyön "], ["Lyon 3", "Paris", "", None]),
    ("text", "is", "l'hay les roses", ["L’Haÿ-les-Roses"], ["Hay les Roses"]),
    ("text", "is", 'x"; DROP TABLE contacts; --', ['X"; drop table contacts;  —'], ["x"]),
    ("text", "is_not", "Lyon", ["Paris", "Lyon 3"], ["lyon", "", "  ", None]),
    ("text", "in", ["Lyon", "O'Neil"], ["LYON", "o’neil"], ["Paris", None]),
    ("text", "not_in", ["Lyon", "Paris"], ["Nice"], ["lyon", "PARIS", "", None]),
    ("text", "contains", "50%", ["remise 50% ici"], ["remise 500", "50", None]),
    ("text", "contains", "a_b", ["xa_by"], ["axb", "ab"]),
    ("text", "contains", "œuf", ["Gros OEUF"], ["euf"]),
    ("text", "not_contains", "thé", ["café"], ["Théière", "", None]),
    ("text", "starts_with", "saint e", ["Saint-Étienne"], ["Le Saint Étienne", None]),
    ("text", "ends_with", "roses", ["L’Haÿ-les-Roses"], ["roses x", None]),
    ("text", "matches", "^ly", ["Lyon", "lyon"], ["Villy", "", None]),
    ("text", "matches", "n.c", ["Nice"], ["nce"]),
    ("postal_code", "within_km", {"of": "69003", "km": 15}, ["69003", "69001"], ["75001", "", None]),
    ("postal_code", "within_km", {"of": "69003", "km": 1}, ["69003"], ["69001"]),
    ("number", "=", 0.3, [0.3], [0.30001, 0.0, None]),
    ("money", "=", 0.3, [Decimal("0.3")], [Decimal("0.3001"), None]),
    ("number", "!=", 0, [1.0, -1.0], [0.0, None]),
    ("number", "<", 200, [199.99, -5.0], [200.0, None]),
    ("number", "<=", 200, [200.0], [200.01, None]),
    ("money", ">", 200, [Decimal("200.0001")], [Decimal("200"), None]),
    ("money", ">=", 99.9999, [Decimal("99.9999")], [Decimal("99.9998"), None]),
    ("number", "between", [1, 2], [1.0, 1.5, 2.0], [0.99, 2.01, None]),
    ("number", "between", [None, 2], [-9.0, 2.0], [2.01, None]),
    ("number", "between", [1, None], [1.0, 99.0], [0.99, None]),
    ("number", "not_between", [1, 2], [0.99, 2.01], [1.0, 2.0, None]),
    ("number", "top_percent", 50, [4.0, 3.0], [2.0, 1.0, None]),
    ("number", "top_percent", 34, [9.0, 9.0], [1.0]),  # ceil(34 % × 3) = 2: both ties
    ("number", "top_percent", 10, [9.0, 9.0], [1.0]),  # the tie at the cut is in
    ("number", "bottom_percent", 25, [1.0], [2.0, 3.0, 4.0, None]),
    ("date", "last", {"n": 30, "unit": "day"}, [d("2026-03-31"), d("2026-03-01")], [d("2026-02-28"), d("2026-04-01"), None]),
    ("date", "last", {"n": 30, "unit": "day", "today": False}, [d("2026-03-30")], [d("2026-03-31")]),
    ("date", "last", {"n": 1, "unit": "month"}, [d("2026-02-28")], [d("2026-02-27")]),
    ("datetime", "last", {"n": 0, "unit": "day"}, [t("2026-03-31T00:00"), t("2026-03-31T23:59:59")], [t("2026-03-30T23:59:59"), t("2026-04-01T00:00")]),
    ("date", "older_than", {"n": 1, "unit": "week"}, [d("2026-03-23")], [d("2026-03-24"), d("2027-01-01"), None]),
    ("date", "ago_between", {"from": 1, "to": 2, "unit": "month"}, [d("2026-02-28"), d("2026-01-31")], [d("2026-03-01"), d("2026-01-30"), None]),
    ("date", "ago_between", [30, 60], [d("2026-03-01"), d("2026-01-30")], [d("2026-03-02"), d("2026-01-29")]),
    ("date", "next", {"n": 7, "unit": "day"}, [d("2026-04-01"), d("2026-04-07")], [d("2026-03-31"), d("2026-04-08"), None]),
    ("date", "next", {"n": 7, "unit": "day", "today": True}, [d("2026-03-31")], [d("2026-03-30")]),
    ("date", "this", "month", [d("2026-03-01"), d("2026-03-31")], [d("2026-02-28"), d("2026-04-01"), None]),
    ("date", "this", "week", [d("2026-03-30"), d("2026-04-05")], [d("2026-03-29"), d("2026-04-06")]),
    ("date", "previous", "quarter", [d("2025-10-01"), d("2025-12-31")], [d("2025-09-30"), d("2026-01-01"), None]),
    ("date", "previous", "year", [d("2025-06-01")], [d("2024-12-31"), d("2026-01-01")]),
    ("date", "following", "month", [d("2026-04-01"), d("2026-04-30")], [d("2026-03-31"), d("2026-05-01"), None]),
    ("datetime", "on", "2026-02-28", [t("2026-02-28T00:00"), t("2026-02-28T23:59:59")], [t("2026-03-01T00:00"), None]),
    ("date", "before", "2026-02-28", [d("2026-02-27")], [d("2026-02-28"), None]),
    ("datetime", "after", "2026-02-28", [t("2026-03-01T00:00")], [t("2026-02-28T23:59:59"), None]),
    ("datetime", "between", ["2026-02-01", "2026-02-28"], [t("2026-02-01T00:00"), t("2026-02-28T23:00")], [t("2026-03-01T00:00"), t("2026-01-31T23:59")]),
    ("date", "between", [None, "2026-02-28"], [d("1990-01-01"), d("2026-02-28")], [d("2026-03-01"), None]),
    ("date", "month", [1, 12], [d("1980-01-15"), d("2000-12-31")], [d("1980-02-01"), None]),
    ("date", "weekday", [1], [d("2026-03-30")], [d("2026-03-31"), d("2026-03-29"), None]),
    ("date", "weekday", [7], [d("2026-03-29")], [d("2026-03-28")]),
    ("datetime", "hours", [9, 12], [t("2026-01-01T09:00"), t("2026-01-01T11:59")], [t("2026-01-01T12:00"), t("2026-01-01T08:59"), None]),
    ("datetime", "hours", [22, 6], [t("2026-01-01T23:00"), t("2026-01-01T00:30")], [t("2026-01-01T06:00"), t("2026-01-01T21:59")]),
    ("date", "anniversary", {"n": 7, "unit": "day"}, [d("1990-03-31"), d("2001-04-07")], [d("1990-03-30"), d("1990-04-08"), None]),
    ("list", "any_of", ["thé", "yoga"], [["Thé"], ["x", "YOGA"]], [["x"], [], None]),
    ("list", "all_of", ["thé", "café"], [["Café", "x", "THE"]], [["Thé"], [], None]),
    ("list", "none_of", ["thé"], [["café"]], [["thé", "café"], [], None]),
    ("list", "exactly", ["thé", "café"], [["CAFE", "the", "Thé"]], [["thé"], ["thé", "café", "x"], None]),
    ("list", "size", 2, [["a", "b"], ["a", "A", "b"]], [["a"], [], None]),
    ("list", "size", [2, None], [["a", "b", "c"]], [["a", "à"]]),
    ("boolean", "is", True, [True], [False, None]),
    ("boolean", "is", False, [False], [True, None]),
    ("text", "empty", None, [None, "", "   "], ["x"]),
    ("number", "empty", None, [None], [0.0]),
    ("list", "empty", None, [None, []], [["a"]]),
    ("text", "not_empty", None, ["x", "-"], [None, "", " "]),
    ("boolean", "not_empty", None, [False], [None]),
    ("date", "not_empty", None, [d("2026-01-01")], [None]),
]  # fmt: skip


def answered(field_type: str, definition: dict[str, Any], values: list[Any]) -> list[int]:
    """The positions of the values for which the condition is true."""

    def rows(_as_of: date) -> Statement:
        ids = list(range(len(values)))
        sql = f"SELECT unnest(CAST(? AS INTEGER[])) AS contact_id, unnest(CAST(? AS {SQL_TYPES[field_type]}[])) AS v"
        return Statement(sql, (ids, values))

    field = Field("f", field_type, "own", "values", "r.v")
    _, database, known = opened(1)
    catalogue = Catalogue(
        {"f": field}, {}, AS_OF, relations={"values": Relation("values", rows)}, near=known.near
    )
    leaf = criterion_from_json(definition)
    assert isinstance(leaf, Condition)
    if leaf.op in ("empty", "top_percent", "bottom_percent") or leaf.unknown:
        rows_too = Relation(
            "contacts",
            lambda day: Statement(f"SELECT *, TRUE AS live FROM ({rows(day).sql}) AS x", rows(day).params),
        )
        catalogue = Catalogue(
            {"f": field}, {}, AS_OF, relations={"values": Relation("values", rows), "contacts": rows_too}
        )
    return sorted(int(row[0]) for row in database.run(compile_leaf(leaf, catalogue)).rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]}"[:60])
def test_who_is_in(case: Case) -> None:
    field_type, op, value, inside, outside = case
    values = [*inside, *outside]
    definition = {"field": "f", "op": op, "value": value}
    assert answered(field_type, definition, values) == list(range(len(inside)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]}"[:60])
def test_unknown_takes_in_those_without_a_value_and_no_one_else(case: Case) -> None:
    field_type, op, value, inside, outside = case
    if op in ("empty", "not_empty", "within_km"):
        return
    values = [*inside, *outside]
    blank = [
        rank
        for rank, v in enumerate(values)
        if v is None or v == [] or (isinstance(v, str) and not v.strip())
    ]
    definition = {"field": "f", "op": op, "value": value, "unknown": True}
    assert answered(field_type, definition, values) == sorted({*range(len(inside)), *blank})


@pytest.mark.parametrize(
    ("op", "value", "inside", "outside"),
    [
        ("is", "Thé", ["Thé"], ["the", "THÉ", "Thé "]),
        ("contains", "É", ["THÉ"], ["thé", "THE"]),
        ("matches", "^T", ["The"], ["the"]),
        ("in", ["a-b"], ["a-b"], ["a b", "A-B"]),
    ],
)
def test_exact_compares_text_as_written(op: str, value: Any, inside: list[str], outside: list[str]) -> None:
    definition = {"field": "f", "op": op, "value": value, "exact": True}
    assert answered("text", definition, [*inside, *outside]) == list(range(len(inside)))


def test_every_row_has_a_case() -> None:
    told = {(kind_of(field_type), op) for field_type, op, *_ in CASES}
    for row in OPERATORS:
        asked = [(kind, row.key) for kind in row.kinds]
        assert any(pair in told for pair in asked), f"{row.key} for {row.kinds} has no case"
        if row.shape != "none" and "place" not in row.kinds:
            assert all(pair in told for pair in asked), f"{row.key} lacks a case for one of {row.kinds}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_its_words(language: str) -> None:
    w = words(language)
    for row in OPERATORS:
        assert any(w.has(f"operator.{kind}.{row.key}") for kind in row.kinds) or w.has(f"operator.{row.key}")
        assert w.has(f"error.criterion.value.{row.shape}")


BAD = [
    ("text", "is", None), ("text", "is", " "), ("text", "is", True), ("text", "in", []), ("text", "matches", "("),
    ("text", "matches", "(?=a)"), ("text", "matches", r"(a)\1"), ("number", "=", "3"), ("number", "=", True),
    ("number", "between", [None, None]), ("number", "between", [2, 1]), ("number", "between", [1]),
    ("number", "top_percent", 0), ("number", "top_percent", 101), ("number", "=", 1e20), ("date", "last", -1),
    ("date", "last", "2026-01-01"), ("date", "on", "31/12/2026"), ("date", "on", "2026-02-30"),
    ("date", "between", ["2026-02-02", "2026-02-01"]), ("date", "this", "decade"), ("date", "month", [13]),
    ("date", "weekday", [0]), ("datetime", "hours", [5, 5]), ("datetime", "hours", [5, 25]), ("list", "size", -1),
    ("list", "any_of", []), ("boolean", "is", "oui"), ("boolean", "is", 1), ("text", "empty", "x"),
    ("postal_code", "within_km", {"of": "69003", "km": 0}), ("postal_code", "within_km", "69003"),
]  # fmt: skip


@pytest.mark.parametrize(("field_type", "op", "value"), BAD)
def test_a_value_of_another_shape_is_refused_with_its_place(field_type: str, op: str, value: Any) -> None:
    with pytest.raises(CriterionError) as refused:
        answered(field_type, {"field": "f", "op": op, "value": value}, [])
    assert refused.value.code.startswith("error.criterion.value")
    assert refused.value.values["path"].startswith("value")  # type: ignore[attr-defined]
    for language in LANGUAGES:
        assert words(language).has(refused.value.code)


def test_text_that_folding_leaves_nothing_of_is_refused() -> None:
    with pytest.raises(CriterionError, match="folded_away"):
        answered("text", {"field": "f", "op": "contains", "value": "-"}, [])


def test_an_operator_of_another_type_is_refused() -> None:
    for field_type, op in (
        ("number", "contains"),
        ("date", "hours"),
        ("text", "within_km"),
        ("boolean", "="),
    ):
        with pytest.raises(CriterionError, match="unknown_operator"):
            answered(field_type, {"field": "f", "op": op, "value": 1}, [])


def test_menus_offer_what_a_type_takes() -> None:
    assert [row.key for row in operators_for("boolean")] == ["is", "empty", "not_empty"]
    assert "hours" in [row.key for row in operators_for("datetime")]
    assert "hours" not in [row.key for row in operators_for("date")]
    assert "within_km" in [row.key for row in operators_for("postal_code")]
