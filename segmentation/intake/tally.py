"""Counts what an import would do, row by row: new, updated, unchanged, merged; they add up to the rows
loaded.

A row counts for what its file is about (a contact, an order, a line, an event). The first row of a thing
says what happens to it; its other rows in the same file are *merged*. A thing is *unchanged* when every
value the file gives is what the base already says.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.results import Statement
from segmentation.store.schema import KEYS
from segmentation.store.session import Session, quoted

OUT = {
    "contacts": "out_contacts",
    "orders": "out_orders",
    "order_lines": "out_order_lines",
    "events": "out_events",
}

NOT_STORED = frozenset({"unit_id", "first_given"})
"""Columns of the ``out_*`` tables that serve the import alone."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows loaded by what happens to them."""

    new: int
    updated: int
    unchanged: int
    merged: int

    @property
    def loaded(self) -> int:
        """All the rows that are kept."""
        return self.new + self.updated + self.unchanged + self.merged


def columns_in(session: Session, table: str) -> list[str]:
    """The columns of a temporary or stored table."""
    sql = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    return [str(row[0]) for row in session.run(Statement(sql, (table,))).rows]


def tally(session: Session, kind: str, codes: dict[str, str]) -> Tally:
    """Count the rows of a kind of file; ``codes`` gives the base's column of each own column already
    known."""
    return _tally_contacts(session, codes) if kind == "contacts" else _tally_things(session, kind, codes)


def _counts(session: Session, sql: str) -> Tally:
    row = session.run(Statement(sql)).rows[0]
    return Tally(*(int(str(value or 0)) for value in row))


def _differs(session: Session, entity: str, out: str, codes: dict[str, str]) -> str:
    """SQL over ``a`` (the file) and ``c`` (the base): whether the file brings another value."""
    stored = set(columns_in(session, entity))
    parts = []
    for name in columns_in(session, out):
        column = codes.get(name, name)
        if name in NOT_STORED or name in ("row_number", "contact_id", "external_id", "unread", KEYS[entity]):
            continue
        if name.startswith("own.") and name not in codes:
            parts.append(f"a.{quoted(name)} IS NOT NULL")
        elif column in stored:
            parts.append(
                f"(a.{quoted(name)} IS NOT NULL AND a.{quoted(name)} IS DISTINCT FROM c.{quoted(column)})"
            )
    return " OR ".join(parts) or "FALSE"


def _tally_contacts(session: Session, codes: dict[str, str]) -> Tally:
    named = [n for n in columns_in(session, "out_contacts") if n not in NOT_STORED | {"row_number", "unread"}]
    last = "".join(
        f", arg_max({quoted(n)}, row_number) FILTER (WHERE {quoted(n)} IS NOT NULL) AS {quoted(n)}"
        for n in named
    )
    differs = _differs(session, "contacts", "out_contacts", codes)
    changed = ""
    if session.scalar(Statement("SELECT bool_or(person > 0) FROM matched")):
        changed = (
            "SELECT a.person FROM (SELECT m.person"
            f"{last} FROM out_contacts o JOIN matched m USING (unit_id) WHERE m.person > 0 GROUP BY"
            " m.person) a"
            f" JOIN contacts c ON c.contact_id = a.person WHERE {differs}"
            " UNION SELECT m.person FROM out_consents o JOIN matched m USING (unit_id) LEFT JOIN"
            " consents k ON"
            " k.contact_id = m.person AND k.channel = o.channel WHERE m.person > 0 AND coalesce(k.state,"
            " 'unknown')"
            " NOT IN ('no', o.state) UNION SELECT m.person FROM out_memberships o JOIN matched m USING"
            " (unit_id)"
            " ANTI JOIN memberships g ON g.contact_id = m.person AND g.name__key = fold_text(o.name)"
            " WHERE m.person > 0"
        )
    return _counts(
        session,
        "SELECT count_if(person < 0 AND turn = 1), count_if(person > 0 AND turn = 1 AND altered),"
        " count_if(person > 0 AND turn = 1 AND NOT altered), count_if(turn > 1) FROM (SELECT m.person,"
        " row_number() OVER (PARTITION BY m.person ORDER BY o.row_number) AS turn,"
        f" {'m.person IN (FROM changed)' if changed else 'FALSE'} AS altered"
        f" FROM out_contacts o JOIN matched m USING (unit_id))".replace("(FROM changed)", f"({changed})"),
    )


def _tally_things(session: Session, kind: str, codes: dict[str, str]) -> Tally:
    key, out = KEYS[kind], OUT[kind]
    if not session.scalar(Statement(f"SELECT count(*) FROM {quoted(kind)}")):
        row = session.run(Statement(f"SELECT count(*), count(DISTINCT {key}) FROM {out}")).rows[0]
        total, distinct = (int(str(value)) for value in row)
        return Tally(distinct, 0, 0, total - distinct)
    named = [n for n in columns_in(session, out) if n not in NOT_STORED | {"row_number", key}]
    last = "".join(
        f", arg_max({quoted(n)}, row_number) FILTER (WHERE {quoted(n)} IS NOT NULL) AS {quoted(n)}"
        for n in named
    )
    differs = _differs(session, kind, out, codes)
    return _counts(
        session,
        "SELECT count_if(known IS NULL), count_if(known IS NOT NULL AND altered),"
        " count_if(known IS NOT NULL AND NOT altered), coalesce(sum(rows), 0) - count(*) FROM"
        f" (SELECT a.rows, c.{key} AS known, coalesce({differs}, FALSE) AS altered FROM"
        f" (SELECT {key}, count(*) AS rows{last} FROM {out} GROUP BY {key}) a LEFT JOIN {quoted(kind)} c"
        f" USING ({key}))",
    )
