"""What an import leaves to look at: addresses to correct, each with its likely repair."""

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


def after_import(session: Session, catalogue: Catalogue, *, import_id: int, most: int = MOST) -> Report:
    """About the living people of the audience (``audience(contact_id)``) that one import speaks of.

    figures: ``people``, ``emails`` (addresses to correct). sheet ``emails``: who, address, what was probably
    meant (a proposal, nothing is changed), at most ``most`` rows. Its duplicates: ``reports.duplicates``.
    """
    session.sql(
        "CREATE OR REPLACE TEMP TABLE brought AS SELECT contact_id FROM audience"
        " SEMI JOIN (SELECT contact_id FROM import_contacts WHERE import_id = ?) USING (contact_id)",
        import_id,
    )
    emails = _emails(session)
    figures: dict[str, Value] = {
        "people": session.scalar(Statement("SELECT count(*) FROM brought")),
        "emails": len(emails),
    }
    sheets = {
        "emails": Sheet("report.after_import.emails", EMAILS, emails[:most]),
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
