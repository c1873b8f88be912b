"""Cuts each clean row into what it speaks of: a contact, an order, a line, an event.

Temporary tables made, each with ``unit_id`` (NULL = nobody known): ``out_contacts`` (for a contact file, a
view of the clean rows), ``out_orders``, ``out_order_lines``, ``out_events``. Their columns are those of the
``import_*`` tables; the user's own columns keep their name ``own.<n>`` until the import gives them a code;
``first_given`` is the first name of the file. Orders, lines and events without an id of their own are known
by all their values and their turn in the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from segmentation.intake.plan import ImportRequest
from segmentation.store.schema import stored_fields
from segmentation.store.session import Session, quoted

_KEPT = "clean c ANTI JOIN rejected USING (row_number) LEFT JOIN row_units w USING (row_number)"


def make_rows(session: Session, request: ImportRequest, names: Iterable[str]) -> None:
    """Make the ``out_*`` tables of a kind of file from ``clean``, ``rejected``, ``row_units`` and
    ``units``.
    """
    present = list(names)
    written = {"orders.currency"} - {*request.mapping.values()}  # said by the amounts, no value of its own
    whole = _everything(name for name in present if name not in written)
    _contacts(session, request, present)
    if request.kind == "orders":
        _orders(session, request.source, present, whole)
    elif request.kind == "order_lines":
        _lines(session, request.source, present, whole)
        _orders_of_lines(session, present)
    elif request.kind == "events":
        _events(session, request, present, whole)


def _own(names: Iterable[str], prefix: str = "c.") -> list[str]:
    return [f"{prefix}{quoted(name)}" for name in names if name.startswith("own.")]


def _fields(entity: str, names: Iterable[str], prefix: str = "c.") -> dict[str, str]:
    """The stored fields of an entity that the file gives, with the SQL of each."""
    present = set(names)
    return {
        key: f"{prefix}{quoted(f'{entity}.{key}')}"
        for key in stored_fields(entity)
        if f"{entity}.{key}" in present
    }


def contact_fields(names: Iterable[str]) -> dict[str, str]:
    """The contact fields a file gives with the SQL of each over ``c``, links of orders and events
    included."""
    present = set(names)
    fields = _fields("contacts", present)
    for key, links in (("email", ("orders.email", "events.email")), ("full_name", ("orders.customer_name",))):
        found = [
            *([fields[key]] if key in fields else []),
            *(f"c.{quoted(n)}" for n in links if n in present),
        ]
        if found:
            fields[key] = f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]
    flags = [
        f"c.{quoted(n + '!')}" for n in ("contacts.email", "orders.email", "events.email") if n in present
    ]
    if flags:
        fields["email_valid"] = f"coalesce({', '.join(flags)}, NULL)"
    phones = [n for n in ("contacts.mobile", "contacts.phone") if n in present]
    if phones:
        cases = " ".join(f"WHEN c.{quoted(n + '!')} THEN c.{quoted(n)}" for n in phones)
        fields["sms_number"] = f"CASE {cases} END"
    return fields


def _contacts(session: Session, request: ImportRequest, names: list[str]) -> None:
    fields = contact_fields(names)
    if request.kind == "contacts":
        columns = [f"{sql} AS {quoted(key)}" for key, sql in fields.items()] + _own(names) + ["c.unread"]
        columns += [f"{fields['first_name']} AS first_given"] if "first_name" in fields else []
        session.sql(
            "CREATE OR REPLACE TEMP VIEW out_contacts AS SELECT row_number, unit_id, ext AS external_id,"
            f" {', '.join(columns)} FROM clean_people c"
        )
        return
    last = "".join(
        f", arg_max({quoted(key)}, row_number) FILTER (WHERE {quoted(key)} IS NOT NULL) AS {quoted(key)}"
        for key in fields
    )
    given = "arg_max(first_name, row_number) FILTER (WHERE first_name IS NOT NULL) AS first_given"
    last += f", {given}" if "first_name" in fields else ""
    inner = "".join(f", {sql} AS {quoted(key)}" for key, sql in fields.items())
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_contacts AS SELECT min(row_number) AS row_number, unit_id,"
        f" any_value(ext) AS external_id{last} FROM (SELECT row_number, unit_id, ext{inner} FROM"
        " clean_people c) GROUP BY unit_id"
    )


def _everything(names: Iterable[str]) -> str:
    """SQL of a hash of all the values of a clean row."""
    parts = ", ".join(f"coalesce(CAST(c.{quoted(name)} AS VARCHAR), '')" for name in names)
    return f"to_hex(md5_number_lower(concat_ws('|', {parts})))"


def _turn(key: str) -> str:
    """``key`` with its turn among the equal keys of the file: nothing for the first, ``.2`` for the
    second."""
    turn = f"row_number() OVER (PARTITION BY {key} ORDER BY row_number)"
    return f"{key} || CASE WHEN {turn} = 1 THEN '' ELSE '.' || {turn} END"


def _order_id(names: Iterable[str]) -> str:
    present = [f"c.{quoted(n)}" for n in ("order_lines.order_id", "orders.order_id") if n in set(names)]
    return f"coalesce({', '.join(present)}, NULL)" if present else "NULL::VARCHAR"


def _orders(session: Session, source: str, names: list[str], whole: str) -> None:
    fields = _fields("orders", names)
    columns = "".join(f", {sql} AS {quoted(key)}" for key, sql in fields.items()) + "".join(
        f", {c}" for c in _own(names)
    )
    amounts = [fields[key] for key in ("amount_total", "amount_net") if key in fields]
    amount = f", coalesce({', '.join(amounts)}, NULL) AS amount" if amounts else ""
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_orders AS SELECT * EXCLUDE (known, whole), CASE WHEN known IS"
        " NOT NULL"
        f" THEN ? || ':' || known ELSE ? || '#' || {_turn('whole')} END AS order_key FROM (SELECT"
        " row_number, w.unit_id,"
        f" {_order_id(names)} AS known, {whole} AS whole{columns}{amount} FROM {_KEPT})",
        source,
        source,
    )


def _lines(session: Session, source: str, names: list[str], whole: str) -> None:
    fields = _fields("order_lines", names)
    columns = "".join(f", {sql} AS {quoted(key)}" for key, sql in fields.items()) + "".join(
        f", {c}" for c in _own(names)
    )
    if "line_amount" not in fields and "unit_price" in fields:
        quantity = f"coalesce({fields['quantity']}, 1)" if "quantity" in fields else "1"
        columns += f", ({fields['unit_price']} * {quantity})::DECIMAL(18,4) AS line_amount"
    carried = "".join(f", {sql} AS {quoted('order.' + key)}" for key, sql in _fields("orders", names).items())
    date = 'CAST(c."orders.order_date" AS VARCHAR)' if "orders.order_date" in names else "NULL::VARCHAR"
    person = "coalesce(u.ext, u.email, u.phone, u.mobile)"
    basket = f"to_hex(md5_number_lower(concat_ws('|', {person}, {date})))"
    key = (
        "CASE WHEN known IS NOT NULL THEN ? || ':' || known WHEN person IS NOT NULL THEN ? || '#' ||"
        f" basket ELSE ? || '#' || {_turn('whole')} END"
    )
    line = '"line_id"' if "line_id" in fields else "NULL::VARCHAR"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_order_lines AS SELECT * EXCLUDE (whole, basket, person),"
        f" CASE WHEN {line} IS NOT NULL THEN order_key || '/' || {line} ELSE ? || '#' || {_turn('whole')}"
        " END AS line_key"
        f" FROM (SELECT *, {key} AS order_key FROM (SELECT row_number, w.unit_id, {_order_id(names)} AS"
        " known,"
        f" {person} AS person, {basket} AS basket, {whole} AS whole{columns}{carried}"
        f" FROM {_KEPT} LEFT JOIN units u USING (unit_id)))",
        *(source,) * 4,
    )


def _orders_of_lines(session: Session, names: list[str]) -> None:
    """One order per order key of the lines: the first date seen, else the last value of each field."""
    parts = []
    for key in _fields("orders", names):
        if key == "order_id":
            continue
        column = quoted("order." + key)
        how = "arg_min" if key == "order_date" else "arg_max"
        parts.append(f", {how}({column}, row_number) FILTER (WHERE {column} IS NOT NULL) AS {quoted(key)}")
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_orders AS SELECT min(row_number) AS row_number,"
        f" arg_min(unit_id, row_number) FILTER (WHERE unit_id IS NOT NULL) AS unit_id, order_key,"
        f" any_value(known) AS order_id{''.join(parts)}"
        " FROM out_order_lines GROUP BY order_key"
    )
    carried = ["known", *(quoted("order." + key) for key in _fields("orders", names))]
    for column in carried:
        session.sql(f"ALTER TABLE out_order_lines DROP COLUMN {column}")


def _events(session: Session, request: ImportRequest, names: list[str], whole: str) -> None:
    fields = _fields("events", names)
    default = "NULL::VARCHAR" if request.event_type is None else "?"
    fields["event_type"] = f"coalesce({fields.get('event_type', 'NULL')}, {default})"
    columns = "".join(f", {sql} AS {quoted(key)}" for key, sql in fields.items()) + "".join(
        f", {c}" for c in _own(names)
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE out_events AS SELECT * EXCLUDE (whole), ? || '#' || "
        f"{_turn('whole')} AS event_key FROM (SELECT row_number, w.unit_id, {whole} AS"
        f" whole{columns}"
        f" FROM {_KEPT})",
        *([request.source] if request.event_type is None else [request.source, request.event_type]),
    )
