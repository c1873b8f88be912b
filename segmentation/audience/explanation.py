"""Why a contact is in or out: each rule true, false or without a value, and the value that decided with its
origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from segmentation.audience.algebra import bitmaps_by_path
from segmentation.audience.bitmaps import Bits
from segmentation.audience.reading import Reading
from segmentation.criteria.compile import compile_measure, compile_values
from segmentation.criteria.event_sql import measure_of
from segmentation.criteria.nodes import Condition, Criterion, EventCondition, InGroup, walk
from segmentation.criteria.segment import Segment, trees
from segmentation.results import Statement


@dataclass(frozen=True, slots=True)
class Origin:
    """The row of a file that gave a value."""

    import_id: int
    row_number: int
    file_name: str | None
    author: str | None
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class NodeTruth:
    """One node for one contact. ``truth`` is None when the contact has no value for the rule, which then is
    false.

    ``value``: the field's value, the measure, or the groups of the contact. ``origin``: None for computed
    values."""

    path: str
    node: Criterion
    truth: bool | None
    value: object = None
    origin: Origin | None = None


def explain(contact: int, segment: Segment, reading: Reading) -> tuple[NodeTruth, ...]:
    """Every node of the segment's trees for one contact, parents first."""
    found: list[NodeTruth] = []
    for root, tree in trees(segment):
        bits = bitmaps_by_path(tree, reading, root)
        for path, node in walk(tree, root):
            value = _value(contact, node, reading)
            truth: bool | None = _has(bits[path], contact)
            if not truth and value is None and isinstance(node, (Condition, EventCondition)):
                truth = None
            found.append(NodeTruth(path, node, truth, value, _origin(contact, node, reading)))
    return tuple(found)


def _has(bits: Bits, contact: int) -> bool:
    word, bit = divmod(contact, 64)
    return word < len(bits) and bool(bits[word] >> np.uint64(bit) & np.uint64(1))


def _value(contact: int, node: Criterion, reading: Reading) -> object:
    if isinstance(node, Condition):
        return _of(contact, compile_values(node.field, reading.catalogue), "value", reading)
    if isinstance(node, EventCondition):
        value = _of(contact, compile_measure(node, reading.catalogue), "v", reading)
        return 0 if value is None and measure_of(node, "").zero else value
    if isinstance(node, InGroup):
        sql = "SELECT list(DISTINCT name ORDER BY name) FROM memberships WHERE contact_id = ?"
        return _first(Statement(sql, (contact,)), reading)
    return None


def _of(contact: int, statement: Statement, column: str, reading: Reading) -> object:
    sql = f"SELECT {column} FROM ({statement.sql}) AS s WHERE contact_id = ?"
    return _first(Statement(sql, (*statement.params, contact)), reading)


def _first(statement: Statement, reading: Reading) -> object:
    rows: list[tuple[Any, ...]] = reading.session.run(statement).rows
    return rows[0][0] if rows else None


def _origin(contact: int, node: Criterion, reading: Reading) -> Origin | None:
    """The last import row with a value for a stored field of the contact, or of one merged into it."""
    if not isinstance(node, Condition):
        return None
    field = reading.catalogue.fields[node.field]
    if field.relation != "contacts":
        return None
    name = '"' + field.code.replace('"', '""') + '"'
    sql = (
        "SELECT i.import_id, r.row_number, i.file_name, i.author, i.created_at FROM import_contacts AS r"
        f" JOIN imports AS i ON i.import_id = r.import_id WHERE r.{name} IS NOT NULL AND (r.contact_id = ?"
        " OR r.contact_id IN (SELECT contact_id FROM merges WHERE into_id = ?))"
        " ORDER BY i.import_id DESC, r.row_number DESC LIMIT 1"
    )
    rows: list[tuple[Any, ...]] = reading.session.run(Statement(sql, (contact, contact))).rows
    return Origin(*rows[0]) if rows else None
