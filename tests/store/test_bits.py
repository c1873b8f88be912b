"""Sets of one bit each count as sets of Python do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.bits import Bits, are_once
from segmentation.store.database import Database

ROWS = st.lists(st.tuples(st.none() | st.integers(-40, 40), st.sampled_from("ab")), max_size=12)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_base(tmp_path_factory.mktemp("bits") / "b.duckdb") as database:
        yield database


@given(rows=ROWS)
def test_different_ids_are_counted_and_seen_to_come_once(
    shared: Database, rows: list[tuple[int, str]]
) -> None:
    ids, words = [one for one, _ in rows], [word for _, word in rows]
    given = [row for row in rows if row[0] is not None]
    relation = "(SELECT unnest(?::INTEGER[]) AS id, unnest(?::VARCHAR[]) AS word)"
    with shared.session() as session:
        session.sql(f"CREATE OR REPLACE TEMP TABLE said AS FROM {relation}", ids, words)
        bits = Bits.of(session, "said", "id")
        assert session.scalar(Statement(f"SELECT {bits.count('id')} FROM said")) == len({i for i, _ in given})
        chosen = bits.those("id", "word = 'a'")
        some = Statement(f"SELECT bit_count({bits.nobody} | {chosen}) FROM said")
        assert (session.scalar(some) or 0) == len({i for i, word in given if word == "a"})
        assert are_once(session, "said", "id") is (len({i for i, _ in given}) == len(given))
        assert are_once(session, "said", "id", by="word") is (len(set(given)) == len(given))
