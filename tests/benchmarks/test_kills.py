"""Killed anywhere in an import or an undo, a base opens as it was before or as it is after: whole."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import Tally, kills, look
from segmentation.results import Statement
from segmentation.workspace import Workspace


def test_a_base_survives_kills_at_random_moments(tmp_path: Path) -> None:
    tally = kills(4, 11, tmp_path)
    assert tally.wrong == []
    assert tally.before + tally.after == sum(tally.stages.values()) == 4


def test_a_half_written_base_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "half.duckdb"
    with Workspace.open(path) as base:
        with base.database.session() as session, session.transaction(write=True):
            session.run(
                Statement("INSERT INTO import_contacts BY NAME SELECT 7 AS import_id, 1 AS contact_id")
            )
        version = base.version
    tally = Tally()
    look(path, version + 1, tally, {frozenset(): (0, 0, 0)})
    assert len(tally.wrong) == 3, "the version, the counts, the rows of no import"
