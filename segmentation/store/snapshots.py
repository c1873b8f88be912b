"""The size of each saved segment day by day: what a trend is drawn from. Numbers only, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from segmentation.results import Statement
from segmentation.store.reading import Reader
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How many members a segment had on a day, and how many e-mail could reach.

    ``version`` stands for all that decided who was in: sizes of two versions are not compared.
    """

    key: str
    version: int
    day: date
    size: int
    reachable: int


def read_snapshot(reader: Reader, key: str, version: int, before: date) -> Snapshot | None:
    """The latest snapshot on ``before`` or earlier of the same definition; else its earliest; else None."""
    sql = (
        "SELECT segment_key, version, day, size, reachable FROM snapshots"
        " WHERE segment_key = ? AND version = ?"
        " ORDER BY day <= ? DESC, CASE WHEN day <= ? THEN -epoch(day) ELSE epoch(day) END LIMIT 1"
    )
    rows = reader.run(Statement(sql, (key, version, before, before))).rows
    return Snapshot(*rows[0]) if rows else None


def write_snapshot(session: Session, taken: Snapshot) -> None:
    """Keep a day's size, the last one said of it, in a writing transaction; the base's version stays."""
    session.sql("DELETE FROM snapshots WHERE segment_key = ? AND day = ?", taken.key, taken.day)
    session.sql(
        "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?)",
        *(taken.key, taken.version, taken.day, taken.size, taken.reachable),
    )
