"""New, kept, left and out of reach, as sets say it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from segmentation.lists.changes import changes_since

IDS = st.sets(st.integers(1, 30))


@given(IDS, IDS, IDS, IDS)
def test_changes_are_those_of_sets(
    past: set[int], members: set[int], some: set[int], rested: set[int]
) -> None:
    today = members & some
    awake = today - rested
    found = changes_since(*(np.array(sorted(ids), dtype=np.int64) for ids in (past, members, today, awake)))
    assert found.new == len(awake - past)
    assert found.kept == len(today & past)
    assert found.left == len(past - members)
    assert found.unreachable == len((past & members) - today)
    assert found.gone + found.kept == len(past)
