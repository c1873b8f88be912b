"""Where two things meet: an audience laid on two criteria, each cell a number of people and a criterion.

Contacts, who can be reached by e-mail, revenue (net of returns), average basket, share of the row and of the
column, and how many times what chance would give.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.audience.algebra import truth
from segmentation.audience.bitmaps import SHARED, Mask, of_ids, unpack
from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_to_json
from segmentation.criteria.nodes import All
from segmentation.reports.crossing_bands import Limit
from segmentation.reports.crossing_sides import OTHERS, UNKNOWN, Side, side_of
from segmentation.reports.crossing_sums import Sums, weights_of
from segmentation.reports.crossing_surprises import Links
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

MOST_ROWS, MOST_COLUMNS = 12, 8
BETWEEN = "\u241f"
"""Between the keys of a row and of a column in the key of their cell."""
TOTAL = "*"
"""The key of all rows, or of all columns."""

_SUMS = (
    Column("contacts", "report.crossing.contacts", "integer"),
    Column("reachable", "report.crossing.reachable", "integer"),
    Column("revenue", "report.crossing.revenue", "money"),
    Column("basket", "report.crossing.basket", "money"),
)
CELL_COLUMNS = (
    Column("row", "report.crossing.row"),
    Column("column", "report.crossing.column"),
    *_SUMS,
    Column("row_share", "report.crossing.row_share", "percent"),
    Column("column_share", "report.crossing.column_share", "percent"),
    Column("index", "report.crossing.index", "number"),
    Column("expected", "report.crossing.expected", "number"),
    Column("residual", "report.crossing.residual", "number"),
    Column("believed", "report.crossing.believed", "boolean"),
)
SLICE_COLUMNS = (
    Column("key", "report.crossing.key"),
    Column("role", "report.crossing.role"),
    Column("value", "report.crossing.value"),
    Column("only", "report.crossing.value"),
)


def crossing(
    session: Session,
    catalogue: Catalogue,
    *,
    rows: str,
    columns: str,
    row_cuts: Sequence[Limit | str] | None = None,
    column_cuts: Sequence[Limit | str] | None = None,
    most_rows: int = MOST_ROWS,
    most_columns: int = MOST_COLUMNS,
) -> Report:
    """The audience of the session (``audience(contact_id)``) by ``rows`` × ``columns`` (``side_of``).

    figures: ``contacts``; ``known`` (with a value on both sides: what links are measured on); ``link``
    (Cramér's V, None for lists or a single value), ``same`` (one follows from the other), ``surprises``
    (keys of at most three cells); per side ``<side>``, ``<side>_kind``, ``<side>_type``, ``<side>_cuts``,
    ``<side>_overlaps``. sheets: ``rows``, ``columns`` (their slices; those without anybody are left out),
    ``cells`` (one row per cell, "*" for totals). charts: ``cells`` with the criterion of every cell, row and
    column, by key.
    """
    reading = Reading(session, catalogue, SHARED, str(session.database.path), session.version())
    size = reading.people()[1]
    audience = unpack(
        of_ids(session.arrays(Statement("SELECT contact_id FROM audience"))["contact_id"], size), size
    )
    down = side_of(rows, reading, audience, most=most_rows, cuts=row_cuts)
    across = side_of(columns, reading, audience, most=most_columns, cuts=column_cuts)
    down, down_masks = _inhabited(down, reading, audience)
    across, across_masks = _inhabited(across, reading, audience)
    weights = weights_of(session, catalogue, reading, size)
    table = [[weights.sums(one & other) for other in across_masks] for one in down_masks]
    links = Links.of(down, down_masks, across, across_masks)
    figures: dict[str, Value] = {
        "contacts": int(audience.sum()),
        "known": links.everyone,
        "link": links.strength,
        "same": links.same,
        "surprises": tuple(_cell_key(down, i, across, j) for i, j in links.surprises),
        **_side_figures("rows", down),
        **_side_figures("columns", across),
    }
    totals = (
        [weights.sums(mask) for mask in down_masks],
        [weights.sums(mask) for mask in across_masks],
        weights.sums(audience),
    )
    sheets = {
        "rows": _slices(down),
        "columns": _slices(across),
        "cells": Sheet("cells", CELL_COLUMNS, list(_cell_rows(down, across, table, totals, links))),
    }
    return Report("crossing", figures, sheets, {"cells": _picture(down, across, table)})


def _inhabited(side: Side, reading: Reading, audience: Mask) -> tuple[Side, list[Mask]]:
    """The slices of a side where somebody of the audience is (bands stay: a hole among them says
    something), and their people."""
    kept, masks = [], []
    for one in side.slices:
        mask = unpack(truth(one.criterion, reading), len(audience)) & audience
        if mask.any() or one.role not in (OTHERS, UNKNOWN, "value"):
            kept.append(one)
            masks.append(mask)
    return Side(side.code, side.kind, side.type, tuple(kept), side.cuts, side.overlaps), masks


def _side_figures(name: str, side: Side) -> dict[str, Value]:
    return {
        name: side.code,
        f"{name}_kind": side.kind,
        f"{name}_type": side.type,
        f"{name}_cuts": side.cuts,
        f"{name}_overlaps": side.overlaps,
    }


def _slices(side: Side) -> Sheet:
    rows = [(one.key, one.role, one.value, one.only) for one in side.slices]
    return Sheet("slices", SLICE_COLUMNS, rows)


def _cell_key(down: Side, i: int, across: Side, j: int) -> str:
    return f"{down.slices[i].key}{BETWEEN}{across.slices[j].key}"


def _cell_rows(
    down: Side,
    across: Side,
    table: list[list[Sums]],
    totals: tuple[list[Sums], list[Sums], Sums],
    links: Links,
) -> list[tuple[Value, ...]]:
    row_sums, column_sums, whole = totals
    found: list[tuple[Value, ...]] = []
    for i, one in enumerate(down.slices):
        for j, other in enumerate(across.slices):
            away = links.found.get((i, j))
            told = (
                (away.index, away.expected, away.residual, away.believed)
                if away
                else (None, None, None, False)
            )
            found.append(_line(one.key, other.key, table[i][j], row_sums[i], column_sums[j], told))
        found.append(_line(one.key, TOTAL, row_sums[i], row_sums[i], whole, _NOT_TOLD))
    for j, other in enumerate(across.slices):
        found.append(_line(TOTAL, other.key, column_sums[j], whole, column_sums[j], _NOT_TOLD))
    found.append(_line(TOTAL, TOTAL, whole, whole, whole, _NOT_TOLD))
    return found


_NOT_TOLD = (None, None, None, False)


def _line(
    row: str, column: str, one: Sums, across: Sums, down: Sums, told: tuple[Value, ...]
) -> tuple[Value, ...]:
    return (
        row,
        column,
        one.contacts,
        one.reachable,
        one.revenue,
        one.basket,
        one.contacts / across.contacts if across.contacts else None,
        one.contacts / down.contacts if down.contacts else None,
        *told,
    )


def _picture(down: Side, across: Side, table: list[list[Sums]]) -> ChartSpec:
    criteria = {one.key + BETWEEN + TOTAL: criterion_to_json(one.criterion) for one in down.slices}
    criteria |= {TOTAL + BETWEEN + one.key: criterion_to_json(one.criterion) for one in across.slices}
    criteria |= {
        _cell_key(down, i, across, j): criterion_to_json(All((one.criterion, other.criterion)))
        for i, one in enumerate(down.slices)
        for j, other in enumerate(across.slices)
    }
    criteria[TOTAL + BETWEEN + TOTAL] = criterion_to_json(All(()))
    data: dict[str, Value] = {
        "rows": [one.key for one in down.slices],
        "columns": [one.key for one in across.slices],
        "values": [[cell.contacts for cell in row] for row in table],
        "keys": [
            [_cell_key(down, i, across, j) for j in range(len(across.slices))]
            for i in range(len(down.slices))
        ],
        "unit": "integer",
    }
    return ChartSpec("cross_tab", data, criteria)
