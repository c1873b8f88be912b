"""Columns that hold nothing take no room: a large table is written with its empty columns hollow.

Most of a hundred fields are empty in any one base, and writing an empty column of a million rows costs as
much as writing a full one. A hollow column is there for every reader (a virtual generated column, always
NULL); whoever writes into a table says first which columns it fills (``fill_in``), and they become real. A
folded twin equal to its text on every row (numbers, postal codes, codes in small letters) is not written
either: it is read from the text (a mirror).
Measured on DuckDB 2.0, a million rows: a hundred empty columns take 3 s to write, hollow 0.5 s (each block of
rows checks the expression of each); a twin takes 0.1 to 0.3 s, a mirror nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from segmentation.store.session import Session, quoted

LARGE = 20_000
"""From so many rows on, a table is written with hollow columns; below, it would save nothing."""


def is_large(rows: int) -> bool:
    """Whether a table of so many rows is written with hollow columns."""
    return rows >= LARGE


def is_nearly_sorted(session: Session, relation: str) -> bool:
    """Whether the rows of a relation come by rising ``contact_id`` but for a few places.

    Workers that share a join leave their blocks of rows a little out of turn: sorting whole rows to mend that
    costs more than it gives, for a table is sorted only so that the rows of a contact are found in few
    blocks.
    """
    earlier = f"SELECT contact_id < lag(contact_id) OVER () AS earlier FROM {relation}"
    rows, breaks = session.sql(f"SELECT count(*), count(*) FILTER (earlier) FROM ({earlier})").rows[0]
    return int(breaks) * LARGE <= int(rows)


def columns_of(session: Session, table: str) -> dict[str, str]:
    """The columns of a stored table with their types, in their order."""
    rows = session.sql(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND NOT internal"
        " ORDER BY column_index",
        table,
    ).rows
    return {str(name): str(kind) for name, kind in rows}


def hollow_columns(session: Session, table: str) -> frozenset[str]:
    """The columns of a stored table that are hollow: those with a value of their own expression."""
    return frozenset(one.name for one in _unwritten(session, table) if one.text is None)


def mirrors(session: Session, table: str) -> dict[str, str]:
    """The twins of a stored table that are not written, each with the column it is read from."""
    return {one.name: one.text for one in _unwritten(session, table) if one.text is not None}


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A column that is not written; ``text`` is the column it is read from, if it is a mirror."""

    name: str
    kind: str
    text: str | None


def _unwritten(session: Session, table: str) -> list[_Unwritten]:
    """The columns of a stored table that have an expression of their own."""
    sql = (
        "SELECT column_name, data_type, column_default FROM duckdb_columns() WHERE table_name = ?"
        " AND NOT internal AND column_default IS NOT NULL ORDER BY column_index"
    )
    found = []
    for name, kind, expression in session.sql(sql, table).rows:
        text = str(name).removesuffix("__key")
        read = text != name and expression in (f"CAST({text} AS {kind})", f"CAST({quoted(text)} AS {kind})")
        found.append(_Unwritten(str(name), str(kind), text if read else None))
    return found


def fill_in(session: Session, table: str, names: Collection[str]) -> None:
    """Make real the hollow columns and mirrors among ``names``, inside a writing transaction, before
    writing."""
    for one in _unwritten(session, table):
        if one.name not in names:
            continue
        session.sql(f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(one.name)}")
        session.sql(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(one.name)} {one.kind}")
        if one.text is not None:
            session.sql(f"UPDATE {quoted(table)} SET {quoted(one.name)} = {quoted(one.text)}")


def make_anew(
    session: Session,
    table: str,
    columns: Mapping[str, str],
    filled: Collection[str],
    fixed: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Replace a table by an empty one of the same ``columns``, those not ``filled`` hollow.

    A hollow column says NULL, or the SQL ``fixed`` gives for it: a value, or the column a mirror reads.
    """
    listed = ", ".join(
        f"{quoted(name)} {kind}"
        + ("" if name in filled else f" GENERATED ALWAYS AS ({fixed.get(name, 'NULL')}) VIRTUAL")
        for name, kind in columns.items()
    )
    session.sql(f"CREATE OR REPLACE TABLE {quoted(table)} ({listed})")
