"""The crossing drawn: each cell a bar that can be clicked, the totals along the right and the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.crossing.measures import MEASURES, written
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import TOTAL, Crossing, Slice
from pages.parts.text import escape
from segmentation.reports.crossing import BETWEEN
from segmentation.reports.crossing_sides import OTHERS, UNKNOWN
from segmentation.results import ChartSpec

ROW = 40
"""Height of a row, in pixels."""
MANY = 9
"""From so many columns on, a cell is narrow: figures are written shorter."""


def draw(seen: Crossing, measure: str, names: Names) -> tuple[str, ...]:
    """The cells, the totals; the keys of those chosen."""
    w, asked = state.say(), MEASURES[measure]
    rows = [*seen.rows.slices, None]
    columns = [*seen.columns.slices, None]
    keys = [[_key(row) + BETWEEN + _key(column) for column in columns] for row in rows]
    data = {
        "rows": [names.slice(row, seen.rows) if row else w("page.crossing.total") for row in rows],
        "columns": [names.slice(one, seen.columns) if one else w("page.crossing.total") for one in columns],
        "values": [[_float(asked.of(seen.cells[key])) for key in line] for line in keys],
        "keys": keys,
        "shown": [
            [written(asked.of(seen.cells[key]), asked.unit, w, names.currency) for key in line]
            for line in keys
        ],
        "unit": asked.unit,
        "totals": True,
        "apart_rows": _unknown(seen.rows.slices),
        "apart_columns": _unknown(seen.columns.slices),
        "leans": asked.leans,
        "row_height": ROW,
    }
    return chart(
        ChartSpec("cross_tab", data),
        w,
        key=one_choice.key("crossing", "cells"),
        alt=w(
            "page.crossing.alt",
            rows=names.side(seen.rows.code),
            columns=names.side(seen.columns.code),
            measure=w(f"page.crossing.measure.{measure}"),
        ),
        currency=names.currency,
        select=True,
    )


def example(seen: Crossing, names: Names) -> str:
    """One cell in words, to teach how the others read: the most surprising full one, else the largest."""
    w = state.say()
    known = {
        row.key + BETWEEN + column.key: (row, column)
        for row in seen.rows.slices
        for column in seen.columns.slices
        if not {row.role, column.role} & {UNKNOWN, OTHERS} and seen.cell(row.key, column.key).contacts
    }
    if not known:
        return ""
    often = [mark for mark in seen.surprises if mark in known and (seen.cells[mark].index or 0) > 1]
    mark = often[0] if often else max(known, key=lambda one: seen.cells[one].contacts)
    row, column = known[mark]
    return w(
        "page.crossing.example",
        n=seen.cells[mark].contacts,
        row=escape(names.alone(row, seen.rows)),
        column=escape(names.alone(column, seen.columns)),
    )


def _unknown(slices: Sequence[Slice]) -> list[int]:
    """The places of those of whom nothing is known: the eye must not go there first."""
    return [place for place, one in enumerate(slices) if one.role == UNKNOWN]


def _key(one: object) -> str:
    return TOTAL if one is None else str(getattr(one, "key", ""))


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
