"""The journal: who did what and when, and every list that left the base. Never a personal value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """One list that left the base: what it was, of which version and date, and who was left out and why.

    ``definition`` says who was asked for and ``options`` how they were narrowed (``lists.options``).
    ``control`` is how many were kept out to compare with.
    """

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
    name: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    control: int = 0


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


def write_export(
    session: Session, export: Export, ids: Sequence[int] = (), *, control: Sequence[int] = ()
) -> int:
    """Keep a list's record, its people and its journal line, inside a writing transaction; its number.

    ``ids`` are in the file, ``control`` kept out to compare with: numbers of contacts, nothing else of them.
    """
    number = int(session.scalar(Statement("SELECT coalesce(max(export_id), 0) + 1 FROM exports")))
    kept = replace(export, export_id=number, created_at=export.created_at or datetime.now())
    marks = ", ".join(f"{'?::DATE' if name == 'as_of' else '?'} AS {name}" for name in _COLUMNS)
    values = [_written(name, getattr(kept, name)) for name in _COLUMNS]
    session.sql(f"INSERT INTO exports BY NAME SELECT {marks}", *values)
    for people, apart in ((ids, False), (control, True)):
        sql = "INSERT INTO export_members SELECT ?, unnest(?::INTEGER[]), ?"
        if len(people):
            session.sql(sql, number, [int(one) for one in people], apart)
    details = {"export_id": number, "rows": export.rows, "channel": export.channel, "reason": export.reason}
    write_entry(session, "export", export.author, details)
    return number


def read_exports(reader: Reader) -> tuple[Export, ...]:
    """Every list that left the base, newest first."""
    apart = "(SELECT count(*) FROM export_members AS m WHERE m.export_id = e.export_id AND m.control)"
    names = ", ".join(f"e.{name}" for name in _COLUMNS)
    rows = reader.run(Statement(f"SELECT {names}, {apart} FROM exports AS e ORDER BY e.export_id DESC")).rows
    return tuple(_export(row) for row in rows)


def read_export_members(reader: Reader, export_id: int) -> tuple[int, ...]:
    """The contacts of a list, those kept out to compare with among them, ascending.

    Empty for a list made before its people were kept.
    """
    sql = f"SELECT DISTINCT contact_id FROM {EXPORT_PEOPLE} WHERE export_id = ? ORDER BY contact_id"
    return tuple(int(str(row[0])) for row in reader.run(Statement(sql, (export_id,))).rows)


EXPORT_PEOPLE = (
    "(SELECT m.export_id, coalesce(g.into_id, m.contact_id) AS contact_id, m.control FROM export_members AS m"
    " LEFT JOIN (SELECT contact_id, max(into_id) AS into_id FROM merges GROUP BY contact_id) AS g"
    " ON g.contact_id = m.contact_id)"
)
"""SQL of the people of every list: export_id, contact_id (merged ones under whom they became), control."""

_COLUMNS = (
    "author", "segment_key", "segment_version", "definition", "channel", "format", "rows", "columns",
    "exclusions", "reason", "file_name", "as_of", "version", "name", "options", "export_id", "created_at",
)  # fmt: skip
_JSON = frozenset({"definition", "columns", "exclusions", "options"})


def _written(name: str, value: Any) -> Any:
    if name not in _JSON:
        return value
    return json_text(dict(value) if isinstance(value, Mapping) else list(value))


def json_text(value: object) -> str:
    """How a definition is kept, letter for letter."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _export(row: tuple[Any, ...]) -> Export:
    values = dict(zip((*_COLUMNS, "control"), row, strict=True))
    for name in _JSON:
        values[name] = json.loads(str(values[name])) if values[name] is not None else {}
    return Export(**{**values, "name": values["name"] or ""})
