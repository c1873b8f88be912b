"""Counts, reach, breakdowns, overlaps and explanations against people counted one by one."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from segmentation.audience.bitmaps import Cache, unpack
from segmentation.audience.evaluator import Evaluator
from segmentation.audience.reach import ReachCount
from segmentation.criteria.codec import criterion_from_json, segment_from_json
from segmentation.errors import CriterionError
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from tests import trees
from tests.oracle import members, true
from tests.worlds import TYPES, catalogue, load, opened, world

EVERYONE = criterion_from_json({"all": []})


def evaluator(seed: int = 1) -> Evaluator:
    _, database, known = opened(seed)
    return Evaluator(database, known, cache=Cache())


def at(tree: Any, steps: list[str]) -> Any:
    for step in steps:
        tree = tree[int(step) if step.isdigit() else step]
    return tree


def without(tree: dict[str, Any], steps: list[str]) -> dict[str, Any] | None:
    """The tree less one node; emptied groups and negations go with it."""
    if not steps:
        return None
    tree = copy.deepcopy(tree)
    if steps[-1] == "not":
        return without(tree, steps[:-1])
    group = at(tree, steps[:-1])
    del group[int(steps[-1])]
    return tree if group else without(tree, steps[:-2])


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(trees.TREES)
def test_counts_of_every_node(definition: dict[str, Any]) -> None:
    base = world(1)
    whole = set(members(definition, base))
    for node in evaluator().counts(criterion_from_json(definition)):
        steps = node.path.split(".") if node.path else []
        here = at(definition, steps)
        assert node.count == sum(true(here, contact, base) for contact in base.live())
        left = without(definition, steps)
        others = {c["contact_id"] for c in base.live()} if left is None else set(members(left, base))
        assert node.without == len(others)
        assert node.alone == len(others ^ whole)


def test_counts_of_a_segment_name_the_excluded_tree() -> None:
    segment = segment_from_json({
        "include": {"field": "city", "op": "contains", "value": "l"},
        "exclude": {"any": [{"group": "vip"}, {"field": "city", "op": "is", "value": "lyon"}]},
        "limit": {"top": 2, "by": "total_spent"},
    })  # fmt: skip
    found = {node.path: node for node in evaluator().counts(segment)}
    assert list(found) == ["", "exclude", "exclude.any.0", "exclude.any.1"]
    base = world(1)
    included = members({"field": "city", "op": "contains", "value": "l"}, base)
    assert found["exclude"].without == len(included) == found[""].count


def test_breakdowns_add_up_and_each_bar_is_its_criterion() -> None:
    asked = criterion_from_json({"field": "children_count", "op": ">=", "value": 1})
    look = evaluator()
    mask = look.mask(asked)
    for code in TYPES:
        split = look.breakdown(asked, code, limit=4)
        assert split.total == mask.sum()
        assert 0 < len(split.bars) <= 4
        for bar in split.bars:
            same = look.mask(bar.criterion)
            assert (bar.base, bar.count) == (same.sum(), (same & mask).sum()), (code, bar)
        if TYPES[code] != "list":
            assert sum(bar.count for bar in split.bars) + split.others + split.unknown == split.total


def test_a_breakdown_of_nothing_and_of_an_unknown_field() -> None:
    look = evaluator()
    nobody = look.breakdown(criterion_from_json({"any": []}), "city")
    assert nobody.total == nobody.unknown == nobody.others == 0
    with pytest.raises(CriterionError, match="unknown_field"):
        look.breakdown(EVERYONE, "nowhere")


def test_overlaps_are_intersections() -> None:
    look = evaluator()
    several = [
        criterion_from_json(d)
        for d in ({"field": "city", "op": "contains", "value": "l"}, {"group": "vip"}, {"any": []})
    ]
    masks = [look.mask(node) for node in several]
    expected = [[int((a & b).sum()) for b in masks] for a in masks]
    assert look.overlap(several).tolist() == look.overlap(masks).tolist() == expected
    assert look.overlap([]).shape == (0, 0)


def test_a_mask_of_an_older_version_is_read_at_the_length_of_this_one() -> None:
    look = evaluator()
    short, long = np.ones(10, np.bool_), np.ones(500, np.bool_)
    live = look.mask(EVERYONE)
    assert look.overlap([short])[0, 0] == live[:10].sum()
    assert look.overlap([long])[0, 0] == live.sum()


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(trees.TREES)
def test_explanations_agree_with_membership(definition: dict[str, Any]) -> None:
    base = world(1)
    for contact in base.live()[:3]:
        for node in evaluator().explain(contact["contact_id"], criterion_from_json(definition)):
            here = at(definition, node.path.split(".") if node.path else [])
            assert bool(node.truth) == true(here, contact, base)
            if node.truth is None:
                assert node.value is None


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Database]:
    with open_base(tmp_path / "base.duckdb") as database:
        load(world(3, people=6), database)
        database.run(Statement("UPDATE contacts SET live = TRUE"))
        yield database


def test_reach_by_channel_adds_up(shop: Database) -> None:
    shop.run(
        Statement(
            "UPDATE contacts SET email = 'a@example.com', email_valid = contact_id <> 5, sms_number = '+33600000000'"
        )
    )
    states = {1: "yes", 2: "customer", 3: "professional", 4: "no", 5: "yes"}
    for contact, state in states.items():
        for channel in ("email", "sms"):
            shop.run(
                Statement(
                    "INSERT INTO consents(contact_id, channel, state) VALUES (?, ?, ?)",
                    (contact, channel, state),
                )
            )
    look = Evaluator(shop, catalogue(world(3, people=6)), cache=Cache())
    reach = look.reach(EVERYONE)
    assert reach["email"] == ReachCount(reachable=3, to_confirm=1, no=1, invalid=1)
    assert reach["sms"] == ReachCount(
        reachable=3, to_confirm=1, no=2, invalid=0
    )  # 3: professional, not for SMS
    assert reach["phone"] == ReachCount(reachable=0, to_confirm=0, no=0, invalid=6)
    assert list(reach) == ["email", "sms", "phone", "post"]
    size = len(look.mask(EVERYONE))
    assert np.flatnonzero(unpack(look.channel("email").reachable, size)).tolist() == [1, 2, 3]
    half = look.mask(criterion_from_json({"sample": {"n": 3, "seed": 1}}))
    assert sum(vars_of(look.reach(half)["email"])) == 3
    seen = look.look(EVERYONE)
    assert (seen.count, seen.base, seen.reach) == (6, 6, reach)


def vars_of(count: ReachCount) -> list[int]:
    return [count.reachable, count.to_confirm, count.no, count.invalid]


def test_a_value_names_the_row_it_came_from(shop: Database) -> None:
    shop.run(
        Statement(
            "INSERT INTO imports(import_id, kind, file_name) VALUES (1, 'contacts', 'a.csv'), (2, 'contacts', 'b.xlsx')"
        )
    )
    rows = "(1, 3, 1, 'Lyon'), (1, 9, 2, 'Paris'), (2, 412, 1, 'Nice'), (2, 413, 1, NULL)"
    shop.run(Statement(f"INSERT INTO import_contacts(import_id, row_number, contact_id, city) VALUES {rows}"))
    look = Evaluator(shop, catalogue(world(3, people=6)), cache=Cache())
    (node,) = look.explain(1, criterion_from_json({"field": "city", "op": "not_empty"}))
    assert node.origin is not None
    assert (node.origin.import_id, node.origin.row_number, node.origin.file_name) == (2, 412, "b.xlsx")
    (node,) = look.explain(1, criterion_from_json({"event": "site_visit", "op": "=", "value": 99}))
    assert (node.truth, node.origin) == (False, None)


class Counting:
    """A database that counts the questions it is asked."""

    def __init__(self, database: Database) -> None:
        self.database, self.questions = database, 0
        self.path = database.path

    @contextmanager
    def session(self) -> Iterator[Any]:
        with self.database.session() as session:
            yield _CountingSession(session, self)


class _CountingSession:
    def __init__(self, session: Any, owner: Counting) -> None:
        self.session, self.owner = session, owner

    def arrays(self, statement: Statement) -> Any:
        self.owner.questions += 1
        return self.session.arrays(statement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)


def test_a_leaf_is_read_once_per_version(shop: Database) -> None:
    counting = Counting(shop)
    look = Evaluator(counting, catalogue(world(3, people=6)), cache=Cache())
    lyon = {"field": "city", "op": "is", "value": "lyon"}
    look.count(criterion_from_json(lyon))
    assert counting.questions == 2  # the people, the leaf
    look.count(criterion_from_json({"not": {"any": [lyon, {"all": [lyon]}]}}))
    assert counting.questions == 2
    with shop.session() as session, session.transaction(write=True):
        session.run(Statement("UPDATE contacts SET city = 'Lyon', city__key = 'lyon'"))
        session.bump()
    assert look.count(criterion_from_json(lyon)) == 6
    assert counting.questions == 4


def test_two_bases_never_share_an_answer(shop: Database) -> None:
    cache = Cache()
    _, other, known = opened(1)
    first = Evaluator(other, known, cache=cache).count(EVERYONE)
    second = Evaluator(shop, catalogue(world(3, people=6)), cache=cache).count(EVERYONE)
    assert (first, second) == (len(world(1).live()), 6)


def test_an_empty_base(tmp_path: Path) -> None:
    with open_base(tmp_path / "base.duckdb") as database:
        known = replace(catalogue(world(1)), relations={})
        look = Evaluator(database, known, cache=Cache())
        assert look.mask(EVERYONE).tolist() == [False]
        assert look.count(criterion_from_json({"event": "order", "op": "=", "value": 0})) == 0
        assert look.look(EVERYONE).base == 0
        assert look.breakdown(EVERYONE, "city").bars == ()
