"""Edits by hand on an open base: written, folded and derived in one transaction; undone as any import is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from segmentation.intake import by_hand, merging, said_by_hand
from segmentation.intake.by_hand import Written
from segmentation.intake.plan import ConsentAnswer
from segmentation.store.erasure import TOUCHED, Erased, erase_contact, kept_by
from segmentation.store.session import Session
from segmentation.store.settings import read_settings
from segmentation.store.touched import note_touched, refold_touched
from segmentation.workspace.derived import refresh

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase


def add(
    base: OpenBase,
    values: Mapping[str, str],
    *,
    consent: ConsentAnswer | None = None,
    groups: Sequence[str] = (),
) -> Written:
    """A new contact from texts by field code (``by_hand.add_contact``)."""
    return kept(
        base,
        lambda session: by_hand.add_contact(
            session, values, consent=consent, groups=groups, author=base.author
        ),
    )


def edit(base: OpenBase, contact_id: int, values: Mapping[str, str | None]) -> Written:
    """Other values for a contact; None or a blank empties a field (``by_hand.edit_contact``)."""
    return kept(base, lambda session: by_hand.edit_contact(session, contact_id, values, author=base.author))


def tag(base: OpenBase, people: Iterable[int], name: str) -> Written:
    """Put people in a group (``by_hand.tag_contacts``)."""

    def written(session: Session) -> Written:
        with registered(session, people) as table:
            return by_hand.tag_contacts(session, table, name, author=base.author)

    return kept(base, written)


def untag(base: OpenBase, people: Iterable[int], name: str) -> Written:
    """Take people out of a group (``said_by_hand.untag_contacts``)."""

    def written(session: Session) -> Written:
        with registered(session, people) as table:
            return said_by_hand.untag_contacts(session, table, name, author=base.author)

    return kept(base, written)


def say_consent(base: OpenBase, contact_id: int, answer: ConsentAnswer) -> Written:
    """What a contact agrees to or refuses (``said_by_hand.say_consent``)."""
    return kept(
        base, lambda session: said_by_hand.say_consent(session, contact_id, answer, author=base.author)
    )


def erase(base: OpenBase, contact_id: int, *, forever: bool = True) -> Erased:
    """Erase a person for good (``store.erasure``): no undo brings them back, and the log beside the file is
    emptied, unless someone writes at that very moment."""
    with base.database.session() as session, session.transaction(write=True):
        done = erase_contact(session, contact_id, forever=forever, author=base.author)
        refresh(session, f"{TOUCHED}_contacts", read_settings(session).as_of or date.today())
    base.database.settled()
    return done


def erased_by(base: OpenBase, contact_id: int) -> str:
    """What an erasure would keep the person's refusals by (``store.erasure.kept_by``)."""
    with base.database.session() as session, session.transaction(write=False):
        return kept_by(session, contact_id)


@contextmanager
def registered(session: Session, people: Iterable[int]) -> Iterator[str]:
    """The name of a table ``(contact_id)`` of these people, while the block lasts."""
    table = pa.table({"contact_id": pa.array([int(number) for number in people], pa.int32())})
    session.register("tagged_people", table)
    try:
        yield "tagged_people"
    finally:
        session.unregister("tagged_people")


def merge(
    base: OpenBase, groups: Sequence[Sequence[int]], chosen: Mapping[str, int] | None = None
) -> Written:
    """Make one contact of each group (``merging.merge_contacts``)."""
    return kept(
        base, lambda session: merging.merge_contacts(session, groups, chosen=chosen, author=base.author)
    )


def tell_apart(base: OpenBase, ids: Sequence[int], *, apart: bool = True) -> None:
    """Remember that these contacts are different people, or that nobody knows any more."""
    with base.database.session() as session, session.transaction(write=True):
        if apart:
            merging.tell_apart(session, ids, author=base.author)
        else:
            merging.forget_apart(session, ids)
        session.bump()


def correct_emails(base: OpenBase, addresses: Mapping[int, str]) -> Written:
    """Other e-mail addresses for many, as one import (``by_hand.correct_emails``)."""
    return kept(base, lambda session: by_hand.correct_emails(session, addresses, author=base.author))


def correct_towns(base: OpenBase, towns: Mapping[int, str]) -> Written:
    """Other towns for many, as one import (``by_hand.correct_towns``)."""
    return kept(base, lambda session: by_hand.correct_towns(session, towns, author=base.author))


def kept(base: OpenBase, write: Callable[[Session], Written]) -> Written:
    """What ``write`` writes, folded and derived, in one transaction."""
    with base.database.session() as session, session.transaction(write=True):
        written = write(session)
        note_touched(session, written.import_id, prefix="touched")
        refold_touched(session, prefix="touched")
        refresh(session, "touched_contacts", read_settings(session).as_of or date.today())
        session.bump()
    return written
