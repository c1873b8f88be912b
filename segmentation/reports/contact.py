"""All that the base says of one person: each value with the row that gave it, what they did and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.errors import InputError
from segmentation.reports.relations import values_of
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.fold import contact_rows
from segmentation.store.session import Session, quoted

EXPECTED: Final = (
    "first_name", "last_name", "email", "mobile", "birth_date", "address1", "postal_code", "city",
)  # fmt: skip
"""What a business usually wants to know of a person: the gaps of a contact are looked for here."""
LATEST: Final = 200
"""Orders, and events, listed at most on a card; the figures count them all."""
_ORIGIN: Final = ("import_id", "row_number", "kind", "file_name", "author", "at")


def contact(session: Session, catalogue: Catalogue, *, contact: int, latest: int = LATEST) -> Report:
    """One living contact, or the one they were merged into. Raises InputError ``error.contact.unknown``.

    At most ``latest`` orders and events are listed.

    figures: ``contact``, ``asked`` (the number asked for), ``orders`` and ``events`` (how many in all),
    ``gaps`` (codes of ``EXPECTED`` without a value). sheets: ``values`` (code, value, then the origin:
    import, row, kind, file, author, moment), ``computed`` (code, value), ``unread`` (field, cell, then the
    origin),
    ``orders``, ``events``, ``consents`` (one per channel, with proof and origin), ``ids`` (source, id),
    ``groups`` (name), ``joined`` (group, the rule that gave it as JSON, file, moment).
    """
    number = _living(session, contact)
    session.run(
        Statement("CREATE OR REPLACE TEMP TABLE paged AS SELECT 1 AS place, ? AS contact_id", (number,))
    )
    rows = rows_of_files(session, number)
    values = _values(session, catalogue, rows, number)
    stored = {str(row[0]) for row in values}
    sheets = {
        "values": _sheet("values", ("code", "value", *_ORIGIN), values),
        "computed": _sheet("computed", ("code", "value"), _computed(session, catalogue, stored)),
        "unread": _sheet("unread", ("field", "cell", *_ORIGIN), _unread(rows)),
        "orders": _orders(session, number, latest),
        "events": _events(session, number, latest),
        "consents": _consents(session, number),
        "ids": _sheet("ids", ("source", "id"), _ids(session, number)),
        "groups": _sheet("groups", ("name",), _groups(session, number)),
        "joined": _sheet("joined", ("name", "rule", "file_name", "at"), _joined(session, number)),
    }
    counts = " , ".join(f"(SELECT count(*) FROM {t} WHERE contact_id = ?)" for t in ("orders", "events"))
    orders, events = session.run(Statement(f"SELECT {counts}", (number, number))).rows[0]
    gaps = tuple(code for code in EXPECTED if code not in stored and not _said_otherwise(code, stored))
    figures = {"contact": number, "asked": contact, "orders": orders, "events": events, "gaps": gaps}
    return Report("contact", figures, sheets)


def _living(session: Session, asked: int) -> int:
    sql = (
        "WITH RECURSIVE step(contact_id) AS (SELECT ?::BIGINT UNION SELECT m.into_id FROM step"
        " JOIN merges m USING (contact_id)) SELECT c.contact_id FROM step JOIN contacts c USING (contact_id)"
        " WHERE c.live"
    )
    found = session.scalar(Statement(sql, (asked,)))
    if found is None:
        raise InputError("error.contact.unknown", name=str(asked))
    return int(found)


def _said_otherwise(code: str, stored: set[str]) -> bool:
    """A full name stands for both names, any number for the mobile, a year or an age for the birth date."""
    others = {
        "first_name": {"full_name", "company_name"},
        "last_name": {"full_name", "company_name"},
        "mobile": {"phone", "sms_number"},
        "birth_date": {"birth_year", "age", "age_band"},
    }
    return bool(others.get(code, set()) & stored)


def rows_of_files(session: Session, number: int) -> list[dict[str, Any]]:
    """The rows that imports gave for the person, oldest first, each with where it came from."""
    sql = (
        "SELECT r.*, i.kind, i.file_name, i.author, i.created_at AS at FROM"
        f" {contact_rows(session, 'contacts')} AS r JOIN imports AS i USING (import_id)"
        " WHERE r.contact_id = ? ORDER BY r.import_id, r.row_number"
    )
    found = session.run(Statement(sql, (number,)))
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _values(
    session: Session, catalogue: Catalogue, rows: Sequence[Mapping[str, Any]], number: int
) -> list[tuple[Value, ...]]:
    """The stored fields that have a value, each with the last row that gave one."""
    stored = [
        field
        for field in catalogue.fields.values()
        if field.relation == "contacts" and field.expression in (f'r."{field.code}"', f"r.{field.code}")
    ]
    listed = ", ".join(quoted(field.code) for field in stored)
    told = session.run(Statement(f"SELECT {listed} FROM contacts WHERE contact_id = ?", (number,))).rows[0]
    found: list[tuple[Value, ...]] = []
    for field, value in zip(stored, told, strict=True):
        if value is not None:
            given = [row for row in rows if row.get(field.code) is not None]
            giver = given[-1] if given else {}
            found.append((field.code, value, *(giver.get(name) for name in _ORIGIN)))
    return found


def _computed(session: Session, catalogue: Catalogue, stored: set[str]) -> list[tuple[Value, ...]]:
    """What the traits say of the person, empty values left out."""
    fields: list[Field] = [field for field in catalogue.fields.values() if field.code not in stored]
    row = session.run(values_of("paged", catalogue, fields)).rows[0][1:]
    return [
        (field.code, value)
        for field, value in zip(fields, row, strict=True)
        if value is not None and value != []
    ]


def _unread(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Value, ...]]:
    return [
        (field, cell, *(row[name] for name in _ORIGIN))
        for row in rows
        for field, cell in (row["unread"] or {}).items()
    ]


def _orders(session: Session, number: int, latest: int) -> Sheet:
    """The latest orders with what was bought in them; ``counted``: in the totals, a return being deducted."""
    names = ("order_date", "order_id", "amount", "currency", "order_status", "counted", "items")
    sql = f"""
        SELECT o.order_date, o.order_id, o.amount, o.currency, o.order_status,
            o.counted OR coalesce(o.summed AND o.amount < 0, FALSE) AS counted, l.items
        FROM orders AS o LEFT JOIN (
            SELECT order_key, list(item ORDER BY item) AS items FROM (
                SELECT DISTINCT order_key, coalesce(product_name, category, sku) AS item FROM order_lines
                WHERE contact_id = ?) WHERE item IS NOT NULL GROUP BY order_key) AS l USING (order_key)
        WHERE o.contact_id = ? ORDER BY o.order_date DESC NULLS LAST, o.order_key LIMIT {int(latest)}"""
    return _sheet("orders", names, session.run(Statement(sql, (number, number))).rows)


def _events(session: Session, number: int, latest: int) -> Sheet:
    names = ("event_date", "event_type", "campaign", "channel")
    sql = (
        f"SELECT {', '.join(names)} FROM events WHERE contact_id = ?"
        f" ORDER BY event_date DESC NULLS LAST, event_key LIMIT {int(latest)}"
    )
    return _sheet("events", names, session.run(Statement(sql, (number,))).rows)


def _consents(session: Session, number: int) -> Sheet:
    """What is known for each channel, and the row that said it."""
    names = ("channel", "state", "date", "source", "proof", "import_id", "kind", "file_name", "author", "at")
    sql = f"""
        SELECT k.channel, coalesce(c.state, 'unknown'), c.consent_date, c.consent_source, p.proof,
            c.import_id, i.kind, i.file_name, i.author, i.created_at
        FROM (VALUES (1, 'email'), (2, 'sms'), (3, 'phone'), (4, 'post')) AS k(place, channel)
        LEFT JOIN (SELECT * FROM consents WHERE contact_id = ?) AS c USING (channel)
        LEFT JOIN (SELECT channel, import_id, max(proof) AS proof FROM
            {contact_rows(session, "consents")} AS r WHERE contact_id = ? GROUP BY ALL) AS p
            ON p.channel = c.channel AND p.import_id = c.import_id
        LEFT JOIN imports AS i ON i.import_id = c.import_id
        ORDER BY k.place"""
    return _sheet("consents", names, session.run(Statement(sql, (number, number))).rows)


def _ids(session: Session, number: int) -> list[tuple[Value, ...]]:
    sql = "SELECT source, external_id FROM identities WHERE contact_id = ? ORDER BY source, external_id"
    return [row for row in session.run(Statement(sql, (number,))).rows if not str(row[1]).startswith("~")]


def _groups(session: Session, number: int) -> list[tuple[Value, ...]]:
    sql = "SELECT name FROM memberships WHERE contact_id = ? ORDER BY name__key"
    return session.run(Statement(sql, (number,))).rows


def _joined(session: Session, number: int) -> list[tuple[Value, ...]]:
    """The groups that a rule of the base gave, and the latest file it read."""
    sql = (
        "SELECT max(r.name), arg_max(r.origin, r.import_id), arg_max(i.file_name, r.import_id),"
        f" max(i.created_at) FROM {contact_rows(session, 'memberships')} AS r JOIN imports AS i"
        " USING (import_id) SEMI JOIN (FROM memberships WHERE contact_id = ?) AS m"
        " ON m.name__key = fold_text(r.name)"
        " WHERE r.contact_id = ? AND r.origin IS NOT NULL GROUP BY fold_text(r.name) ORDER BY 1"
    )
    return session.run(Statement(sql, (number, number))).rows


def _sheet(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sheet:
    return Sheet(name, tuple(Column(key, f"column.{key}") for key in columns), rows)
