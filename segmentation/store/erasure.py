"""Erases one person for good: every row that names them goes; what must outlive them has no name.

Gone: their values in every import, ids, groups, consents and proofs, e-mails and clicks, refused rows that
hold an address or number of theirs, the examples of repairs in the history. Kept: their orders, nameless, for
the accounts; their number, never given again, and the lists it was in, so that who received them can be told;
their refusals, as keyed hashes of what is theirs alone (addresses, numbers, and what tells them from those
who share one: ``store.likeness``), so that no later file makes them contactable. Backups made before still
hold them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from segmentation.errors import InputError
from segmentation.results import Statement
from segmentation.store.fold import BECAME, identified, resembling
from segmentation.store.journal import write_entry
from segmentation.store.likeness import ERASURE
from segmentation.store.oppositions import CHANNELS, add_oppositions
from segmentation.store.session import Session
from segmentation.store.touched import refold_touched

TOUCHED = "erased"
"""Prefix of the temporary tables that name what was touched; ``erased_contacts`` is for derived tables."""

_FIGURES = 9
"""The last figures of a number that no other number of a country has; some countries have one less."""

ADDRESS, LIKENESS, NOTHING = "address", "likeness", "nothing"
"""What a refusal can be kept by: an address or number of theirs alone; only an id, or a shared address or a
postal one beside their name; nothing at all."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: orders left nameless, events gone, lists the person was in, channels closed.

    Those ``channels`` are closed for ever to what was theirs alone; ``kept_by`` says what that is
    (``ADDRESS``, ``LIKENESS``), or that there was ``NOTHING``: no channel is closed then.
    """

    orders: int
    events: int
    lists: int
    channels: tuple[str, ...]
    kept_by: str


def kept_by(session: Session, contact_id: int) -> str:
    """What an erasure could keep the refusals of a living contact by: ADDRESS, LIKENESS or NOTHING."""
    if _own_identifiers(session, contact_id):
        return ADDRESS
    return LIKENESS if _own_likenesses(session, contact_id) else NOTHING


def erase_contact(session: Session, contact_id: int, *, forever: bool = True, author: str = "") -> Erased:
    """Erase a living contact and whoever was merged into them, inside a writing transaction.

    ``forever``: what is theirs alone is closed on every channel; else on those they refused only. An address
    that another contact has too is left to that one, and closed beside this one's name. Derived tables are
    the caller's to refresh. Raises InputError ``error.contact.unknown``.
    """
    if not session.sql("SELECT 1 FROM contacts WHERE live AND contact_id = ?", contact_id).rows:
        raise InputError("error.contact.unknown", name=str(contact_id))
    refused = [
        str(row[0])
        for row in session.sql(
            "SELECT channel FROM consents WHERE contact_id = ? AND state = 'no'", contact_id
        ).rows
    ]
    own, by = _own_identifiers(session, contact_id), kept_by(session, contact_id)
    told = _own_likenesses(session, contact_id)
    done = _note(session, contact_id)
    _delete(session, own)
    refold_touched(session, prefix=TOUCHED)
    channels = tuple(channel for channel in CHANNELS if forever or channel in refused)
    if by != NOTHING and channels:
        add_oppositions(session, own + told, channels=channels, reason=ERASURE, author=author)
    write_entry(session, "erase", author, {"contact_id": contact_id, "orders": done[0], "lists": done[2]})
    session.bump()
    return Erased(*done, channels if by != NOTHING else (), by)


def _own_identifiers(session: Session, contact_id: int) -> list[str]:
    """The addresses and numbers that name this person, now or once, and no other living contact."""
    named = identified(session)
    sql = (
        f"SELECT identifier FROM {named} GROUP BY identifier"
        " HAVING bool_and(contact_id = ?) AND identifier IS NOT NULL ORDER BY identifier"
    )
    return [str(row[0]) for row in session.sql(sql, contact_id).rows]


def _own_likenesses(session: Session, contact_id: int) -> list[str]:
    """What tells this person from those who share an address or a number, and is nobody else's."""
    number, named = int(contact_id), identified(session)
    near = (
        f"(SELECT {number}::INTEGER AS contact_id UNION SELECT contact_id FROM {named} WHERE identifier IN"
        f" (SELECT identifier FROM {named} WHERE contact_id = {number})"
        " UNION SELECT contact_id FROM contacts WHERE live AND address1__key IN"
        f" (SELECT address1__key FROM contacts WHERE contact_id = {number}))"
    )
    sql = (
        f"SELECT identifier FROM {resembling(session, near, alone=True)} GROUP BY identifier"
        " HAVING bool_and(contact_id = ?) ORDER BY identifier"
    )
    alone = tuple(f"with:{one.lower()}:" for one in _own_identifiers(session, contact_id))
    found = [str(row[0]) for row in session.sql(sql, contact_id).rows]
    return [one for one in found if not one.startswith(alone)]


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
    _delete_rejects(session, identifiers)


def _delete_rejects(session: Session, identifiers: list[str]) -> None:
    """Delete the refused rows that hold an address or a number, written as a person writes it.

    An address is a whole word of a cell, whatever its case, so that a line that was not split counts. A
    number is known by its last nine figures, or by its national form, once spaces, dots, hyphens, slashes
    and brackets are out.
    """
    addresses = [one.lower() for one in identifiers if "@" in one]
    numbers = ["".join(filter(str.isdigit, one)) for one in identifiers if "@" not in one]
    numbers = [one for one in numbers if len(one) >= _FIGURES - 1]
    words = r"regexp_split_to_array(lower(cell), '[^\pL\pN@.!#$%&*+/=?^_`{|}~-]+')"
    word = f"list_has_any(list_transform({words}, lambda one: trim(one, '.')), ?)"
    bare = r"regexp_replace(cell, '[\s\x{a0}\x{202f}.()/-]', '', 'g')"
    figures = f"regexp_replace({bare}, '^(\\+|0+)|[^0-9]+$', '', 'g')"
    number = (
        f"list_bool_or(list_transform(?::VARCHAR[], lambda one: contains({bare}, one[-{_FIGURES}:])"
        f" OR (length({figures}) >= {_FIGURES - 1} AND ends_with(one, {figures}))))"
    )
    for test, wanted in ((word, addresses), (number, numbers)):
        if wanted:
            session.sql(
                f"DELETE FROM rejects WHERE list_bool_or(list_transform(raw, lambda cell: {test}))", wanted
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
