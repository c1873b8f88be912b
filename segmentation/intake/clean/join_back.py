"""Puts the clean values of each column back on the rows of the file."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.columns import Cleaned, Column
from segmentation.intake.clean.context import written
from segmentation.store.session import quoted


def join_back(cleaned: Sequence[Cleaned], country: Column | None) -> str:
    """The SELECT of the clean rows: row_number, each column under its name, flags as "<name>!", unread."""
    by_name: dict[str, list[Cleaned]] = {}
    for one in cleaned:
        by_name.setdefault(one.column.name, []).append(one)
    parts, unread, joins = ["CAST(s._row AS BIGINT) AS row_number"], [], []
    if country is not None and any(one.by_country for one in cleaned):
        joins.append(f"LEFT JOIN staged_countries k ON k.raw = s.{country.source}")
    for name, group in by_name.items():
        values = ", ".join(_value(one) for one in group)
        parts.append(
            f"coalesce({values}) AS {quoted(name)}" if len(group) > 1 else f"{values} AS {quoted(name)}"
        )
        if group[0].context.type in ("email", "phone"):
            flags = ", ".join(_flag(one) for one in group)
            parts.append(f"coalesce({flags}, NULL) AS {quoted(name + '!')}")
        for one in group:
            if one.unread is not None:
                unread.append((one.column.key, f"{one.table}.unread"))
            if one.is_empty:
                continue
            if one.by_row:
                joins.append(f"LEFT JOIN {one.table} ON {one.table}.first = CAST(s._row AS BIGINT)")
            else:
                code = f" AND {one.table}.cc = coalesce(k.cc, '')" if one.by_country else ""
                joins.append(f"LEFT JOIN {one.table} ON {one.table}.raw = s.{one.column.source}{code}")
    parts.append(f"{_unread_map(unread)} AS unread")
    return f"SELECT {', '.join(parts)} FROM staged s {' '.join(joins)}"


def _value(one: Cleaned) -> str:
    """SQL of a clean value; some tables leave out the usual cells."""
    return f"{one.table}.value" if one.usual == "NULL" else _or_usual(one, f"{one.table}.value", one.usual)


def _flag(one: Cleaned) -> str:
    flag = f"CASE WHEN {one.table}.value IS NOT NULL THEN {one.table}.flag END"
    return flag if one.usual == "NULL" else _or_usual(one, flag, one.usual_flag)


def _or_usual(one: Cleaned, kept: str, usual: str) -> str:
    cell = f"s.{one.column.source}"
    left_out = f"WHEN {written(cell)} THEN {usual.replace('{x}', cell)}"
    if one.is_empty:
        return f"CASE {left_out} END"
    return f"CASE WHEN {one.table}.first IS NOT NULL THEN {kept} {left_out} END"


def _unread_map(unread: Sequence[tuple[str, str]]) -> str:
    """SQL of the map of raw values that could not be read; two columns of one name get two keys."""
    if not unread:
        return "NULL::MAP(VARCHAR, VARCHAR)"
    values: dict[str, str] = {}
    for header, value in unread:
        name, turn = harmless(header), 2
        key = name
        while key in values:
            key, turn = f"{name} ({turn})", turn + 1
        values[key] = value
    pairs = ", ".join(f"{{'k': '{key}', 'v': {value}}}" for key, value in values.items())
    kept = f"list_filter([{pairs}], lambda e: e.v IS NOT NULL)"
    anything = " OR ".join(f"{value} IS NOT NULL" for value in values.values())
    return f"CASE WHEN {anything} THEN map_from_entries({kept}) END"


def harmless(header: str) -> str:
    """A field or a header as a key of the map of unread values: no quote can end the SQL text around it."""
    return fold_text(header).replace("'", " ")
