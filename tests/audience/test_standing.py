"""In, nearly in or out: the fewest rules to change, held against trying every set of changes one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.audience.bitmaps import Cache
from segmentation.audience.evaluator import Evaluator
from segmentation.audience.standing import Standing
from segmentation.criteria.codec import criterion_to_json, segment_from_json
from tests.oracle import members, true
from tests.worlds import opened, world

RULES: list[dict[str, Any]] = [
    {"field": "city", "op": "contains", "value": "l"},
    {"field": "city", "op": "is", "value": "lyon"},
    {"field": "total_spent", "op": ">=", "value": 50},
    {"field": "total_spent", "op": "<", "value": 100},
    {"field": "first_name", "op": "not_empty"},
    {"group": "vip"},
]
TREES = st.recursive(
    st.sampled_from(RULES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


def standing(contact: int, **parts: Any) -> Standing:
    _, database, known = opened(1)
    segment = segment_from_json({"version": 1, **parts})
    asked = Evaluator(database, replace(known, segments={"one": segment}), cache=Cache())
    (found,) = asked.standings(contact)
    return found


def leaves(tree: Mapping[str, Any], path: str) -> list[tuple[str, dict[str, Any]]]:
    for name in ("all", "any"):
        if name in tree:
            return [
                leaf
                for rank, part in enumerate(tree[name])
                for leaf in leaves(part, f"{path}.{name}.{rank}" if path else f"{name}.{rank}")
            ]
    if "not" in tree:
        return leaves(tree["not"], f"{path}.not" if path else "not")
    return [(path, dict(tree))]


def holds(tree: Mapping[str, Any], path: str, answers: Mapping[str, bool]) -> bool:
    below = f"{path}." if path else ""
    if "all" in tree:
        return all(holds(part, f"{below}all.{rank}", answers) for rank, part in enumerate(tree["all"]))
    if "any" in tree:
        return any(holds(part, f"{below}any.{rank}", answers) for rank, part in enumerate(tree["any"]))
    if "not" in tree:
        return not holds(tree["not"], f"{below}not", answers)
    return answers[path]


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(TREES, st.none() | TREES, st.integers(1, 50))
def test_the_fewest_changes_of_rules(include: dict[str, Any], exclude: Any, contact: int) -> None:
    base = world(1)
    person = next((row for row in base.live() if row["contact_id"] == contact), None)
    if person is None:
        return
    parts = {"include": include} | ({"exclude": exclude} if exclude else {})
    found = standing(contact, **parts)
    rules = leaves(include, "") + (leaves(exclude, "exclude") if exclude else [])
    answers = {path: true(rule, person, base) for path, rule in rules}

    def member(changed: tuple[str, ...]) -> bool:
        now = {path: answer != (path in changed) for path, answer in answers.items()}
        return holds(include, "", now) and not (exclude and holds(exclude, "exclude", now))

    assert found.inside == member(())
    fewest = next(
        (size for size in range(len(rules) + 1) if any(map(member, combinations(answers, size)))), None
    )
    if fewest is None:
        assert found.missing is None
        return
    assert found.missing is not None
    assert len(found.missing) == fewest
    if fewest:
        assert member(tuple(path for path, _ in found.missing))
        said = dict(rules)
        assert all(criterion_to_json(leaf) == said[path] for path, leaf in found.missing)


@pytest.mark.parametrize("hand", ["added", "removed"])
def test_a_hand_decides_over_rules(hand: str) -> None:
    base = world(1)
    everyone = members({"all": []}, base)
    tree: dict[str, Any] = {"any": []} if hand == "added" else {"all": []}
    found = standing(everyone[0], include=tree, **{hand: [everyone[0]]})
    assert found.by_hand == hand
    assert found.inside == (hand == "added")
    assert found.missing == (() if hand == "added" else None)


def test_a_limit_is_no_rule_of_theirs() -> None:
    base = world(1)
    limit = {"top": 1, "by": "total_spent"}
    kept = members({"version": 1, "include": {"all": []}, "limit": limit}, base)
    left = next(number for number in members({"all": []}, base) if number not in kept)
    assert standing(left, include={"all": []}, limit=limit) == Standing("one", False, None)


def test_a_segment_that_cannot_be_asked_says_nothing() -> None:
    _, database, known = opened(1)
    gone = segment_from_json({"version": 1, "include": {"field": "c999", "op": "not_empty"}})
    fine = segment_from_json({"version": 1, "include": {"all": []}})
    asked = Evaluator(database, replace(known, segments={"gone": gone, "fine": fine}), cache=Cache())
    assert [found.key for found in asked.standings(members({"all": []}, world(1))[0])] == ["fine"]
