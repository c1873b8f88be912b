"""A person met at the counter: what they said of themselves comes in as a file of one row, with its proof.

So it is cleaned, matched with who is known already, put in groups by the rules of the base, and undone as any
import. What they agreed to is dated today, with the form and the sentence they were shown: it is theirs
alone, no later file takes it up.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from segmentation.errors import InputError
from segmentation.intake.load import Prepared
from segmentation.intake.plan import COUNTER, ConsentAnswer
from segmentation.intake.read import ReadOptions
from segmentation.intake.report import ImportReport
from segmentation.results import Statement

if TYPE_CHECKING:
    from segmentation.workspace.workspace import Workspace

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
    staged = [path]
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(given)
            writer.writerow(given.values())
        options = ReadOptions(encoding="utf-8", delimiter=",", quote='"', header_row=1)
        table = base.read(path, form, options)
        staged.append(table.path)
        known = {code: f"contacts.{code}" for code in given}
        recognition = base.recognise(table, kind="contacts", known=known)
        answer = ConsentAnswer("yes", date.today(), form, proof or None, tuple(agreed)) if agreed else None
        request = base.request(
            table, recognition, source=COUNTER, consent=answer, date_orders=_day_first(given)
        )
        with base.prepare(request) as prepared:
            _verify(prepared, given)
            return base.commit(prepared)
    finally:
        for file in staged:
            file.unlink(missing_ok=True)


def still_refused(base: Workspace, import_id: int, agreed: Sequence[str]) -> tuple[str, ...]:
    """The channels among ``agreed`` that the person of that import refused: a yes lifts no refusal."""
    sql = (
        "SELECT DISTINCT channel FROM consents SEMI JOIN"
        " (SELECT contact_id FROM import_contacts WHERE import_id = ?) USING (contact_id) WHERE state = 'no'"
    )
    refused = {row[0] for row in base.database.run(Statement(sql, (import_id,))).rows}
    return tuple(channel for channel in agreed if channel in refused)


def _verify(prepared: Prepared, given: Mapping[str, str]) -> None:
    """What was typed can be read, an e-mail is an address, and somebody is left. Raises InputError."""
    for cell in prepared.preview.unread:
        field = cell.field.partition(".")[2]
        raise InputError("error.contact.value", field=field, value=given.get(field, cell.example))
    if prepared.preview.rejected:
        raise InputError("error.contact.nobody")
    wrong = "SELECT count(*) FROM out_contacts WHERE email IS NOT NULL AND NOT email_valid"
    if "email" in given and prepared.session.scalar(Statement(wrong)):
        raise InputError("error.contact.value", field="email", value=given["email"])


def _day_first(given: Mapping[str, str]) -> dict[int, str]:
    """Dates typed at a counter have the day first."""
    return {place: "dmy" for place, code in enumerate(given) if code.endswith("_date")}
