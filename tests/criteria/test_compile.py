"""Random trees: bitmaps, the single SQL statement and the plain-Python oracle name the same people."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.audience.bitmaps import Cache
from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.compile import compile_whole
from tests import trees
from tests.oracle import members
from tests.worlds import opened

SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck))
MORE = int(os.environ.get("CARNET_EXAMPLES", "1"))
"""Multiplies the number of random trees: ``CARNET_EXAMPLES=20`` for a long look."""


def agree(definition: dict[str, Any], seed: int) -> None:
    base, database, catalogue = opened(seed)
    segment = segment_from_json(definition)
    expected = members(definition, base)
    statement = compile_whole(segment, catalogue)
    assert [row[0] for row in database.run(statement).rows] == expected
    assert Evaluator(database, catalogue, cache=Cache()).ids(segment).tolist() == expected


@settings(SLOW, max_examples=120 * MORE)
@given(trees.FIELDS, st.sampled_from([1, 2]))
def test_conditions_on_fields(definition: dict[str, Any], seed: int) -> None:
    agree(definition, seed)


@settings(SLOW, max_examples=120 * MORE)
@given(trees.events(), st.sampled_from([1, 2]))
def test_conditions_on_events(definition: dict[str, Any], seed: int) -> None:
    agree(definition, seed)


@settings(SLOW, max_examples=60 * MORE)
@given(trees.segments(), st.sampled_from([1, 2]))
def test_whole_segments(definition: dict[str, Any], seed: int) -> None:
    agree(definition, seed)
