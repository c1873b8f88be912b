"""Erases one person for good: every row that names them goes; what must outlive them has no name.

Gone: their values in every import, ids, groups, consents and proofs, e-mails and clicks, refused rows that
hold an address or number of theirs, the examples of repairs in the history. Kept: their orders, nameless, for
the accounts; their number, never given again, and the lists it was in, so that who received them can be told;
their refusals, as keyed hashes, so that no later file makes them contactable. Backups made before still hold
them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from segmentation.errors import InputError
from segmentation.results import Statement
from segmentation.store.fold import BECAME, identified
from segmentation.store.journal import write_entry
from segmentation.store.oppositions import CHANNELS, add_oppositions
from segmentation.store.session import Session
from segmentation.store.touched import refold_touched

TOUCHED = "erased"
"""Prefix of the temporary tables that name what was touched; ``erased_contacts`` is for derived tables."""
_REASON = "erasure"


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: orders left nameless, events gone, lists the person was in, channels closed.

    Those ``channels`` are closed for ever to the addresses and numbers that were theirs alone.
    """

    orders: int
    events: int
    lists: int
    channels: tuple[str, ...]


def erase_contact(session: Session, contact_id: int, *, forever: bool = True, author: str = "") -> Erased:
    """Erase a living contact and whoever was merged into them, inside a writing transaction.

    ``forever``: their addresses and numbers are closed on every channel; else on those they refused only. An
    address that another contact has too is left to that one. Derived tables are the caller's to refresh.
    Raises InputError ``error.contact.unknown``.
    """
    if not session.sql("SELECT 1 FROM contacts WHERE live AND contact_id = ?", contact_id).rows:
        raise InputError("error.contact.unknown", name=str(contact_id))
    refused = [
        str(row[0])
        for row in session.sql(
            "SELECT channel FROM consents WHERE contact_id = ? AND state = 'no'", contact_id
        ).rows
    ]
    own = _own_identifiers(session, contact_id)
    done = _note(session, contact_id)
    _delete(session, own)
    refold_touched(session, prefix=TOUCHED)
    channels = tuple(channel for channel in CHANNELS if forever or channel in refused)
    if own and channels:
        add_oppositions(session, own, channels=channels, reason=_REASON, author=author)
    write_entry(session, "erase", author, {"contact_id": contact_id, "orders": done[0], "lists": done[2]})
    session.bump()
    return Erased(*done, channels if own else ())


def _own_identifiers(session: Session, contact_id: int) -> list[str]:
    """The addresses and numbers that name this person, now or once, and no other living contact."""
    named = identified(session)
    sql = (
        f"SELECT identifier FROM {named} GROUP BY identifier"
        " HAVING bool_and(contact_id = ?) AND identifier IS NOT NULL ORDER BY identifier"
    )
    return [str(row[0]) for row in session.sql(sql, contact_id).rows]


def _note(session: Session, contact_id: int) -> tuple[int, int, int]:
    """Remember what is touched; how many orders, events and lists are theirs."""
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE {TOUCHED}_contacts AS SELECT {int(contact_id)}::INTEGER AS contact_id"
        f" UNION SELECT contact_id FROM ({BECAME}) WHERE into_id = {int(contact_id)}"
    )
    mine = f"contact_id IN (SELECT contact_id FROM {TOUCHED}_contacts)"
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE {TOUCHED}_orders AS SELECT order_key FROM import_orders WHERE {mine}"
        f" UNION SELECT order_key FROM import_order_lines WHERE {mine}"
    )
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE {TOUCHED}_events AS SELECT DISTINCT event_key FROM import_events"
        f" WHERE {mine}"
    )
    counts = [
        session.scalar(Statement(sql))
        for sql in (
            f"SELECT count(*) FROM {TOUCHED}_orders",
            f"SELECT count(*) FROM {TOUCHED}_events",
            f"SELECT count(DISTINCT export_id) FROM export_members WHERE {mine}",
        )
    ]
    return int(counts[0]), int(counts[1]), int(counts[2])


def _delete(session: Session, identifiers: list[str]) -> None:
    mine = f"contact_id IN (SELECT contact_id FROM {TOUCHED}_contacts)"
    for table in (
        "import_contacts", "import_consents", "import_memberships", "import_cleared", "identities",
        "import_events",
    ):  # fmt: skip
        session.sql(f"DELETE FROM {table} WHERE {mine}")
    for table in ("import_orders", "import_order_lines"):
        session.sql(f"UPDATE {table} SET contact_id = NULL WHERE {mine}")
    session.sql(f"DELETE FROM told_apart WHERE {mine} OR other_id IN (FROM {TOUCHED}_contacts)")
    _forget_examples(session)
    session.sql(
        "DELETE FROM rejects WHERE list_has_any(list_transform(raw, lambda cell: lower(trim(cell))), ?)",
        [one.lower() for one in identifiers],
    )


def _forget_examples(session: Session) -> None:
    """Blank the cells that the history of imports shows as examples: one of them may be this person's."""
    for import_id, repairs, notes in session.sql("SELECT import_id, repairs, notes FROM imports").rows:
        repaired, noted = json.loads(str(repairs or "[]")), json.loads(str(notes or "{}"))
        for repair in repaired:
            repair |= {"before": "", "after": "", "examples": []}
        for unread in noted.get("unread", []):
            unread["example"] = ""
        session.sql(
            "UPDATE imports SET repairs = ?, notes = ? WHERE import_id = ?",
            *(json.dumps(repaired, ensure_ascii=False), json.dumps(noted, ensure_ascii=False), import_id),
        )
