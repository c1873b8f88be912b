"""Two imports of one kind compared: who is only in the one, only in the other, and what changed."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Column, Report, Sheet, Statement
from segmentation.store.fold import contact_rows
from segmentation.store.schema import KEYS, STORAGE, stored_fields
from segmentation.store.session import Session, quoted
from segmentation.store.user_columns import read_user_columns

MOST = 200
"""Rows of a sheet; the figures count everything."""


def import_changes(
    session: Session, catalogue: Catalogue, *, kind: str, before: int, after: int, most: int = MOST
) -> Report:
    """What the import ``after`` says otherwise than the import ``before``, both of that kind.

    The rows of one thing are read as one, the last value of each field; an empty value says nothing, so it is
    no change. figures: ``gone`` (only in ``before``), ``new`` (only in ``after``), ``changed`` and ``same``
    (in both). sheets, for contacts: ``gone``, ``new`` (who, e-mail) and ``changed`` (who, field, before,
    after), at most ``most`` rows each, in the order of the file.
    """
    fields = _fields(session, kind)
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
    return Report("import_changes", figures, sheets)


def _fields(session: Session, kind: str) -> dict[str, str]:
    """The columns compared with their storage: the canonical ones of the kind, then the user's own."""
    own = {column.code: STORAGE[column.type] for column in read_user_columns(session, kind)}
    return {**stored_fields(kind), **own}


def _one_row_each(
    session: Session, kind: str, name: str, import_id: int, fields: Mapping[str, str]
) -> Statement:
    key = KEYS[kind]
    last = "".join(
        f", arg_max({quoted(f)}, row_number) FILTER (WHERE {quoted(f)} IS NOT NULL) AS {quoted(f)}"
        for f in fields
    )
    return Statement(
        f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT {key} AS thing,"
        f" min(row_number) AS place{last} FROM {contact_rows(session, kind)}"
        f" WHERE import_id = ? AND {key} IS NOT NULL GROUP BY {key}",
        (import_id,),
    )


def _changed(code: str) -> str:
    name = quoted(code)
    return f"coalesce(l.{name} IS DISTINCT FROM e.{name} AND l.{name} IS NOT NULL, FALSE)"


def _sheets(session: Session, catalogue: Catalogue, fields: Mapping[str, str], most: int) -> dict[str, Sheet]:
    who = (Column("who", "report.import_changes.who"), Column("email", "field.email"))
    sheets = {}
    for name, side, other in (("gone", "earlier", "later"), ("new", "later", "earlier")):
        sql = (
            f"SELECT {_who('t')}, t.email FROM {side} t ANTI JOIN {other} o ON o.thing = t.thing"
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
    found = session.run(_changes(fields, most)).rows
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
        f"SELECT who, c.f, c.b, c.a FROM (SELECT {_who('l')} AS who, l.place, unnest({said}) AS c"
        " FROM earlier e JOIN later l ON l.thing = e.thing) ORDER BY place, c.f LIMIT ?"
    )
    return Statement(sql, (most,))


def _written(side: str, code: str, storage: str) -> str:
    value = f"{side}.{quoted(code)}"
    return f"array_to_string({value}, ', ')" if storage == "VARCHAR[]" else f"CAST({value} AS VARCHAR)"


def _who(side: str) -> str:
    """How a person of a file is called: first and last name, else the company, else the address."""
    name = f"nullif(concat_ws(' ', {side}.first_name, {side}.last_name), '')"
    return f"coalesce({name}, {side}.full_name, {side}.company_name, {side}.email, {side}.mobile)"
