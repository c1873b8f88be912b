"""Two imports of one kind compared: who is only in the one, only in the other, and what changed."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.fold import contact_rows
from segmentation.store.schema import KEYS, STORAGE, stored_fields
from segmentation.store.session import Session, quoted
from segmentation.store.user_columns import read_user_columns

MOST = 200
"""Rows of a sheet; the figures count everything."""
PEOPLE = (Column("outcome", "report.import_changes.field"), Column("people", "report.quality.contacts"))


def import_changes(
    session: Session, catalogue: Catalogue, *, kind: str, before: int, after: int, most: int = MOST
) -> Report:
    """What the import ``after`` says otherwise than the import ``before``, both of that kind.

    The rows of one thing are read as one, the last value of each field; an empty value says nothing, so it is
    no change. figures: ``gone`` (only in ``before``), ``new`` (only in ``after``), ``changed`` and ``same``
    (in both). sheets, for contacts: ``people`` (outcome, living contacts, ascending), ``gone``, ``new``
    (who, e-mail) and ``changed`` (who, field, before, after), at most ``most`` rows each but for ``people``,
    in the order of the file.
    """
    fields = _said(session, kind, _fields(session, kind), (before, after))
    for name, import_id in (("earlier", before), ("later", after)):
        session.run(_one_row_each(session, kind, name, import_id, fields))
    differs = " OR ".join(_changed(code) for code in fields) or "FALSE"
    sql = (
        "SELECT count(*) FILTER (l.thing IS NULL), count(*) FILTER (e.thing IS NULL),"
        f" count(*) FILTER (e.thing IS NOT NULL AND l.thing IS NOT NULL AND ({differs})),"
        f" count(*) FILTER (e.thing IS NOT NULL AND l.thing IS NOT NULL AND NOT ({differs}))"
        " FROM earlier e FULL JOIN later l ON l.thing = e.thing"
    )
    counts = session.run(Statement(sql)).rows[0]
    figures = dict(zip(("gone", "new", "changed", "same"), counts, strict=True))
    sheets = _sheets(session, catalogue, fields, most) if kind == "contacts" else {}
    if kind == "contacts":
        sheets["people"] = Sheet("people", PEOPLE, _people(session, differs))
    return Report("import_changes", figures, sheets)


def _people(session: Session, differs: str) -> list[tuple[Value, ...]]:
    """Who is behind each count, those who still live in the base."""
    sql = (
        "SELECT CASE WHEN l.thing IS NULL THEN 'gone' WHEN e.thing IS NULL THEN 'new'"
        f" WHEN {differs} THEN 'changed' ELSE 'same' END AS outcome, coalesce(l.thing, e.thing) AS contact_id"
        " FROM earlier e FULL JOIN later l ON l.thing = e.thing"
    )
    rows = session.sql(
        f"SELECT outcome, list(contact_id ORDER BY contact_id) FROM ({sql})"
        " SEMI JOIN (FROM contacts WHERE live) USING (contact_id) GROUP BY outcome"
    ).rows
    return [(outcome, tuple(ids) if isinstance(ids, list) else ()) for outcome, ids in rows]


def _fields(session: Session, kind: str) -> dict[str, str]:
    """The columns compared with their storage: the canonical ones of the kind, then the user's own."""
    own = {column.code: STORAGE[column.type] for column in read_user_columns(session, kind)}
    return {**stored_fields(kind), **own}


def _said(session: Session, kind: str, fields: Mapping[str, str], imports: tuple[int, int]) -> dict[str, str]:
    """The fields that one of the two imports gives a value to: a file speaks of few of those there are."""
    counts = ", ".join(f"count({quoted(code)})" for code in fields)
    sql = f"SELECT {counts} FROM {quoted('import_' + kind)} WHERE import_id IN (?, ?)"
    row = session.run(Statement(sql, imports)).rows[0]
    return {code: storage for (code, storage), count in zip(fields.items(), row, strict=True) if count}


def _one_row_each(
    session: Session, kind: str, name: str, import_id: int, fields: Mapping[str, str]
) -> Statement:
    """A table of the things one import speaks of; rows are gathered only where a thing has several."""
    key, columns = KEYS[kind], [quoted(code) for code in fields]
    rows = f"(SELECT * FROM {contact_rows(session, kind)} WHERE import_id = ? AND {key} IS NOT NULL)"
    counted = Statement(f"SELECT count(*) > count(DISTINCT {key}) FROM {rows}", (import_id,))
    if session.scalar(counted):
        last = "".join(f", arg_max({c}, row_number) FILTER (WHERE {c} IS NOT NULL) AS {c}" for c in columns)
        select = f"SELECT {key} AS thing, min(row_number) AS place{last} FROM {rows} GROUP BY {key}"
    else:
        select = f"SELECT {', '.join([f'{key} AS thing', 'row_number AS place', *columns])} FROM {rows}"
    return Statement(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {select}", (import_id,))


def _changed(code: str) -> str:
    name = quoted(code)
    return f"coalesce(l.{name} IS DISTINCT FROM e.{name} AND l.{name} IS NOT NULL, FALSE)"


def _sheets(session: Session, catalogue: Catalogue, fields: Mapping[str, str], most: int) -> dict[str, Sheet]:
    who = (Column("who", "report.import_changes.who"), Column("email", "field.email"))
    sheets, email = {}, "t.email" if "email" in fields else "NULL"
    for name, side, other in (("gone", "earlier", "later"), ("new", "later", "earlier")):
        sql = (
            f"SELECT {_who('t', fields)}, {email} FROM {side} t ANTI JOIN {other} o ON o.thing = t.thing"
            " ORDER BY t.place LIMIT ?"
        )
        rows = session.run(Statement(sql, (most,))).rows
        sheets[name] = Sheet(f"report.import_changes.{name}", who, rows)
    columns = (
        who[0],
        Column("field", "report.import_changes.field"),
        Column("before", "report.import_changes.before"),
        Column("after", "report.import_changes.after"),
    )
    found = session.run(_changes(fields, most)).rows if fields else []
    sheets["changed"] = Sheet("report.import_changes.changed", columns, found)
    return sheets


def _changes(fields: Mapping[str, str], most: int) -> Statement:
    """(who, field, before, after) for every field that changed."""
    parts = [
        f"CASE WHEN {_changed(code)} THEN struct_pack(f := '{code}',"
        f" b := {_written('e', code, storage)}, a := {_written('l', code, storage)}) END"
        for code, storage in fields.items()
    ]
    said = f"list_filter([{', '.join(parts)}], lambda x: x IS NOT NULL)"
    sql = (
        f"SELECT who, c.f, c.b, c.a FROM (SELECT {_who('l', fields)} AS who, l.place, unnest({said}) AS c"
        " FROM earlier e JOIN later l ON l.thing = e.thing) ORDER BY place, c.f LIMIT ?"
    )
    return Statement(sql, (most,))


def _written(side: str, code: str, storage: str) -> str:
    value = f"{side}.{quoted(code)}"
    return f"array_to_string({value}, ', ')" if storage == "VARCHAR[]" else f"CAST({value} AS VARCHAR)"


def _who(side: str, fields: Mapping[str, str]) -> str:
    """How a person of a file is called: first and last name, else the company, else the address."""
    parts = [f"{side}.{name}" for name in ("first_name", "last_name") if name in fields]
    name = [f"nullif(concat_ws(' ', {', '.join(parts)}), '')"] if parts else []
    others = ("full_name", "company_name", "email", "mobile", "phone")
    given = [*name, *(f"{side}.{other}" for other in others if other in fields)]
    return f"coalesce({', '.join(given)}, NULL)" if given else "NULL"
