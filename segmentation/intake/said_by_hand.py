"""What a person says of people by hand: what they agree to, and the groups they are no longer in.

Each is an import, undone as any other. A refusal wins over every agreement, whenever it was said: an
agreement typed after it is not taken; only undoing the import that said no takes a refusal back.
"""

from __future__ import annotations

from dataclasses import replace

from segmentation.errors import InputError
from segmentation.intake.by_hand import Written, group_name, record_edit, write_consent
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.store.imports import next_import_id
from segmentation.store.session import Session, quoted

STATES = ("yes", "customer", "professional", "no")
"""What can be said by hand; *unknown* is what nobody said."""
_LONGEST = 200


def say_consent(session: Session, contact_id: int, answer: ConsentAnswer, *, author: str = "") -> Written:
    """What a living contact agrees to or refuses on ``answer.channels``, inside a writing transaction.

    Raises InputError ``error.contact.unknown``, ``error.contact.consent`` (a state that cannot be said) and
    ``error.contact.opposed`` (with ``channel``): who refused a channel is not written to again on it.
    """
    if not session.sql("SELECT 1 FROM contacts WHERE live AND contact_id = ?", contact_id).rows:
        raise InputError("error.contact.unknown", name=str(contact_id))
    if answer.state not in STATES or not answer.channels:
        raise InputError("error.contact.consent", state=answer.state)
    known = dict(session.sql("SELECT channel, state FROM consents WHERE contact_id = ?", contact_id).rows)
    for channel in answer.channels:
        if known.get(channel) == "no" and answer.state != "no":
            raise InputError("error.contact.opposed", channel=channel)
    import_id = next_import_id(session)
    source = (answer.source or "").strip()[:_LONGEST] or ("optout" if answer.state == "no" else "form")
    proof = (answer.proof or "").strip()[:_LONGEST] or None
    write_consent(session, import_id, contact_id, replace(answer, source=source, proof=proof))
    record_edit(session, import_id, author, updated=1, what="consent", channels=list(answer.channels))
    return Written(import_id, 1, contact_id)


def untag_contacts(session: Session, people: str, name: str, *, author: str = "") -> Written:
    """Take the contacts of a temporary table ``people(contact_id)`` out of a group, in a writing transaction.

    A later import that names the group for them puts them back. Raises InputError ``error.contact.group`` for
    an empty name, ``error.contact.untagged`` when none of them is in it.
    """
    said = group_name(name)
    inside = (
        f"SELECT contact_id, name__key FROM memberships SEMI JOIN {quoted(people)} USING (contact_id)"
        " WHERE name__key = fold_text(?)"
    )
    count = int(session.scalar(Statement(f"SELECT count(*) FROM ({inside})", (said,))))
    if not count:
        raise InputError("error.contact.untagged", name=said)
    import_id = next_import_id(session)
    session.sql(
        "INSERT INTO import_cleared SELECT ?, row_number() OVER (ORDER BY contact_id), contact_id,"
        f" 'group:' || name__key FROM ({inside})",
        *(import_id, said),
    )
    record_edit(session, import_id, author, updated=count, what="untag", group=said)
    return Written(import_id, count)
