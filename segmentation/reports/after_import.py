"""What an import leaves to look at: addresses to correct, each with its likely repair, and probable twins."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.reference.email_domains import suggestion
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits.email_check import EMAIL_CHECK

MOST = 100
"""Rows of a sheet; the figures count everything."""
_MANY = 20_000
"""Wrong addresses looked at for a repair; a file with more has another problem."""
EMAILS = (
    Column("who", "report.after_import.who"),
    Column("email", "field.email"),
    Column("meant", "report.after_import.meant"),
)
TWINS = (
    Column("who", "report.after_import.who"),
    Column("email", "field.email"),
    Column("phone", "field.phone"),
    Column("city", "field.city"),
    Column("other_email", "report.after_import.other_email"),
    Column("other_phone", "report.after_import.other_phone"),
    Column("other_city", "report.after_import.other_city"),
)


def after_import(session: Session, catalogue: Catalogue, *, import_id: int, most: int = MOST) -> Report:
    """About the living people of the audience (``audience(contact_id)``) that one import speaks of.

    figures: ``people``, ``emails`` (addresses to correct), ``twins`` (pairs of contacts with the same first
    and last name, one of them at least brought by the import as a new contact).
    sheets: ``emails`` (who, address, what was probably meant: a proposal, nothing is changed), ``twins``
    (name, then what each of the two says), at most ``most`` rows each.
    """
    session.sql(
        "CREATE OR REPLACE TEMP TABLE brought AS SELECT contact_id FROM audience"
        " SEMI JOIN (SELECT contact_id FROM import_contacts WHERE import_id = ?) USING (contact_id)",
        import_id,
    )
    emails, twins = _emails(session), _twins(session, import_id)
    figures: dict[str, Value] = {
        "people": session.scalar(Statement("SELECT count(*) FROM brought")),
        "emails": len(emails),
        "twins": len(twins),
    }
    sheets = {
        "emails": Sheet("report.after_import.emails", EMAILS, emails[:most]),
        "twins": Sheet("report.after_import.twins", TWINS, twins[:most]),
    }
    return Report("after_import", figures, sheets)


def _name(side: str) -> str:
    return (
        f"coalesce(nullif(concat_ws(' ', {side}.first_name, {side}.last_name), ''), {side}.full_name,"
        f" {side}.company_name, {side}.email)"
    )


def _emails(session: Session) -> list[tuple[Value, ...]]:
    """Who cannot be written to, the repairable first, in the order of the base."""
    check = EMAIL_CHECK.fields[0].expression
    sql = (
        f"SELECT {_name('r')}, r.email FROM contacts r SEMI JOIN brought USING (contact_id)"
        f" WHERE {check} IN ('slip', 'impossible') ORDER BY r.contact_id LIMIT {_MANY}"
    )
    rows = [(who, email, meant(str(email))) for who, email in session.run(Statement(sql)).rows]
    return sorted(rows, key=lambda row: row[2] is None)


def meant(email: str) -> str | None:
    """The address that was probably meant: the same mailbox at the domain probably meant."""
    box, at, domain = email.rpartition("@")
    better = suggestion(domain) if at else None
    return f"{box}@{better}" if better else None


def _twins(session: Session, import_id: int) -> list[tuple[Value, ...]]:
    """Pairs of the same name, the new contact first; a name many people bear is no sign of one person."""
    sql = f"""
        WITH named AS (
            SELECT *, count(*) OVER (PARTITION BY first_name__key, last_name__key) AS bearers FROM contacts
            WHERE live AND first_name__key IS NOT NULL AND last_name__key IS NOT NULL
        )
        SELECT {_name("a")}, a.email, coalesce(a.mobile, a.phone), a.city,
            b.email, coalesce(b.mobile, b.phone), b.city
        FROM named a JOIN named b ON b.first_name__key = a.first_name__key
            AND b.last_name__key = a.last_name__key AND b.contact_id <> a.contact_id
        WHERE a.contact_id IN (SELECT contact_id FROM brought) AND a.first_import = ?
            AND a.bearers BETWEEN 2 AND 5 AND (b.first_import <> ? OR b.contact_id < a.contact_id)
        ORDER BY a.contact_id, b.contact_id LIMIT {_MANY}"""
    return list(session.run(Statement(sql, (import_id, import_id))).rows)
