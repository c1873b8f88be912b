"""Saved segments: each save is a version, a deletion can be taken back, the key never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from segmentation.criteria.fold import fold_text
from segmentation.errors import CriterionError
from segmentation.results import Statement
from segmentation.store.journal import write_entry
from segmentation.store.reading import Reader
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """One version of a saved segment; ``definition`` is the JSON of ``criteria.codec``.

    ``created_at`` is the segment's, ``updated_at`` when this version was saved.
    """

    key: str
    name: str
    colour: str
    note: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    version: int
    definition: Mapping[str, object]
    author: str


_COLUMNS = (
    "s.segment_key, s.name, s.colour, s.note, s.created_at, v.created_at, s.deleted_at, v.version,"
    " v.definition, v.author FROM segments s JOIN segment_versions v USING (segment_key)"
)
_LATEST = "v.version = (SELECT max(w.version) FROM segment_versions w WHERE w.segment_key = s.segment_key)"


def read_segments(reader: Reader, *, deleted: bool = False) -> tuple[SavedSegment, ...]:
    """The latest version of each segment (of the deleted ones when ``deleted``), by name."""
    gone = "IS NOT NULL" if deleted else "IS NULL"
    sql = f"SELECT {_COLUMNS} WHERE {_LATEST} AND s.deleted_at {gone} ORDER BY fold_text(s.name)"
    return tuple(_segment(row) for row in reader.run(Statement(sql)).rows)


def find_segment(reader: Reader, name: str) -> SavedSegment:
    """The segment of that key or that name (case and accents ignored).

    Raises CriterionError ``error.segment.unknown`` with its ``name``.
    """
    wanted = fold_text(name)
    for segment in read_segments(reader):
        if segment.key == name or fold_text(segment.name) == wanted:
            return segment
    raise CriterionError("error.segment.unknown", name=name)


def read_versions(reader: Reader, key: str) -> tuple[SavedSegment, ...]:
    """Every version of a segment, newest first."""
    sql = f"SELECT {_COLUMNS} WHERE s.segment_key = ? ORDER BY v.version DESC"
    return tuple(_segment(row) for row in reader.run(Statement(sql, (key,))).rows)


def save_segment(
    session: Session,
    name: str,
    *,
    definition: Mapping[str, object],
    key: str | None = None,
    colour: str = "",
    note: str = "",
    author: str = "",
) -> SavedSegment:
    """Keep a segment inside a writing transaction: a new one, or the next version of ``key``.

    Raises CriterionError: ``error.segment.nameless``, ``error.segment.taken`` when another segment bears the
    name, ``error.segment.unknown`` for a key that is not there.
    """
    name = " ".join(name.split())
    if not name:
        raise CriterionError("error.segment.nameless")
    for other in read_segments(session):
        if other.key != key and fold_text(other.name) == fold_text(name):
            raise CriterionError("error.segment.taken", name=name)
    now = datetime.now()
    if key is None:
        key = _free_key(session, name)
        session.sql("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, NULL)", key, name, colour, note, now, now)
    elif not read_versions(session, key):
        raise CriterionError("error.segment.unknown", name=key)
    else:
        session.sql(
            "UPDATE segments SET name = ?, colour = ?, note = ?, updated_at = ?, deleted_at = NULL"
            " WHERE segment_key = ?",
            name,
            colour,
            note,
            now,
            key,
        )
    text = json.dumps(definition, ensure_ascii=False)
    session.sql(
        "INSERT INTO segment_versions SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ? FROM segment_versions"
        " WHERE segment_key = ?",
        key,
        text,
        author,
        now,
        key,
    )
    write_entry(session, "segment.save", author, {"key": key})
    session.bump()
    return read_versions(session, key)[0]


def delete_segment(session: Session, key: str, *, author: str = "") -> None:
    """Take a segment out of the list, inside a writing transaction; its versions stay."""
    session.sql("UPDATE segments SET deleted_at = ? WHERE segment_key = ?", datetime.now(), key)
    write_entry(session, "segment.delete", author, {"key": key})
    session.bump()


def undelete_segment(session: Session, key: str, *, author: str = "") -> None:
    """Take a deletion back, inside a writing transaction."""
    session.sql("UPDATE segments SET deleted_at = NULL WHERE segment_key = ?", key)
    write_entry(session, "segment.undelete", author, {"key": key})
    session.bump()


def _free_key(session: Session, name: str) -> str:
    taken = {str(row[0]) for row in session.sql("SELECT segment_key FROM segments").rows}
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold_text(name)).split()
    stem = "-".join(words)[:60] or "segment"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def _segment(row: tuple[Any, ...]) -> SavedSegment:
    values = list(row)
    values[8] = json.loads(str(values[8]))
    return SavedSegment(*values)
