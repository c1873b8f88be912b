"""The editing tree says exactly the criterion it was made from, and never says an unfinished rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.criterion_tree import (
    EVENT,
    GROUP,
    dissolve,
    duplicate,
    event_rule,
    field_rule,
    from_json,
    group,
    move,
    numbered,
    remove,
    rules,
    to_json,
    wrap,
)

CRITERIA = [
    {"all": []},
    {"all": [{"field": "city", "op": "in", "value": ["Lyon", "Paris"], "unknown": True}]},
    {"any": [{"field": "total_spent", "op": ">=", "value": 200}, {"segment": "vip"}]},
    {"not": {"all": [{"group": "partenaires"}]}},
    {"all": [{"field": "postal_code", "op": "within_km", "value": {"of": "69003", "km": 15}}]},
    {
        "all": [
            {
                "event": "order",
                "measure": "count",
                "op": ">=",
                "value": 2,
                "within": {"last": 90, "unit": "day"},
                "where": {"all": [{"field": "category", "op": "in", "value": ["Thé"]}]},
            }
        ]
    },
    {
        "all": [
            {
                "event": "order",
                "measure": "share",
                "of": {"all": [{"field": "order_date", "op": "weekday", "value": [6, 7]}]},
                "op": ">=",
                "value": 0.6,
                "at_least": 3,
            }
        ]
    },
    {
        "all": [
            {
                "event": "email_open",
                "measure": "count",
                "op": ">=",
                "value": 1,
                "then": {"event": "order", "within": {"n": 30, "unit": "day"}},
            }
        ]
    },
    {"all": [{"top": 200, "by": "total_spent"}, {"sample": {"percent": 10, "seed": 7}}]},
    {"any": [{"sample": {"n": 50, "seed": 1}}, {"any": [{"field": "gender", "op": "is", "value": "F"}]}]},
]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_is_read_is_said_again(criterion: dict[str, object]) -> None:
    assert to_json(from_json(criterion)) == criterion


def test_a_double_negation_is_none() -> None:
    leaf = {"field": "email", "op": "empty"}
    assert to_json(from_json({"all": [{"not": {"not": leaf}}]})) == {"all": [leaf]}


def test_a_bare_leaf_becomes_a_group_of_one() -> None:
    leaf = {"field": "city", "op": "is", "value": "Lyon"}
    assert to_json(from_json(leaf)) == {"all": [leaf]}


@pytest.mark.parametrize("value", [None, "", [], [None, None], {"of": "", "km": 10}])
def test_an_unfinished_rule_is_not_said(value: object) -> None:
    rule = field_rule("city", "is", value)
    assert to_json(rule) is None
    assert to_json(group(rule, field_rule("email", "not_empty"))) == {
        "all": [{"field": "email", "op": "not_empty"}]
    }


def test_an_empty_choice_of_events_is_every_event() -> None:
    rule = event_rule("order") | {"where": group(field_rule("channel", "is"))}
    assert "where" not in (to_json(rule) or {})


def test_each_finished_node_has_the_path_of_its_criterion() -> None:
    unfinished, city, tea = field_rule("city", "is"), field_rule("city", "is", "Lyon"), event_rule("order")
    inner = group(tea, comb="any") | {"not": True}
    root = group(unfinished, city, inner)
    paths = {str(node["id"]): path for node, path in numbered(root)}
    assert paths == {
        str(root["id"]): "",
        str(unfinished["id"]): None,
        str(city["id"]): "all.0",
        str(inner["id"]): "all.1",
        str(tea["id"]): "all.1.not.any.0",
    }


leaves = st.sampled_from([{"segment": "a"}, {"field": "city", "op": "is", "value": "x"}, {"group": "g"}])
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda children: {"all": children}),
        st.lists(inner, min_size=1, max_size=3).map(lambda children: {"any": children}),
        inner.map(lambda child: {"not": child}),
    ),
    max_leaves=12,
)


@given(trees)
def test_any_tree_comes_back_the_same_at_its_second_reading(tree: dict[str, object]) -> None:
    said = to_json(from_json(tree))
    assert said is not None
    assert to_json(from_json(said)) == said
    assert {node["type"] for node, _ in numbered(from_json(said))} >= {GROUP}
    assert EVENT not in {node["type"] for node in rules(from_json(said))}


def test_a_copy_says_the_same_under_other_ids() -> None:
    rule = event_rule("order") | {"where": group(field_rule("category", "is", "Thé"))}
    root = group(field_rule("city", "is", "Lyon"), rule)
    duplicate(rule, root)
    first, copy = rules(root)[1:]
    assert to_json(first) == to_json(copy)
    assert not ids(first) & ids(copy)


def test_a_wrapped_rule_is_alone_in_a_group_of_the_other_kind_and_can_come_out() -> None:
    lyon, paris = field_rule("city", "is", "Lyon"), field_rule("city", "is", "Paris")
    root = group(lyon, paris)
    before = to_json(root)
    wrap(paris, root)
    inner = rules(root)[1]
    assert (inner["type"], inner["comb"], rules(inner)) == (GROUP, "any", [paris])
    dissolve(inner, root)
    assert to_json(root) == before


def test_rules_move_inside_their_group_and_stay_at_its_ends() -> None:
    a, b, c = (field_rule("city", "is", name) for name in "abc")
    root = group(a, b, c)
    move(a, root, 1)
    assert rules(root) == [b, a, c]
    move(b, root, -1)
    assert rules(root) == [b, a, c]
    remove(a, root)
    assert rules(root) == [b, c]


def ids(node: object) -> set[str]:
    """Every id below a node, its own included."""
    if isinstance(node, list):
        return set().union(*map(ids, node))
    if not isinstance(node, dict):
        return set()
    own = {str(node["id"])} if "id" in node else set()
    return own.union(*map(ids, node.values()))
