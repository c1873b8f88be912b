"""Whether a base says what its imports say: all is folded and derived anew, compared, and left untouched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.hollow import columns_of
from segmentation.store.session import Session, quoted
from segmentation.store.touched import refold_touched
from segmentation.workspace import derived

_FOLDED = ("contacts", "consents", "memberships", "orders", "order_lines", "events")
_DERIVED = ("contact_features", "contact_category", "rfm_scores")
_COUNTS: Mapping[str, str] = {
    "check.import_rows": (
        "SELECT count(*) FROM imports WHERE undone_at IS NULL AND (rows_read <> rows_loaded + rows_rejected"
        " OR rows_loaded <> new_rows + updated_rows + unchanged_rows + merged_rows)"
    ),
    "check.refused_rows": (
        "SELECT count(*) FROM (SELECT import_id, count(*) AS n FROM rejects GROUP BY import_id) r"
        " JOIN imports i USING (import_id) WHERE r.n > i.rows_rejected"
    ),
    "check.contact_ids": (
        "SELECT count(*) FROM contacts WHERE contact_id < 1 OR contact_id >="
        " (SELECT value::BIGINT FROM meta WHERE key = 'next_contact_id')"
    ),
    "check.contact_twice": "SELECT count(*) - count(DISTINCT contact_id) FROM contacts",
    "check.unknown_contact": (
        "SELECT count(*) FROM (SELECT contact_id FROM orders UNION ALL SELECT contact_id FROM order_lines"
        " UNION ALL SELECT contact_id FROM events UNION ALL SELECT contact_id FROM consents) x"
        " WHERE contact_id IS NOT NULL AND contact_id NOT IN (SELECT contact_id FROM contacts)"
    ),
    "check.orphan_rows": (
        "SELECT count(*) FROM (SELECT import_id FROM import_contacts UNION SELECT import_id"
        " FROM import_orders UNION SELECT import_id FROM import_events) x"
        " WHERE import_id NOT IN (SELECT import_id FROM imports WHERE undone_at IS NULL)"
    ),
}
"""Statements that count what must not be, by the code of what they count."""


def problems(database: Database, as_of: date) -> dict[str, int]:
    """What does not hold, by code; empty when all is well. Nothing is kept: the transaction is taken back."""
    found: dict[str, int] = {}
    try:
        with database.session() as session, session.transaction(write=True):
            for code, sql in _COUNTS.items():
                found[code] = int(session.scalar(Statement(sql)) or 0)
            before = _states(session)
            _fold_everything(session)
            derived.refresh(session, None, as_of)
            after = _states(session)
            for table in (*_FOLDED, *_DERIVED):
                found[f"check.differs.{table}"] = int(before[table] != after[table])
            raise _TakeBack
    except _TakeBack:
        return {code: count for code, count in found.items() if count}


class _TakeBack(Exception):
    """Ends the transaction of a check without keeping any of it."""


def _fold_everything(session: Session) -> None:
    for name, key, table in (
        ("contacts", "contact_id", "contacts"),
        ("orders", "order_key", "import_orders"),
        ("events", "event_key", "import_events"),
    ):
        session.sql(f"CREATE OR REPLACE TEMP TABLE every_{name} AS SELECT DISTINCT {key} FROM {table}")
    refold_touched(session, prefix="every")


def _states(session: Session) -> Mapping[str, object]:
    """Each table summed up: its number of rows and, by column, a sum of their hashes, whatever the order of
    either."""
    states = {}
    for table in (*_FOLDED, *_DERIVED):
        names = sorted(columns_of(session, table))
        sums = ", ".join(f"sum(hash(CAST({quoted(name)} AS VARCHAR))::HUGEINT)" for name in names)
        states[table] = names, session.sql(f"SELECT count(*), {sums} FROM {table}").rows
    return states
