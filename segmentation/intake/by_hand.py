"""What a person writes themselves: a new contact, other values, a group for many; each is an import.

The values go through the cleaning of files, so that a phone typed by hand reads as one from a file. A value
that cannot be read is refused at once: the person is there to type it again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from segmentation.criteria.fields import canonical_fields
from segmentation.errors import InputError
from segmentation.intake.clean.cleaning import clean_columns
from segmentation.intake.clean.columns import Column
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.countries import as_kept
from segmentation.intake.clean.join_back import join_back
from segmentation.intake.clean.titles import tongue_of
from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.rows import contact_fields
from segmentation.results import Statement
from segmentation.store.cleared import write_cleared
from segmentation.store.hollow import fill_in
from segmentation.store.imports import Import, next_import_id, record_import, take_contact_ids
from segmentation.store.schema import STORAGE, stored_fields
from segmentation.store.session import Session, quoted
from segmentation.store.settings import read_settings
from segmentation.store.user_columns import read_user_columns

KIND: Final = "edit"
"""The kind of import that a hand makes."""
LONGEST: Final = 2_000
"""Characters of one value; more was not typed by a person."""
_POSSIBLE: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_NAMES: Final = ("first_name", "last_name", "full_name", "company_name", "email", "phone", "mobile")


@dataclass(frozen=True, slots=True)
class Written:
    """An edit whose rows are in; its fold is still to be done (``store.touched``)."""

    import_id: int
    contacts: int
    contact_id: int | None = None


def add_contact(
    session: Session,
    values: Mapping[str, str],
    *,
    consent: ConsentAnswer | None = None,
    groups: Sequence[str] = (),
    author: str = "",
) -> Written:
    """A new contact, inside a writing transaction; ``values`` are texts by field code.

    Raises InputError: ``error.contact.nobody`` without a name or a way to reach them, ``error.contact.value``
    for a value that cannot be read, ``error.contact.known`` (with ``contact``) when a contact of the same
    e-mail or number, and no other first name, is there already.
    """
    given = _as_kept(session, _given(values))
    if not any(given.get(code) for code in _NAMES):
        raise InputError("error.contact.nobody")
    _clean(session, given, country=None)
    _refuse_known(session, given)
    import_id, contact_id = next_import_id(session), take_contact_ids(session, 1)
    _write_row(session, given, import_id, contact_id)
    if consent is not None and consent.state != "unknown":
        write_consent(session, import_id, contact_id, consent)
    for name in groups:
        sql = "INSERT INTO import_memberships (import_id, row_number, contact_id, name) VALUES (?, 1, ?, ?)"
        session.sql(sql, import_id, contact_id, group_name(name))
    record_edit(session, import_id, author, new=1, what="add")
    return Written(import_id, 1, contact_id)


def edit_contact(
    session: Session, contact_id: int, values: Mapping[str, str | None], *, author: str = ""
) -> Written:
    """Other values for a living contact, inside a writing transaction; an empty one empties the field.

    Raises InputError ``error.contact.unknown``, ``error.contact.value``, ``error.contact.unchanged``.
    """
    row = session.sql("SELECT country FROM contacts WHERE live AND contact_id = ?", contact_id).rows
    if not row:
        raise InputError("error.contact.unknown", name=str(contact_id))
    given = _given({code: value for code, value in values.items() if value and value.strip()})
    given = _as_kept(session, given)
    emptied = [code for code, value in values.items() if not (value or "").strip()]
    emptied = [code for code in _with_its_number(session, contact_id, emptied) if code in _known(session)]
    if not given and not emptied:
        raise InputError("error.contact.unchanged")
    import_id = next_import_id(session)
    if given:
        _clean(session, given, country=None if "country" in given else row[0][0])
    else:
        session.sql("CREATE OR REPLACE TEMP TABLE clean AS SELECT 1 AS row_number")
    _write_row(session, given, import_id, contact_id)
    write_cleared(session, import_id, contact_id, emptied)
    record_edit(session, import_id, author, updated=1, what="edit", fields=[*given, *emptied])
    return Written(import_id, 1, contact_id)


def tag_contacts(
    session: Session, people: str, name: str, *, author: str = "", origin: str | None = None
) -> Written:
    """Put the contacts of a temporary table ``people(contact_id)`` in a group, inside a writing transaction.

    ``origin`` is the rule that asks for it (``joining.JoinRule.origin``), None for a person.

    Raises InputError ``error.contact.group`` for an empty name, ``error.contact.tagged`` when all of them are
    in it already, or nobody was asked for.
    """
    said = group_name(name)
    rest = (
        f"SELECT DISTINCT contact_id FROM {quoted(people)} SEMI JOIN (FROM contacts WHERE live)"
        " USING (contact_id) WHERE contact_id NOT IN (SELECT contact_id FROM memberships"
        " WHERE name__key = fold_text(?))"
    )
    count = int(session.scalar(Statement(f"SELECT count(*) FROM ({rest})", (said,))))
    if not count:
        raise InputError("error.contact.tagged", name=said)
    import_id = next_import_id(session)
    session.sql(
        "INSERT INTO import_memberships SELECT ?, row_number() OVER (ORDER BY contact_id), contact_id, ?, ?"
        f" FROM ({rest})",
        *(import_id, said, origin, said),
    )
    record_edit(session, import_id, author, updated=count, what="tag", group=said)
    return Written(import_id, count)


def correct_emails(session: Session, addresses: Mapping[int, str], *, author: str = "") -> Written:
    """Other e-mail addresses for living contacts, one import for all, inside a writing transaction.

    Addresses that cannot be, and contacts that have that address already, are left out. Raises InputError
    ``error.contact.unchanged`` when nothing is left.
    """
    said = {contact: address.strip().lower() for contact, address in addresses.items()}
    possible = {contact: address for contact, address in said.items() if _POSSIBLE.fullmatch(address)}
    return _correct(session, "email", possible, author=author, email_valid=True)


def correct_towns(session: Session, towns: Mapping[int, str], *, author: str = "") -> Written:
    """Other towns for living contacts, on the same terms as ``correct_emails``."""
    said = {contact: town.strip() for contact, town in towns.items() if town.strip()}
    return _correct(session, "city", said, author=author)


def _correct(
    session: Session, field: str, values: Mapping[int, str], *, author: str, **beside: object
) -> Written:
    """One field of many contacts, with the same values ``beside`` it for all."""
    import_id, written = next_import_id(session), 0
    names = (field, *beside)
    fill_in(session, "import_contacts", names)
    listed, asked = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
    for contact, said in sorted(values.items()):
        sql = f"SELECT {quoted(field)} FROM contacts WHERE live AND contact_id = ?"
        before = session.sql(sql, contact).rows
        if before and before[0][0] != said:
            written += 1
            session.sql(
                f"INSERT INTO import_contacts (import_id, row_number, contact_id, {listed})"
                f" VALUES (?, ?, ?, {asked})",
                *(import_id, written, contact, said, *beside.values()),
            )
    if not written:
        raise InputError("error.contact.unchanged")
    record_edit(session, import_id, author, updated=written, what="correct", fields=[field])
    return Written(import_id, written)


def write_consent(session: Session, import_id: int, contact_id: int, said: ConsentAnswer) -> None:
    """What one contact says of each of ``said.channels``, as the first row of an import."""
    for channel in said.channels:
        session.sql(
            "INSERT INTO import_consents VALUES (?, 1, ?, ?, ?, ?, ?, ?)",
            *(import_id, contact_id, channel, said.state, said.date, said.source, said.proof),
        )


def group_name(group: str) -> str:
    """A group as it is called, its spaces tidied. Raises InputError ``error.contact.group``."""
    said = " ".join(group.split())[:100]
    if not said:
        raise InputError("error.contact.group")
    return said


def _given(values: Mapping[str, str]) -> dict[str, str]:
    """The values that are not blank, each cut to what a person types."""
    return {code: value.strip()[:LONGEST] for code, value in values.items() if value.strip()}


def _as_kept(session: Session, given: dict[str, str]) -> dict[str, str]:
    """The same, a country under the name that most contacts of the base have it."""
    if "country" not in given:
        return given
    found = session.sql(
        "SELECT country, count(*) AS n FROM contacts WHERE live GROUP BY 1 ORDER BY n DESC, 1"
    )
    return {**given, "country": as_kept(given["country"], [str(name) for name, _ in found.rows if name])}


def _known(session: Session) -> dict[str, str]:
    """The fields a hand may write: type by code, the user's own columns included."""
    stored = stored_fields("contacts")
    fields = {field.key: field.type for field in canonical_fields()["contacts"] if field.key in stored}
    own = {column.code: column.type for column in read_user_columns(session, "contacts")}
    return {**fields, **own, "sms_number": "phone"}


def _clean(session: Session, given: Mapping[str, str], *, country: str | None) -> None:
    """Make ``clean``, one row of the clean values; ``country`` is the contact's own, for their number."""
    stored, types = stored_fields("contacts"), _known(session)
    staged = {**given, **({"country": country} if country else {})}
    columns = []
    for place, code in enumerate(staged):
        if code not in types:
            raise InputError("error.contact.value", field=code, value=staged[code])
        name = f"contacts.{code}" if code in stored else f"own.{code}"
        storage = stored.get(code, STORAGE[types[code]])
        columns.append(Column(f"h{place:03d}", code, name, types[code], storage, "dmy"))
    named = ", ".join(f"? AS {column.source}" for column in columns)
    session.sql(f"CREATE OR REPLACE TEMP TABLE staged AS SELECT 1 AS _row, {named}", *staged.values())
    zone, tongue = read_settings(session).timezone, _tongue(session) if "civility" in given else "fr"
    context = Context("", "text", timezone=zone, today=date.today(), tongue=tongue)
    cleaned = clean_columns(session, columns, context, frozenset(), lambda _share: None)
    where = next((column for column in columns if column.name == "contacts.country"), None)
    session.sql(f"CREATE OR REPLACE TEMP TABLE clean AS {join_back(cleaned, where)}")
    for column in columns:
        if session.scalar(Statement(f"SELECT {quoted(column.name)} IS NULL FROM clean")):
            raise InputError("error.contact.value", field=column.header, value=staged[column.header])


def _tongue(session: Session) -> str:
    """The language that the titles of the base are in, for a « Mr » typed by hand."""
    sql = "SELECT civility, count(*) FROM contacts WHERE live AND civility IS NOT NULL GROUP BY ALL"
    titles = {str(title): int(count) for title, count in session.sql(sql).rows}
    return tongue_of(titles, "en" if "Mr" in titles else "fr")


def _write_row(session: Session, given: Mapping[str, str], import_id: int, contact_id: int) -> None:
    stored = stored_fields("contacts")
    parts = contact_fields([f"contacts.{code}" for code in given])
    own = {code: f"c.{quoted(f'own.{code}')}" for code in given if code not in stored}
    listed = "".join(f", {sql} AS {quoted(code)}" for code, sql in {**parts, **own}.items())
    fill_in(session, "import_contacts", {**parts, **own})
    session.sql(
        f"INSERT INTO import_contacts BY NAME SELECT ? AS import_id, 1 AS row_number, ? AS contact_id{listed}"
        " FROM clean c",
        *(import_id, contact_id),
    )


def _refuse_known(session: Session, given: Mapping[str, str]) -> None:
    """The same e-mail or number, and no other first name: the person is in the base already."""
    said = {
        code: session.scalar(Statement(f"SELECT {quoted(f'contacts.{code}')} FROM clean"))
        for code in ("email", "mobile", "phone", "first_name")
        if code in given
    }
    for code in ("email", "mobile", "phone"):
        if code in said:
            sql = (
                "SELECT contact_id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_name,"
                f" company_name, email) FROM contacts WHERE live AND {code} = ? AND (first_name__key IS NULL"
                " OR ?::VARCHAR IS NULL OR first_name__key = fold_text(?)) ORDER BY contact_id LIMIT 1"
            )
            found = session.sql(sql, said[code], said.get("first_name"), said.get("first_name")).rows
            if found:
                raise InputError("error.contact.known", contact=found[0][0], name=found[0][1] or said[code])


def _with_its_number(session: Session, contact_id: int, emptied: Sequence[str]) -> list[str]:
    """A number that goes takes with it the number text messages went to, when it is that one."""
    gone = [code for code in emptied if code in ("mobile", "phone")]
    same = " OR ".join(f"sms_number = {code}" for code in gone)
    if gone and session.scalar(Statement(f"SELECT {same} FROM contacts WHERE contact_id = ?", (contact_id,))):
        return [*emptied, "sms_number"]
    return list(emptied)


def record_edit(
    session: Session, import_id: int, author: str, *, new: int = 0, updated: int = 0, **notes: object
) -> None:
    """Write an edit in the history, inside its transaction; ``notes`` say what it was, never a value."""
    rows = new + updated
    record_import(
        session,
        Import(
            import_id, KIND, author=author, rows_read=rows, rows_loaded=rows, new_rows=new,
            updated_rows=updated, notes=notes,
        ),
    )  # fmt: skip
