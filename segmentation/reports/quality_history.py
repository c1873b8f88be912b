"""The quality of a base by source, and from import to import: how full it was after each, how many wrong
addresses it held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from segmentation.results import Column, Statement, Value
from segmentation.store.fold import contact_rows
from segmentation.store.session import Session
from segmentation.traits.email_check import EMAIL_CHECK

SOURCES = (
    Column("source", "report.quality.source"),
    Column("contacts", "report.quality.contacts", "integer"),
    Column("complete", "report.quality.complete", "percent"),
    Column("valid", "report.quality.valid_emails", "percent"),
)
TREND = (
    Column("import_id", "report.quality.import", "integer"),
    Column("at", "report.quality.at", "datetime"),
    Column("name", "report.quality.file"),
    Column("contacts", "report.quality.contacts", "integer"),
    Column("complete", "report.quality.complete", "percent"),
    Column("valid", "report.quality.valid_emails", "percent"),
)
LATEST: Final = 12
"""Imports of the trend, and sources, at most."""
FOLLOWED: Final = (
    ("first_name", "full_name", "company_name"),
    ("last_name", "full_name", "company_name"),
    ("email",),
    ("mobile", "phone"),
    ("postal_code",),
    ("birth_date",),
)
"""The fields of the score as columns of rows: any one of a group fills it."""
_RIGHT = f"({EMAIL_CHECK.fields[0].expression}) = 'right'"


def sources(session: Session, values: Sequence[str]) -> list[tuple[Value, ...]]:
    """By source of contact files (by file when there is one source only): living people it spoke of, how full
    they are now (``values``: SQL of the fields over ``c``), the share of right addresses."""
    several = int(
        str(
            session.scalar(
                Statement(
                    "SELECT count(DISTINCT source) FROM imports WHERE kind = 'contacts' AND undone_at IS NULL"
                )
            )
        )
    )
    name = "coalesce(nullif(i.source, ''), i.file_name)" if several > 1 else "i.file_name"
    full = " + ".join(f"({value} IS NOT NULL)::INT" for value in values)
    right = f"count(*) FILTER ({_RIGHT.replace('r.', 'c.')})"
    sql = f"""
        WITH told AS (SELECT DISTINCT {name} AS source, r.contact_id
            FROM {contact_rows(session, "contacts")} r JOIN imports i USING (import_id)
            JOIN contacts b ON b.contact_id = r.contact_id
            WHERE i.kind = 'contacts' OR (b.first_import = r.import_id AND i.kind NOT IN ('edit', 'merge')))
        SELECT t.source, count(*), avg(({full}) / {float(len(values))}), {right} / nullif(count(c.email), 0)
        FROM told t JOIN contacts c USING (contact_id) SEMI JOIN audience USING (contact_id)
        GROUP BY t.source ORDER BY 2 DESC, 1 LIMIT {LATEST}"""
    return session.run(Statement(sql)).rows


def trend(session: Session) -> list[tuple[Value, ...]]:
    """After each of the last imports that spoke of contacts, oldest first: its number, moment and name, the
    people known by then, how full they were, the share of right addresses among theirs.

    Among the living people of the audience; a value counts from the first row that gave one.
    """
    rows = f"(SELECT * FROM {contact_rows(session, 'contacts')} SEMI JOIN audience USING (contact_id))"
    imports = session.sql(
        "SELECT import_id, created_at, file_name, kind FROM imports WHERE undone_at IS NULL AND import_id IN"
        f" (SELECT import_id FROM {rows} AS r) ORDER BY import_id"
    ).rows
    firsts = ", ".join(
        f"min(import_id) FILTER (WHERE coalesce({', '.join(names)}) IS NOT NULL) AS f{at}"
        for at, names in enumerate(FOLLOWED)
    )
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE came AS SELECT contact_id, min(import_id) AS came, {firsts}"
        f" FROM {rows} AS r GROUP BY contact_id"
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE addresses AS SELECT import_id AS since, lead(import_id) OVER"
        " (PARTITION BY contact_id ORDER BY import_id) AS until, correct FROM (SELECT contact_id, import_id,"
        f" arg_max({_RIGHT}, row_number) AS correct FROM {rows} AS r WHERE email IS NOT NULL GROUP BY ALL)"
    )
    filled = " + ".join(f"count(*) FILTER (f{at} <= ?)" for at in range(len(FOLLOWED)))
    told: list[tuple[Value, ...]] = []
    for number, at, name, kind in imports[-LATEST:]:
        sql = f"SELECT count(*) FILTER (came <= ?), {filled} FROM came"
        contacts, full = session.sql(sql, *[number] * (1 + len(FOLLOWED))).rows[0]
        sql = (
            "SELECT count(*), count(*) FILTER (correct) FROM addresses"
            " WHERE since <= ? AND (until IS NULL OR until > ?)"
        )
        given, right = session.sql(sql, number, number).rows[0]
        complete = full / (contacts * len(FOLLOWED)) if contacts else None
        told.append((number, at, name or kind, contacts, complete, right / given if given else None))
    return told
