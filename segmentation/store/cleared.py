"""Values emptied by hand: what no file can say, since an empty cell of a file never erases anything.

``import_cleared`` keeps which field of which contact an edit emptied, or ``group:`` and the folded name of
the group it left (``fold.refold_memberships``). The fold of contacts applies it: a value given by that import
or an earlier one goes, one that a later import gives stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from segmentation.results import Statement
from segmentation.store.hollow import columns_of, hollow_columns, mirrors
from segmentation.store.session import Session, quoted

FOLLOWING = {"email": ("email_valid",)}
"""Columns that say something of another one, and go with it."""


def write_cleared(session: Session, import_id: int, contact_id: int, fields: Sequence[str]) -> None:
    """Keep that an import emptied ``fields`` of a contact, inside a writing transaction, before its fold."""
    for field in fields:
        session.sql("INSERT INTO import_cleared VALUES (?, 1, ?, ?)", import_id, contact_id, field)


def apply_cleared(session: Session, touched_table: str, *, rows: Callable[[str], str]) -> None:
    """Empty what was emptied by hand in the touched rows of ``contacts``, just folded.

    ``rows(entity)`` is the SQL of the kept rows of an entity, merged contacts read as those they became.
    """
    if not session.scalar(Statement("SELECT count(*) FROM import_cleared")):
        return
    unwritten = hollow_columns(session, "contacts") | mirrors(session, "contacts").keys()
    known = set(columns_of(session, "contacts")) - unwritten
    emptied = f"{rows('cleared')} c SEMI JOIN {quoted(touched_table)} USING (contact_id)"
    for (field,) in session.sql(f"SELECT DISTINCT field FROM {emptied}").rows:
        if field not in known:
            continue
        columns = [n for n in (field, f"{field}__key", *FOLLOWING.get(field, ())) if n in known]
        empty = ", ".join(f"{quoted(name)} = NULL" for name in columns)
        session.sql(
            f"UPDATE contacts SET {empty} WHERE contact_id IN (SELECT c.contact_id FROM"
            f" {emptied} WHERE c.field = ? AND NOT EXISTS (SELECT 1 FROM"
            f" {rows('contacts')} r WHERE r.contact_id = c.contact_id AND r.import_id > c.import_id"
            f" AND r.{quoted(field)} IS NOT NULL))",
            field,
        )
