"""Temporary tables and views of a session: put in place of one another, and forgotten once read."""

from __future__ import annotations

from segmentation.store.session import Session, quoted


def settle(session: Session, view: str) -> None:
    """Make a temporary view the table of its rows, so that they can be amended; a table is left as it is."""
    if view not in _views(session):
        return
    session.sql(f"CREATE TEMP TABLE {quoted(view + '__settled')} AS FROM {quoted(view)}")
    session.sql(f"DROP VIEW {quoted(view)}")
    session.sql(f"ALTER TABLE {quoted(view + '__settled')} RENAME TO {quoted(view)}")


def forget(session: Session, names: str) -> None:
    """Drop the temporary tables and views of these names, those that are there."""
    views = _views(session)
    for name in names.split():
        session.sql(f"DROP {'VIEW' if name in views else 'TABLE'} IF EXISTS temp.{quoted(name)}")


def _views(session: Session) -> frozenset[str]:
    rows = session.sql("SELECT view_name FROM duckdb_views() WHERE temporary").rows
    return frozenset(str(row[0]) for row in rows)
