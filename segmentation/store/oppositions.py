"""Oppositions: people who must never be contacted again, kept as keyed hashes that survive any deletion.

An identifier is a normalised e-mail address or an E.164 number; its hash is sha256(secret || identifier), the
secret being the base's own. The fold of consents applies them to every contact, old or new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from segmentation.results import Statement
from segmentation.store.fold import identified, refold_consents
from segmentation.store.journal import write_entry
from segmentation.store.reading import Reader
from segmentation.store.session import Session

CHANNELS = ("email", "sms", "phone", "post")


def hash_identifier(reader: Reader, identifier: str) -> str:
    """The keyed hash of an address or a number, as kept."""
    secret = str(reader.scalar(Statement("SELECT value FROM meta WHERE key = 'secret'")))
    return hashlib.sha256((secret + identifier.strip().lower()).encode()).hexdigest()


def is_opposed(reader: Reader, identifier: str, channel: str) -> bool:
    """Whether that address or number is opposed on that channel."""
    sql = "SELECT count(*) FROM oppositions WHERE identifier_hash = ? AND channel = ?"
    return bool(reader.scalar(Statement(sql, (hash_identifier(reader, identifier), channel))))


def read_oppositions(reader: Reader) -> list[tuple[Any, ...]]:
    """Every opposition as kept, after the secret its hash was made with."""
    sql = "SELECT value, o.* FROM oppositions o, meta WHERE key = 'secret'"
    return reader.run(Statement(sql)).rows


def restore_oppositions(session: Session, said: Iterable[tuple[Any, ...]]) -> None:
    """Say again, inside a writing transaction, the oppositions of a base whose older copy came back.

    Hashes of another secret belong to another base and are left out.
    """
    for secret, hashed, channel, *rest in said:
        session.sql(
            "INSERT INTO oppositions SELECT ?, ?, ?, ?, ?, ? WHERE ? = (SELECT value FROM meta WHERE key ="
            " 'secret') AND NOT EXISTS (SELECT 1 FROM oppositions WHERE identifier_hash = ? AND channel = ?)",
            *(hashed, channel, *rest, secret, hashed, channel),
        )
    session.sql("CREATE OR REPLACE TEMP TABLE every_contact AS SELECT contact_id FROM contacts")
    refold_consents(session, "every_contact")


def add_oppositions(
    session: Session,
    identifiers: Iterable[str],
    *,
    channels: Iterable[str] = CHANNELS,
    reason: str,
    author: str = "",
    import_id: int | None = None,
) -> int:
    """Oppose addresses or numbers on channels, inside a writing transaction; how many contacts it concerns.

    The consents of the contacts concerned are folded again at once.
    """
    hashes = [hash_identifier(session, identifier) for identifier in identifiers]
    now = datetime.now()
    for hashed in hashes:
        for channel in channels:
            session.sql(
                "INSERT INTO oppositions SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM oppositions"
                " WHERE identifier_hash = ? AND channel = ?)",
                *(hashed, channel, reason, now, import_id, author, hashed, channel),
            )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE opposed_contacts AS SELECT DISTINCT contact_id"
        f" FROM {identified(session)} WHERE hashed(identifier) IN (SELECT unnest(?))",
        hashes,
    )
    concerned = int(session.scalar(Statement("SELECT count(*) FROM opposed_contacts")))
    refold_consents(session, "opposed_contacts")
    write_entry(session, "opposition", author, {"identifiers": len(hashes), "contacts": concerned})
    session.bump()
    return concerned
