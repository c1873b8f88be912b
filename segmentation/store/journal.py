"""The journal: who did what and when, and every list that left the base. Never a personal value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from segmentation.results import Statement
from segmentation.store.reading import Reader
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; ``action`` is a code (``import``, ``undo``, ``export``, ``setting``…)."""

    at: datetime
    author: str
    action: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Export:
    """One list that left the base: what it was, of which version and date, and who was left out and why."""

    author: str
    segment_key: str | None
    segment_version: int | None
    definition: Mapping[str, object]
    channel: str | None
    format: str
    rows: int
    columns: Sequence[str]
    exclusions: Mapping[str, int]
    reason: str | None
    file_name: str
    as_of: date
    version: int
    export_id: int = 0
    created_at: datetime | None = None


def write_entry(session: Session, action: str, author: str, details: Mapping[str, object]) -> None:
    """Add a line, inside a writing transaction."""
    text = json.dumps(details, ensure_ascii=False, default=str)
    session.sql("INSERT INTO journal VALUES (?, ?, ?, ?)", datetime.now(), author, action, text)


def read_journal(reader: Reader, *, limit: int = 500) -> tuple[Entry, ...]:
    """The latest lines, newest first."""
    sql = 'SELECT "at", author, action, details FROM journal ORDER BY "at" DESC, rowid DESC LIMIT ?'
    rows = reader.run(Statement(sql, (limit,))).rows
    return tuple(
        Entry(at, str(author), str(action), json.loads(str(details))) for at, author, action, details in rows
    )


def write_export(session: Session, export: Export) -> int:
    """Keep a list's record and its journal line, inside a writing transaction; its number."""
    number = int(session.scalar(Statement("SELECT coalesce(max(export_id), 0) + 1 FROM exports")))
    session.sql(
        "INSERT INTO exports BY NAME SELECT ? AS export_id, ? AS created_at, ? AS author, ? AS segment_key,"
        " ? AS segment_version, ? AS definition, ? AS channel, ? AS format, ? AS rows, ? AS columns,"
        " ? AS exclusions, ? AS reason, ? AS file_name, ?::DATE AS as_of, ? AS version",
        number,
        export.created_at or datetime.now(),
        export.author,
        export.segment_key,
        export.segment_version,
        json.dumps(export.definition, ensure_ascii=False, default=str),
        export.channel,
        export.format,
        export.rows,
        json.dumps(list(export.columns), ensure_ascii=False),
        json.dumps(dict(export.exclusions)),
        export.reason,
        export.file_name,
        export.as_of,
        export.version,
    )
    details = {"export_id": number, "rows": export.rows, "channel": export.channel, "reason": export.reason}
    write_entry(session, "export", export.author, details)
    return number


def read_exports(reader: Reader) -> tuple[Export, ...]:
    """Every list that left the base, newest first."""
    names = (
        "author, segment_key, segment_version, definition, channel, format, rows, columns, exclusions,"
        " reason, file_name, as_of, version, export_id, created_at"
    )
    rows = reader.run(Statement(f"SELECT {names} FROM exports ORDER BY export_id DESC")).rows
    return tuple(_export(row) for row in rows)


def _export(row: tuple[Any, ...]) -> Export:
    values = list(row)
    for index in (3, 7, 8):
        values[index] = json.loads(str(values[index]))
    return Export(*values)
