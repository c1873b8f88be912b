"""Edits by hand on an open base: written, folded and derived in one transaction; undone as any import is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from segmentation.intake import by_hand
from segmentation.intake.by_hand import Written
from segmentation.intake.plan import ConsentAnswer
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
    return _kept(
        base,
        lambda session: by_hand.add_contact(
            session, values, consent=consent, groups=groups, author=base.author
        ),
    )


def edit(base: OpenBase, contact_id: int, values: Mapping[str, str | None]) -> Written:
    """Other values for a contact; None or a blank empties a field (``by_hand.edit_contact``)."""
    return _kept(base, lambda session: by_hand.edit_contact(session, contact_id, values, author=base.author))


def tag(base: OpenBase, people: Iterable[int], name: str) -> Written:
    """Put people in a group (``by_hand.tag_contacts``)."""
    table = pa.table({"contact_id": pa.array([int(number) for number in people], pa.int32())})

    def written(session: Session) -> Written:
        session.register("tagged_people", table)
        try:
            return by_hand.tag_contacts(session, "tagged_people", name, author=base.author)
        finally:
            session.unregister("tagged_people")

    return _kept(base, written)


def _kept(base: OpenBase, write: Callable[[Session], Written]) -> Written:
    with base.database.session() as session, session.transaction(write=True):
        written = write(session)
        note_touched(session, written.import_id, prefix="touched")
        refold_touched(session, prefix="touched")
        refresh(session, "touched_contacts", read_settings(session).as_of or date.today())
        session.bump()
    return written
