"""Puts folded rows in place of the touched rows of a table, which stays in its order.

A change of few rows is written at the end of the table; a larger one writes the table anew, in order, with
what it keeps. Columns that hold nothing, and twins equal to their text, are not written (``hollow``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from segmentation.results import Statement
from segmentation.store.hollow import columns_of, fill_in, hollow_columns, is_large, make_anew, mirrors
from segmentation.store.session import Session, quoted

REBUILD_SHARE = 20
"""A table is written anew, in order, once a change touches at least one row in this many."""


def replace_rows(
    session: Session,
    table: str,
    touched_table: str,
    key: str,
    select: str,
    order: str,
    *,
    same: tuple[str, ...] = (),
) -> None:
    """Put the rows of ``select`` in place of the touched rows of ``table``, which stays in ``order``.

    ``key`` tells the rows; ``order`` "" says that they come nearly in the order of the table, and are all
    there is. ``same`` are its texts that are their own twins.
    """
    target, touched = quoted(table), quoted(touched_table)
    total = int(session.scalar(Statement(f"SELECT count(*) FROM {target}")))
    change = int(session.scalar(Statement(f"SELECT count(*) FROM {touched}")))
    if change * REBUILD_SHARE >= total:
        kept = f"{key} NOT IN (SELECT {key} FROM {touched})" if total and order else ""
        _rewrite(session, table, select, kept, order, hollow=is_large(total + change), same=same)
        return
    given = _given(session, select)
    given -= _mirrored(session, select, {n: of for n, of in mirrors(session, table).items() if n in given})
    fill_in(session, table, given)
    session.sql(f"DELETE FROM {target} WHERE {key} IN (SELECT {key} FROM {touched})")
    session.sql(f"INSERT INTO {target} BY NAME SELECT {_list(given)} FROM ({select}){_by(order)}")


def _mirrored(session: Session, select: str, of: Mapping[str, str]) -> set[str]:
    """Which mirrors are right for the rows of ``select``: those whose twin is its text on each."""
    if not of:
        return set()
    tests = ", ".join(f"count_if({quoted(n)} IS DISTINCT FROM {quoted(t)})" for n, t in of.items())
    row = session.sql(f"SELECT {tests} FROM ({select})").rows[0]
    return {name for name, others in zip(of, row, strict=True) if not others}


def _given(session: Session, select: str) -> set[str]:
    return {str(row[0]) for row in session.sql(f"DESCRIBE {select}").rows}


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, sorted(names)))


def _rewrite(
    session: Session, table: str, select: str, kept: str, order: str, *, hollow: bool, same: tuple[str, ...]
) -> None:
    """Write a table anew, in order: the rows of ``select``, and its own rows that ``kept`` selects, if any.

    Only columns that hold a value are written and sorted; the others are hollow, in a large table, and the
    twins of texts that are the ``same`` are mirrors when no row is kept.
    """
    columns, anew = columns_of(session, table), f"{table}__anew"
    filled, fixed = _given(session, select), dict[str, str]()
    rows = select
    if hollow and not kept:
        fixed = {f"{name}__key": quoted(name) for name in same}
        filled -= fixed.keys()
    if kept:
        real = [name for name in columns if name not in hollow_columns(session, table)]
        held = filled_columns(session, real, f"{quoted(table)} r", ())
        rows += f" UNION ALL BY NAME SELECT {', '.join(map(quoted, held))} FROM {quoted(table)} WHERE {kept}"
        filled |= set(held)
    make_anew(session, anew, columns, filled if hollow else columns, fixed)
    session.sql(f"INSERT INTO {quoted(anew)} BY NAME SELECT {_list(filled)} FROM ({rows}){_by(order)}")
    session.sql(f"DROP TABLE {quoted(table)}")
    session.sql(f"ALTER TABLE {quoted(anew)} RENAME TO {quoted(table)}")


def _by(order: str) -> str:
    return f" ORDER BY {order}" if order else ""


def filled_columns(
    session: Session, names: list[str], source: str, needed: tuple[str, ...]
) -> tuple[str, ...]:
    """The columns with at least one value among the touched rows: the others cost nothing to fold."""
    if not names:
        return ()
    counts = ", ".join(f"count(r.{quoted(name)})" for name in names)
    row = session.run(Statement(f"SELECT {counts} FROM {source}")).rows[0]
    return tuple(name for name, count in zip(names, row, strict=True) if count or name in needed)
