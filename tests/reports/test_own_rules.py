"""The owner's own rules: who breaks them, who is not judged, and what the score makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.reports.own_rules import SETTING, breakable, broken, rules_from_json
from segmentation.workspace import Workspace
from tests.bringing import bring

FILE = (
    "Code client;Prénom;Nom;E-mail;Total dépensé\n"
    "C1;Ana;A;a@example.com;12\nX2;Bob;B;b@example.com;9000\n;Eva;E;e@example.com;\n"
)
STARTS = {"field": "contact_id", "op": "starts_with", "value": "C"}
UNDER = {"field": "total_spent", "op": "<", "value": 5000}
BOUGHT = {"event": "order", "measure": "count", "op": ">=", "value": 1}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("own") / "base.duckdb"
    with Workspace.open(path) as workspace:
        bring(workspace, FILE)
        yield workspace


def test_who_breaks_a_rule_is_counted_and_weighs_on_the_score(base: Workspace) -> None:
    assert base.report("quality").sheets["own"].rows == []
    before = base.report("quality").figures
    base.set(SETTING, [STARTS, UNDER])
    report = base.report("quality")
    assert report.sheets["own"].rows == [(json.dumps(STARTS), 1, 2), (json.dumps(UNDER), 1, 3)]
    assert report.figures["complete"] == before["complete"]
    # nine values were right of nine; of the five judged by the two rules, two are wrong
    assert (before["valid"], report.figures["valid"]) == (1.0, pytest.approx(12 / 14))
    assert base.evaluator.ids(criterion_from_json(broken(STARTS))).tolist() == [2]


def test_a_rule_on_events_judges_everyone_and_a_lost_field_nobody(base: Workspace) -> None:
    base.set(SETTING, [BOUGHT, {"field": "c009", "op": "is", "value": "x"}])
    assert [row[1] for row in base.report("quality").sheets["own"].rows] == [3, 0]


def test_what_is_no_rule_is_left_out() -> None:
    assert rules_from_json([STARTS, {"field": 3}, "x", None]) == (STARTS,)
    assert rules_from_json("x") == rules_from_json(None) == ()


def test_a_rule_that_nobody_can_break_is_told_apart() -> None:
    filled = {"field": "city", "op": "not_empty"}
    assert not breakable({"all": [filled]})
    assert breakable({"all": [filled, {"field": "city", "op": "starts_with", "value": "C"}]})
