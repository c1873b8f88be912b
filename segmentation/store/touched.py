"""Which contacts, orders and events an import speaks of, and folding them again.

``note_touched`` fills the temporary tables ``<prefix>_contacts (contact_id)``, ``<prefix>_orders
(order_key)`` and ``<prefix>_events (event_key)``; ``refold_touched`` folds all three in the right order.
"""

from __future__ import annotations

from segmentation.store.fold import (
    identified,
    refold_consents,
    refold_contacts,
    refold_events,
    refold_memberships,
)
from segmentation.store.fold_orders import refold_orders
from segmentation.store.session import Session

_OF_CONTACTS = ("import_contacts", "import_cleared", "import_consents", "import_memberships", "identities")
KEPT = (
    *_OF_CONTACTS,
    *("import_orders", "import_order_lines", "import_events", "merges", "oppositions", "rejects"),
)
"""Every table that keeps an import's rows under its ``import_id``."""


def note_touched(session: Session, import_id: int, *, prefix: str) -> None:
    """Remember what import ``import_id`` speaks of, before its rows go or after they came."""
    merged = (
        f"(WITH RECURSIVE up(contact_id) AS (SELECT contact_id FROM merges WHERE import_id = {int(import_id)}"
        " UNION SELECT m.contact_id FROM up JOIN merges m ON m.into_id = up.contact_id) FROM up)"
    )
    for name, key, tables in (
        ("orders", "order_key", ("import_orders", "import_order_lines")),
        ("events", "event_key", ("import_events",)),
    ):
        parts = " UNION ".join(
            f"SELECT {key} FROM {table} WHERE import_id = {int(import_id)} OR contact_id IN {merged}"
            for table in tables
        )
        session.sql(f"CREATE OR REPLACE TEMP TABLE {prefix}_{name} AS {parts}")
    parts = " UNION ".join([*_own_contacts(session, import_id), *_linked_contacts(prefix)])
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE {prefix}_contacts AS WITH RECURSIVE touched(contact_id) AS ({parts}"
        " UNION SELECT m.into_id FROM touched t JOIN merges m USING (contact_id))"
        " SELECT DISTINCT contact_id FROM touched WHERE contact_id IS NOT NULL"
    )


def _own_contacts(session: Session, import_id: int) -> list[str]:
    """The contacts an import names itself, merges or opposes."""
    where = f"WHERE import_id = {int(import_id)}"
    opposed = (
        f"SELECT c.contact_id FROM {identified(session)} c"
        f" SEMI JOIN (FROM oppositions {where}) o ON o.identifier_hash = hashed(c.identifier)"
    )
    named = [f"SELECT contact_id FROM {table} {where}" for table in (*_OF_CONTACTS, "merges")]
    return [*named, f"SELECT into_id FROM merges {where}", opposed]


def _linked_contacts(prefix: str) -> list[str]:
    """The contacts that touched orders and events belong to, by any import."""
    return [
        f"SELECT contact_id FROM {table} WHERE {key} IN (SELECT {key} FROM {prefix}_{name})"
        for table, key, name in (
            ("import_orders", "order_key", "orders"),
            ("import_order_lines", "order_key", "orders"),
            ("import_events", "event_key", "events"),
        )
    ]


def refold_touched(session: Session, *, prefix: str) -> None:
    """Fold everything noted under ``prefix``, inside a writing transaction."""
    refold_contacts(session, f"{prefix}_contacts")
    refold_consents(session, f"{prefix}_contacts")
    refold_memberships(session, f"{prefix}_contacts")
    refold_orders(session, f"{prefix}_orders", people=f"{prefix}_contacts")
    refold_events(session, f"{prefix}_events")
