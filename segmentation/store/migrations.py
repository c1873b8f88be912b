"""Brings a base to this program's schema at its opening: made when empty, migrated, refused when newer.

Older files are first copied beside themselves; then every step runs in one transaction. Tables and columns
that are only added, those of fields the dictionary has gained among them, come without a new schema version.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from segmentation.errors import StoreError
from segmentation.results import Statement
from segmentation.store import schema
from segmentation.store.session import Session, quoted

if TYPE_CHECKING:
    from segmentation.store.database import Database

MIGRATIONS: Sequence[tuple[int, tuple[str, ...]]] = ()
"""(version reached, its statements) in ascending order; a base of version v runs those above v."""


def migrate(base: Database) -> None:
    """Make or update the schema of a base just opened.

    Raises StoreError ``error.store.newer`` for a file a later program wrote, ``error.store.foreign`` for a
    DuckDB file that is not a base.
    """
    with base.session() as session:
        found = _found_version(session, base.path.name)
    if found is None:
        _create(base)
        return
    if found > schema.SCHEMA_VERSION:
        raise StoreError("error.store.newer", name=base.path.name)
    if found < schema.SCHEMA_VERSION:
        base.backup(base.path.with_name(f"{base.path.stem}.v{found}.backup{base.path.suffix}"))
    with base.session() as session, session.transaction(write=True):
        for version, statements in MIGRATIONS:
            if version > found:
                _run_all(session, statements)
        if found < schema.SCHEMA_VERSION:
            _put(session, "schema_version", schema.SCHEMA_VERSION)
        added = _add_missing_columns(session)
        if found < schema.SCHEMA_VERSION:
            _run_all(session, schema.macros())
        if added or found < schema.SCHEMA_VERSION:
            session.bump()


def _found_version(session: Session, name: str) -> int | None:
    tables = {str(row[0]) for row in session.run(Statement("SELECT table_name FROM duckdb_tables()")).rows}
    if not tables:
        return None
    if not {"meta", "imports", "contacts"} <= tables:
        raise StoreError("error.store.foreign", name=name)
    return int(str(session.scalar(Statement("SELECT value FROM meta WHERE key = 'schema_version'")) or 0))


def _create(base: Database) -> None:
    with base.session() as session, session.transaction(write=True):
        _run_all(session, schema.creation())
        first = {
            "schema_version": schema.SCHEMA_VERSION,
            "version": 1,
            "secret": secrets.token_hex(32),
            "created_at": datetime.now().isoformat(timespec="seconds"),
            "next_contact_id": 1,
            "next_import_id": 1,
            "next_user_column": 1,
        }
        for key, value in first.items():
            session.run(Statement("INSERT INTO meta VALUES (?, ?)", (key, str(value))))


def _put(session: Session, key: str, value: object) -> None:
    session.run(Statement("UPDATE meta SET value = ? WHERE key = ?", (str(value), key)))


def _run_all(session: Session, statements: Sequence[str]) -> None:
    for sql in statements:
        session.run(Statement(sql))


def _add_missing_columns(session: Session) -> int:
    """Add the tables and columns that the base lacks; how many."""
    rows = session.sql("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").rows
    present: dict[str, set[str]] = {}
    for table, column in rows:
        present.setdefault(str(table), set()).add(str(column))
    added = 0
    for table, columns in schema.table_definitions().items():
        if table not in present:
            session.run(Statement(f"CREATE TABLE {quoted(table)} ({columns})"))
            added += 1
            continue
        for definition in _BETWEEN_COLUMNS.split(columns):
            if definition.split(" ")[0].strip('"') not in present[table]:
                session.run(Statement(f"ALTER TABLE {quoted(table)} ADD COLUMN {definition}"))
                added += 1
    return added


_BETWEEN_COLUMNS = re.compile(r", (?![^(]*\))")
