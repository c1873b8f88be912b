"""Refusals that an undo would take back: how many there are, and how they outlive the import that said them.

A refusal is at stake when one import alone says it, or when the person is in the base by that import alone.
Kept, it becomes an import of its own: rows for who stays, oppositions by keyed hash for who goes, so that no
later file makes them contactable. Undoing that import takes them back exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from segmentation.results import Statement
from segmentation.store.fold import contact_rows, identified
from segmentation.store.imports import Import, next_import_id, record_import
from segmentation.store.session import Session
from segmentation.store.touched import note_touched, refold_touched

REASON: Final = "undone"
"""What an opposition says of where it comes from: an import that was undone."""
PREFIX: Final = "kept"
"""Prefix of the temporary tables that name what was touched; ``kept_contacts`` is for derived tables."""


@dataclass(frozen=True, slots=True)
class Stake:
    """The refusals an undo would take back: of how many people, on how many channels in all."""

    people: int
    refusals: int


def refusals_at_stake(session: Session) -> Mapping[int, Stake]:
    """What undoing each import alone would take back; imports that keep no refusal are left out."""
    sql = f"SELECT import_id, count(DISTINCT contact_id), count(*) FROM ({_at_stake(session)}) GROUP BY ALL"
    return {int(number): Stake(int(people), int(rows)) for number, people, rows in session.sql(sql).rows}


def note_refusals(session: Session, import_id: int) -> int:
    """Remember what the undo of an import would take back, before it, inside its transaction; of how many
    people."""
    stake = f"SELECT contact_id, channel FROM ({_at_stake(session)}) WHERE import_id = {int(import_id)}"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE kept_refusals AS SELECT r.contact_id, r.channel, max(r.consent_date) AS"
        " consent_date, max(r.consent_source) AS consent_source, max(r.proof) AS proof"
        f" FROM {contact_rows(session, 'consents')} r SEMI JOIN ({stake}) USING (contact_id, channel)"
        " WHERE r.state = 'no' GROUP BY ALL"
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE kept_identifiers AS SELECT DISTINCT contact_id, identifier"
        f" FROM {identified(session)} SEMI JOIN kept_refusals USING (contact_id) WHERE identifier IS NOT NULL"
    )
    return int(session.scalar(Statement("SELECT count(DISTINCT contact_id) FROM kept_refusals")))


def write_refusals(session: Session, of: Import, *, author: str = "") -> int:
    """Write what ``note_refusals`` remembered once import ``of`` is undone; the number of the import made.

    Who has no address nor number and leaves the base cannot be known again: nothing is kept of them. What was
    touched stays in ``kept_contacts``.
    """
    import_id = next_import_id(session)
    session.sql(
        "INSERT INTO import_consents SELECT ?, row_number() OVER (ORDER BY contact_id, channel), contact_id,"
        " channel, 'no', consent_date, consent_source, proof FROM kept_refusals"
        " SEMI JOIN (FROM contacts WHERE live) USING (contact_id)",
        import_id,
    )
    session.sql(
        "INSERT INTO oppositions SELECT DISTINCT hashed(i.identifier), r.channel, ?, now()::TIMESTAMP, ?, ?"
        " FROM kept_refusals r JOIN kept_identifiers i USING (contact_id) ANTI JOIN (FROM contacts WHERE"
        f" live) USING (contact_id) WHERE {_FITS}",
        *(REASON, import_id, author),
    )
    counted = "SELECT count(DISTINCT contact_id) FROM kept_refusals"
    people = int(session.scalar(Statement(counted)))
    record_import(
        session,
        Import(
            import_id, "edit", file_name=of.file_name, author=author, rows_read=people, rows_loaded=people,
            updated_rows=people, notes={"what": "refusals", "of": of.import_id},
        ),
    )  # fmt: skip
    note_touched(session, import_id, prefix=PREFIX)
    refold_touched(session, prefix=PREFIX)
    return import_id


_FITS: Final = (
    "(contains(i.identifier, '@') = (r.channel IN ('email', 'post')) OR NOT EXISTS (SELECT 1 FROM"
    " kept_identifiers o WHERE o.contact_id = i.contact_id AND contains(o.identifier, '@') ="
    " (r.channel IN ('email', 'post'))))"
)
"""An address closes e-mail and post, a number calls and texts; each closes all when it is alone."""


def _at_stake(session: Session) -> str:
    """SQL: import_id, contact_id and channel of each refusal that undoing that import takes back."""
    refused = f"(SELECT DISTINCT contact_id, channel, import_id FROM {contact_rows(session, 'consents')}"
    refused += " WHERE state = 'no')"
    said = (
        "SELECT any_value(import_id) AS import_id, contact_id, channel FROM refused"
        " GROUP BY contact_id, channel HAVING count(*) = 1"
    )
    brought = (
        f"SELECT contact_id, any_value(import_id) AS import_id FROM {contact_rows(session, 'contacts')}"
        " SEMI JOIN refused USING (contact_id) GROUP BY contact_id HAVING count(DISTINCT import_id) = 1"
    )
    gone = f"SELECT b.import_id, contact_id, r.channel FROM refused r JOIN ({brought}) b USING (contact_id)"
    known = f"WITH refused AS {refused}, stake AS ({said} UNION {gone})"
    if not session.scalar(Statement("SELECT count(*) FROM oppositions")):
        return f"{known} FROM stake"
    named = f"(FROM {identified(session)} SEMI JOIN refused USING (contact_id))"
    opposed = (
        "SELECT p.contact_id, o.channel, o.import_id AS said_by FROM oppositions o"
        f" JOIN {named} p ON o.identifier_hash = hashed(p.identifier)"
    )
    return (
        f"{known}, opposed AS ({opposed}) SELECT s.* FROM stake s WHERE NOT EXISTS (FROM opposed o WHERE"
        " o.contact_id = s.contact_id AND o.channel = s.channel AND o.said_by IS DISTINCT FROM s.import_id)"
    )
