"""What happened to a column: the cells each rule changed, with examples, and those nobody could read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from segmentation.intake.clean.columns import Column, Repair, Unread
from segmentation.intake.clean.context import written
from segmentation.intake.clean.rules import Rule
from segmentation.intake.clean.usual import Usual
from segmentation.results import Statement
from segmentation.store.session import Session

EXAMPLES: Final = 20
"""How many different values a repair is shown on."""


def repairs_of(
    session: Session, column: Column, rules: Sequence[Rule], *, table: str, usual: Usual | None, source: str
) -> tuple[Repair, ...]:
    """The lines of a column whose values are in ``table``; the ``usual`` cells, which are not, are counted in
    ``source``, the SELECT of all its cells.
    """
    counted = [(bit, rule) for bit, rule in enumerate(rules) if rule.counted]
    if not counted:
        return ()
    parts, after = [], _shown(column, "value")
    for bit, _ in counted:
        hit = f"FILTER (WHERE fired & {1 << bit}::UINTEGER <> 0)"
        example = f"struct_pack(row := first, before := raw, after := {after})"
        parts.append(f"coalesce(sum(n) {hit}, 0), arg_min({example}, first, {EXAMPLES}) {hit}")
    row = session.run(Statement(f"SELECT {', '.join(parts)} FROM {table} WHERE fired <> 0")).rows[0]
    repairs = []
    for place, (_, rule) in enumerate(counted):
        count, found = row[place * 2 : place * 2 + 2]
        shown = [(int(one["row"]), str(one["before"]), str(one["after"])) for one in found or ()]
        total = int(str(count))
        if usual is not None and usual.rule == rule.key:
            total += _as_usual(session, column, table)
            shown = sorted([*shown, *_usual_examples(session, usual, source)])[:EXAMPLES]
        if total:
            repairs.append(Repair(rule.key, _label(column), total, *shown[0][1:], examples=tuple(shown)))
    return tuple(repairs)


def unread_of(session: Session, column: Column, table: str) -> Unread | None:
    """The cells of ``table`` that could not be read as the column's type, None when all could."""
    sql = f"SELECT sum(n), arg_min(unread, first) FROM {table} WHERE unread IS NOT NULL"
    count, example = session.run(Statement(sql)).rows[0]
    return Unread(_label(column), int(str(count)), str(example)) if count else None


def _as_usual(session: Session, column: Column, table: str) -> int:
    """How many cells are as usual: all those with something in them, but the cells of the table."""
    cells = f"SELECT count(*) FROM staged WHERE {written(column.source)}"
    return int(str(session.scalar(Statement(f"SELECT ({cells}) - (SELECT count(*) FROM {table})"))))


def _usual_examples(session: Session, usual: Usual, source: str) -> list[tuple[int, str, str]]:
    value, where = (text.replace("{x}", "raw") for text in (usual.value, usual.where))
    sql = f"SELECT first, raw, {value} FROM ({source}) WHERE {where} ORDER BY first LIMIT {EXAMPLES}"
    rows = session.run(Statement(sql)).rows
    return [(int(first), str(before), str(after)) for first, before, after in rows]


def _shown(column: Column, value: str) -> str:
    """SQL of a clean value as a person reads it; nothing for no value."""
    if column.storage == "VARCHAR[]":
        return f"coalesce(array_to_string({value}, ', '), '')"
    return f"coalesce(CAST({value} AS VARCHAR), '')"


def _label(column: Column) -> str:
    return column.header if column.name.startswith("own.") else column.field
