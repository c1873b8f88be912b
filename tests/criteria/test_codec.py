"""JSON both ways: what is written is read back the same, and an error names the faulty path."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from segmentation.criteria.codec import (
    canonical,
    criterion_from_json,
    criterion_to_json,
    segment_from_json,
    segment_to_json,
)
from segmentation.criteria.nodes import All, Condition, EventCondition, Sample, Span, Top, Window
from segmentation.criteria.segment import Limit, Segment
from segmentation.errors import CriterionError
from segmentation.i18n import LANGUAGES, words
from tests import trees

DESIGN = [
    '{"all": []}',
    '{"not": {"any": [{"group": "partenaires"}, {"segment": "vip"}]}}',
    '{"field": "city", "op": "in", "value": ["Lyon", "Paris"]}',
    '{"field": "total_spent", "op": ">=", "value": 200}',
    '{"field": "last_purchase_date", "op": "last", "value": {"n": 90, "unit": "day"}}',
    '{"field": "last_purchase_date", "op": "ago_between", "value": {"from": 30, "to": 60, "unit": "day"}}',
    '{"field": "postal_code", "op": "within_km", "value": {"of": "69003", "km": 15}}',
    '{"event": "order", "measure": "count", "op": ">=", "value": 2, "within": {"last": 90, "unit": "day"},'
    ' "where": {"field": "category", "op": "in", "value": ["Thé"]}}',
    '{"event": "order_line", "measure": "sum", "of": "line_amount", "op": ">=", "value": 200}',
    '{"event": "order", "measure": "share", "of": {"field": "order_date", "op": "weekday", "value": [6, 7]},'
    ' "op": ">=", "value": 0.6, "at_least": 3}',
    '{"event": "order", "measure": "count", "op": "=", "value": 0, "within": {"between": ["2026-01-01", null]}}',
    '{"event": "order", "measure": "count", "op": "=", "value": 0, "within": {"previous": "quarter"}}',
    '{"event": "email_open", "measure": "count", "op": ">=", "value": 1, "then": {"event": "order",'
    ' "within": {"n": 30, "unit": "day"}, "where": {"field": "amount", "op": ">", "value": 50}, "absent": true}}',
    '{"sample": {"percent": 10, "seed": 7}}',
    '{"top": 200, "by": "total_spent"}',
]


@pytest.mark.parametrize("text", DESIGN)
def test_the_forms_of_the_design_are_canonical(text: str) -> None:
    obj = json.loads(text)
    assert criterion_to_json(criterion_from_json(obj)) == obj


@settings(deadline=None, max_examples=150)
@given(trees.segments())
def test_what_is_written_is_read_back_the_same(definition: dict[str, Any]) -> None:
    segment = segment_from_json(definition)
    again = segment_from_json(json.loads(json.dumps(segment_to_json(segment))))
    assert again == segment
    assert canonical(again) == canonical(segment)


def test_short_forms() -> None:
    assert criterion_from_json({"event": "order"}) == EventCondition("order", "count", ">=", 1)
    assert criterion_from_json({"field": "d", "op": "this", "value": {"unit": "month"}}) == Condition(
        "d", "this", "month"
    )
    assert criterion_from_json({"field": "d", "op": "last", "value": {"n": 3}}) == Condition(
        "d", "last", Span(3, "day")
    )
    assert segment_from_json({"top": 3, "by": "x"}) == Segment(Top(3, "x"))
    assert segment_from_json({"include": {"all": []}, "limit": {"sample": {"n": 5}}}) == Segment(
        All(), limit=Limit(sample=Sample(n=5))
    )
    window = criterion_from_json({"event": "order", "within": {"last": 3}})
    assert isinstance(window, EventCondition) and window.within == Window("last", n=3, unit="day")


BAD = [
    (3, "node", ""), ({}, "node", ""), ({"all": [{}]}, "node", "all.0"), ({"all": 3}, "value.list", "all"),
    ({"all": [], "any": []}, "node", ""), ({"all": [{"any": [{"not": {"field": "x"}}]}]}, "value.text", "all.0.any.0.not.op"),
    ({"field": "x", "op": "is", "colour": 1}, "key", "colour"),
    ({"field": "x", "op": "is", "value": float("nan")}, "value.number", "value"),
    ({"field": "x", "op": "is", "value": {"n": -1, "unit": "day"}}, "value.integer", "value.n"),
    ({"field": "x", "op": "is", "value": {"n": 1, "unit": "decade"}}, "value.unit", "value.unit"),
    ({"field": "x", "op": "is", "value": {"what": 1}}, "value.value", "value"),
    ({"field": "x", "op": "is", "value": [[1]]}, "value.number", "value.0"),
    ({"field": "x", "op": "is", "unknown": 1}, "value.boolean", "unknown"),
    ({"event": "order", "within": {"next": 3}}, "value.window", "within"),
    ({"event": "order", "within": {"between": ["x", None]}}, "value.date", "within"),
    ({"event": "order", "where": {"field": 1}}, "value.text", "where.field"),
    ({"event": "order", "at_least": 0}, "value.integer", "at_least"),
    ({"event": "order", "then": {"event": "order", "within": 3}}, "value.span", "then.within"),
    ({"sample": {"percent": 10, "n": 3}}, "value.sample", "sample"), ({"sample": {"percent": 0}}, "value.percent", "sample.percent"),
    ({"sample": {"percent": 5, "seed": "x"}}, "value.integer", "sample.seed"),
    ({"top": 0, "by": "x"}, "value.integer", "top"), ({"top": 3}, "value.text", "by"),
]  # fmt: skip


@pytest.mark.parametrize(("obj", "code", "path"), BAD)
def test_an_error_names_the_path(obj: object, code: str, path: str) -> None:
    with pytest.raises(CriterionError) as refused:
        criterion_from_json(obj)
    assert (refused.value.code, refused.value.values["path"]) == (f"error.criterion.{code}", path)
    for language in LANGUAGES:
        assert words(language)(refused.value.code, **refused.value.values)


@pytest.mark.parametrize(
    ("obj", "code"),
    [
        ({"version": 2, "include": {"all": []}}, "version"),
        ({"include": {"all": []}, "colour": 1}, "key"),
        ({"include": {"all": []}, "limit": {}}, "value.limit"),
        ({"include": {"all": []}, "limit": {"by": "x"}}, "value.limit"),
        ({"include": {"all": []}, "added": "x"}, "value.ids"),
        ({"include": {"all": []}, "added": [-1]}, "value.integer"),
    ],
)
def test_a_segment_of_another_form_is_refused(obj: object, code: str) -> None:
    with pytest.raises(CriterionError) as refused:
        segment_from_json(obj)
    assert refused.value.code == f"error.criterion.{code}"


def test_a_bottomless_tree_is_refused() -> None:
    deep: dict[str, Any] = {"all": []}
    for _ in range(60):
        deep = {"not": deep}
    with pytest.raises(CriterionError, match="too_deep"):
        criterion_from_json(deep)
    with pytest.raises(CriterionError, match="too_many"):
        criterion_from_json({"field": "x", "op": "in", "value": list(range(100_001))})


def test_equal_meanings_have_one_text() -> None:
    one = criterion_from_json({"op": "is", "field": "x", "value": "é", "unknown": False})
    assert canonical(one) == '{"field":"x","op":"is","value":"é"}'
