"""Addresses whose domain is probably a slip of the keyboard, each with the address that was meant."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.reference.email_domains import suggestion
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

COLUMNS = (
    Column("contact", "report.quality.contact", "integer"),
    Column("name", "report.quality.name"),
    Column("email", "field.email", "email"),
    Column("meant", "report.after_import.meant", "email"),
)


def email_slips(session: Session, catalogue: Catalogue) -> Report:
    """Among the audience: figure ``addresses``; sheet ``slips`` (contact, name, address, the one meant).

    A proposal: known slips, and domains in no list one key away from a large mailbox.
    """
    domains = session.run(
        Statement(
            "SELECT DISTINCT lower(split_part(email, '@', 2)) FROM contacts SEMI JOIN audience"
            " USING (contact_id) WHERE email IS NOT NULL"
        )
    ).rows
    meant = {str(domain): better for (domain,) in domains if (better := suggestion(str(domain)))}
    sql = (
        "SELECT contact_id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_name,"
        " company_name, ''), email FROM contacts SEMI JOIN audience USING (contact_id)"
        " WHERE lower(split_part(email, '@', 2)) IN (SELECT unnest(?)) ORDER BY contact_id"
    )
    rows: list[tuple[Value, ...]] = [
        (
            contact,
            name,
            email,
            f"{str(email).rpartition('@')[0]}@{meant[str(email).rpartition('@')[2].lower()]}",
        )
        for contact, name, email in session.run(Statement(sql, (list(meant),))).rows
    ]
    return Report("email_slips", {"addresses": len(rows)}, {"slips": Sheet("slips", COLUMNS, rows)})
