"""Rows a few blocks out of turn are taken as sorted; any more are not."""

from __future__ import annotations

import pytest

from segmentation.store.database import Database
from segmentation.store.hollow import LARGE, is_nearly_sorted


@pytest.mark.parametrize(
    ("value", "rows", "nearly"),
    [
        ("n", 3 * LARGE, True),
        (f"(n + {LARGE}) % {3 * LARGE}", 3 * LARGE, True),
        ("(n + 9) % 30", 30, False),
        ("-n", 9, False),
        ("n", 0, True),
    ],
)
def test_rows_out_of_turn_in_a_few_places(base: Database, value: str, rows: int, nearly: bool) -> None:
    with base.session() as session:
        relation = f"(SELECT {value} AS contact_id FROM range({rows}) t(n))"
        assert is_nearly_sorted(session, relation) is nearly
