"""A person met at the counter: what they said of themselves comes in as a file of one row, with its proof.

So it is cleaned, matched with who is known already, put in groups by the rules of the base, and undone as any
import. What they agreed to is dated today, with the form and the sentence they were shown.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from segmentation.errors import InputError
from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.read import ReadOptions
from segmentation.intake.report import ImportReport

if TYPE_CHECKING:
    from segmentation.workspace.workspace import Workspace

SOURCE: Final = "comptoir"
"""The source of what is entered at the counter."""
_NAMES: Final = ("first_name", "last_name", "company_name", "email", "mobile")
LONGEST: Final = 2_000


def enter(
    base: Workspace,
    values: Mapping[str, str],
    *,
    agreed: Sequence[str] = (),
    form: str,
    proof: str = "",
) -> ImportReport:
    """Bring one person in; ``values`` are texts by field code, ``agreed`` the channels they said yes to.

    ``form`` names the form, kept as the file's name and the source of the agreement; ``proof`` is the
    sentence shown. Raises InputError ``error.contact.nobody``, ``error.contact.value``.
    """
    given = {code: " ".join(value.split())[:LONGEST] for code, value in values.items() if value.strip()}
    if not any(given.get(code) for code in _NAMES):
        raise InputError("error.contact.nobody")
    path = base.database.workdir / f"counter-{uuid4().hex}.csv"
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(given)
            writer.writerow(given.values())
        options = ReadOptions(encoding="utf-8", delimiter=",", quote='"', header_row=1)
        table = base.read(path, form, options)
        known = {code: f"contacts.{code}" for code in given}
        recognition = base.recognise(table, kind="contacts", known=known)
        answer = ConsentAnswer("yes", date.today(), form, proof or None, tuple(agreed)) if agreed else None
        request = base.request(
            table, recognition, source=SOURCE, consent=answer, date_orders=_day_first(given)
        )
        with base.prepare(request) as prepared:
            for cell in prepared.preview.unread:
                field = cell.field.partition(".")[2]
                raise InputError("error.contact.value", field=field, value=given.get(field, cell.example))
            if prepared.preview.rejected:
                raise InputError("error.contact.nobody")
            return base.commit(prepared)
    finally:
        path.unlink(missing_ok=True)


def _day_first(given: Mapping[str, str]) -> dict[int, str]:
    """Dates typed at a counter have the day first."""
    return {place: "dmy" for place, code in enumerate(given) if code.endswith("_date")}
