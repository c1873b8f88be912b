"""What cannot be asked is refused before anything is read, with the path of the node."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from segmentation.criteria.check import check
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.segment import dependants
from segmentation.errors import CriterionError
from segmentation.i18n import LANGUAGES, words
from tests.worlds import catalogue, world

GOOD = {"field": "city", "op": "is", "value": "x"}


def refusal(definition: dict[str, Any], **segments: dict[str, Any]) -> CriterionError:
    known = replace(catalogue(world()), segments={key: segment_from_json(s) for key, s in segments.items()})
    with pytest.raises(CriterionError) as refused:
        check(segment_from_json(definition), known)
    for language in LANGUAGES:
        assert words(language)(refused.value.code, **refused.value.values)
    return refused.value


@pytest.mark.parametrize(
    ("definition", "code", "path"),
    [
        ({"all": [GOOD, {"field": "nowhere", "op": "is", "value": 1}]}, "unknown_field", "all.1"),
        ({"not": {"field": "city", "op": ">", "value": 1}}, "unknown_operator", "not"),
        ({"any": [{"field": "city", "op": "in", "value": []}]}, "value.texts", "any.0.value"),
        ({"all": [{"event": "order", "where": {"any": [GOOD]}}]}, "unknown_field", "all.0.where.any.0"),
        ({"event": "order", "then": {"event": "nothing", "within": {"n": 1}}}, "unknown_event", "then"),
        ({"all": [{"segment": "nowhere"}]}, "unknown_segment", "all.0"),
        ({"top": 3, "by": "city"}, "top", ""),
        ({"include": GOOD, "exclude": {"not": {"segment": "no"}}}, "unknown_segment", "exclude.not"),
        ({"include": GOOD, "limit": {"top": 3, "by": "no"}}, "unknown_field", "limit"),
        ({"field": "postal_code", "op": "within_km", "value": {"of": "99999", "km": 5}}, "place", ""),
        ({"field": "total_spent", "op": ">", "value": {"field": "city"}}, "value.number", ""),
        ({"field": "created_at", "op": "on", "value": {"field": "city"}}, "value.day", ""),
    ],
)  # fmt: skip
def test_the_error_has_the_code_and_the_path(definition: dict[str, Any], code: str, path: str) -> None:
    error = refusal(definition)
    assert (error.code, error.values["path"]) == (f"error.criterion.{code}", path)


def test_a_segment_cannot_reach_itself_and_the_error_spells_how() -> None:
    error = refusal({"segment": "a"}, a={"not": {"segment": "b"}}, b={"all": [{"segment": "a"}]})
    assert error.code == "error.criterion.cycle"
    assert error.values["path"] == "a → b → a"
    known = replace(catalogue(world()), segments={"b": segment_from_json({"segment": "a"})})
    with pytest.raises(CriterionError, match="cycle"):
        check(segment_from_json({"segment": "b"}), known, key="a")


def test_a_segment_that_names_a_broken_one_is_refused() -> None:
    assert refusal({"segment": "a"}, a={"field": "nowhere", "op": "empty"}).code.endswith("unknown_field")


def test_diamonds_are_no_cycle() -> None:
    segments = {"a": GOOD, "b": {"segment": "a"}, "c": {"any": [{"segment": "a"}, {"segment": "b"}]}}
    known = {key: segment_from_json(s) for key, s in segments.items()}
    check(
        segment_from_json({"all": [{"segment": "b"}, {"segment": "c"}]}),
        replace(catalogue(world()), segments=known),
    )
    assert dependants("a", known) == ("b", "c")
