"""Everything held of one person leaves the base as a workbook, and the journal says so, without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from segmentation.i18n import Words
from segmentation.lists.held import Held, write_held
from segmentation.reports.contact import contact, rows_of_files
from segmentation.results import Statement
from segmentation.store.journal import EXPORT_PEOPLE, write_entry

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase

_EVERY = 1_000_000_000
_LISTS = (
    "SELECT e.created_at, coalesce(e.name, ''), e.channel, e.file_name FROM exports AS e SEMI JOIN"
    f" (FROM {EXPORT_PEOPLE} WHERE contact_id = ? AND NOT coalesce(control, FALSE)) AS p"
    " ON p.export_id = e.export_id ORDER BY e.export_id"
)


def export_held(base: OpenBase, out: BinaryIO, contact_id: int, w: Words) -> None:
    """Write the workbook of a living contact to ``out``. Raises InputError ``error.contact.unknown``."""
    catalogue, evaluator = base.catalogue, base.evaluator
    with base.audience() as session:
        report = contact(session, catalogue, contact=contact_id, latest=_EVERY)
        number = int(str(report.figures["contact"]))
        rows = rows_of_files(session, number)
        lists = session.run(Statement(_LISTS, (number,))).rows
    inside = [one.key for one in evaluator.standings(number) if one.inside]
    held = Held(report, rows, [catalogue.segment_names[key] for key in inside], lists)
    write_held(out, held, catalogue, w)
    with base.database.session() as session, session.transaction(write=True):
        write_entry(session, "held", base.author, {"contact_id": number})
