"""Which rules are told to change nothing: those of an « and », never an « or » that brings nobody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pages.parts.segment_panel import Living, _idle
from segmentation.audience.counts import NodeCount


def living(count: int, *idle: str) -> Living:
    """A tree of a rule, an « or » of two, and a negated rule, where ``idle`` change nothing."""
    paths = ("", "all.0", "all.1", "all.1.any.0", "all.1.any.1", "all.2", "all.2.not")
    nodes = [NodeCount(path, 5, count, 0) if path in idle else NodeCount(path, 5, 99, 3) for path in paths]
    return cast(Living, SimpleNamespace(count=count, look=cast(Any, SimpleNamespace(nodes=nodes))))


@pytest.mark.parametrize(
    ("idle", "told"),
    [
        ((), ()),
        (("all.0",), ("all.0",)),
        (("all.1",), ()),
        (("all.1.any.1",), ()),
        (("all.2", "all.2.not"), ("all.2.not",)),
    ],
)
def test_a_rule_that_changes_nothing(idle: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert _idle(living(10, *idle)) == told


def test_nobody_in_the_segment_blames_no_rule() -> None:
    assert _idle(living(0, "all.0", "all.2")) == ()
