"""The imports of a base: their history, their refused rows, and undo, which forgets one exactly.

A base after ``undo(i)`` says what it would say had import i never been: its rows go, the contacts, orders,
lines and events they touched are folded again. Contact ids are never given twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from segmentation.errors import StoreError
from segmentation.results import Statement
from segmentation.store.journal import write_entry
from segmentation.store.reading import Reader
from segmentation.store.session import Session
from segmentation.store.touched import KEPT, note_touched, refold_touched
from segmentation.store.user_columns import drop_emptied_columns


@dataclass(frozen=True, slots=True)
class Import:
    """One import as the history keeps it; a hand edit and a merge are imports too (``kind``)."""

    import_id: int
    kind: str
    source: str = ""
    file_name: str = ""
    file_hash: str = ""
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    author: str = ""
    created_at: datetime | None = None
    consent: str | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    new_rows: int = 0
    updated_rows: int = 0
    unchanged_rows: int = 0
    merged_rows: int = 0
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    repairs: Sequence[Mapping[str, object]] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One record that was not loaded: its row in the file, the code of the reason, its raw cells."""

    row_number: int
    reason: str
    raw: tuple[str | None, ...]


_NAMES = ", ".join(name for name in Import.__slots__)
_JSON = ("mapping", "repairs", "notes")


def read_imports(reader: Reader) -> tuple[Import, ...]:
    """Every import, newest first, the undone ones too."""
    rows = reader.run(Statement(f"SELECT {_NAMES} FROM imports ORDER BY import_id DESC")).rows
    return tuple(_import(row) for row in rows)


def read_import(reader: Reader, import_id: int) -> Import:
    """One import. Raises StoreError ``error.import.unknown``."""
    rows = reader.run(Statement(f"SELECT {_NAMES} FROM imports WHERE import_id = ?", (import_id,))).rows
    if not rows:
        raise StoreError("error.import.unknown", number=import_id)
    return _import(rows[0])


def read_rejects(reader: Reader, import_id: int) -> tuple[Reject, ...]:
    """The refused records of an import, in file order."""
    sql = "SELECT row_number, reason, raw FROM rejects WHERE import_id = ? ORDER BY row_number"
    rows = reader.run(Statement(sql, (import_id,))).rows
    return tuple(Reject(int(str(n)), str(reason), tuple(raw or ())) for n, reason, raw in rows)


def next_import_id(session: Session) -> int:
    """A number for a new import, inside a writing transaction; never given twice."""
    return _take(session, "next_import_id", 1)


def take_contact_ids(session: Session, count: int) -> int:
    """Reserve ``count`` contact ids, inside a writing transaction; the first of them."""
    return _take(session, "next_contact_id", count)


def _take(session: Session, key: str, count: int) -> int:
    first = int(session.scalar(Statement("SELECT value FROM meta WHERE key = ?", (key,))))
    session.sql("UPDATE meta SET value = ? WHERE key = ?", str(first + count), key)
    return first


def record_import(session: Session, record: Import) -> None:
    """Write an import in the history and the journal, inside a writing transaction."""
    values = {name: getattr(record, name) for name in Import.__slots__}
    values["created_at"] = record.created_at or datetime.now()
    for name in _JSON:
        values[name] = json.dumps(_plain(values[name]), ensure_ascii=False, default=str)
    marks = ", ".join("?" for _ in values)
    session.sql(f"INSERT INTO imports ({_NAMES}) VALUES ({marks})", *values.values())
    details = {"import_id": record.import_id, "kind": record.kind, "rows_loaded": record.rows_loaded}
    write_entry(session, "import", record.author, details)


def undo(session: Session, import_id: int, *, author: str = "") -> int:
    """Forget one import inside a writing transaction; how many contacts it had touched.

    Leaves them in the temporary table ``undone_contacts`` for who keeps derived tables.
    Raises StoreError ``error.import.unknown`` or ``error.import.undone``.
    """
    if read_import(session, import_id).undone_at is not None:
        raise StoreError("error.import.undone", number=import_id)
    note_touched(session, import_id, prefix="undone")
    for table in KEPT:
        session.sql(f"DELETE FROM {table} WHERE import_id = ?", import_id)
    drop_emptied_columns(session, import_id)
    _restore_identities(session)
    refold_touched(session, prefix="undone")
    session.sql("UPDATE imports SET undone_at = ? WHERE import_id = ?", datetime.now(), import_id)
    write_entry(session, "undo", author, {"import_id": import_id})
    session.bump()
    return int(session.scalar(Statement("SELECT count(*) FROM undone_contacts")))


def _restore_identities(session: Session) -> None:
    """Identities that remaining imports also gave come back under the first of them."""
    session.sql(
        "INSERT INTO identities SELECT i.source, r.external_id, arg_min(r.contact_id, r.import_id),"
        " min(r.import_id) FROM import_contacts r SEMI JOIN undone_contacts USING (contact_id)"
        " JOIN imports i USING (import_id) WHERE r.external_id IS NOT NULL"
        " GROUP BY i.source, r.external_id"
        " HAVING NOT EXISTS (SELECT 1 FROM identities d WHERE d.source = i.source"
        " AND d.external_id = r.external_id)"
    )


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [asdict(item) if hasattr(item, "__dataclass_fields__") else item for item in value]
    return dict(value) if isinstance(value, Mapping) else value


def _import(row: tuple[Any, ...]) -> Import:
    values = dict(zip(Import.__slots__, row, strict=True))
    for name in _JSON:
        values[name] = json.loads(str(values[name])) if values[name] is not None else None
    return Import(**values)
