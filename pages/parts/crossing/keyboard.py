"""The crossing as a table, with its totals: the keyboard's way to choose cells, rows and columns."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import one_choice, state
from pages.parts.crossing.measures import MEASURES, written
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import TOTAL, Crossing
from segmentation.reports.crossing import BETWEEN

NAME = "name"
"""The column of the rows' names: to choose it is to choose the row."""
FEW, WIDTH, NARROW, MONEY = 7, 165, 60, 90
"""Beyond so many columns they are made narrow, in pixels, and the totals stay in sight."""
CHARACTER, WIDEST = 6.6, 115
"""Pixels of a character of a column's name, and of the widest narrow column."""


def draw(seen: Crossing, measure: str, names: Names) -> tuple[str, ...]:
    """The table of one measure; the keys of the cells, rows and columns chosen."""
    w, asked = state.say(), MEASURES[measure]
    rows = [one.key for one in seen.rows.slices] + [TOTAL]
    columns = [one.key for one in seen.columns.slices] + [TOTAL]
    labels = [names.slice(one, seen.rows) for one in seen.rows.slices] + [w("page.crossing.total")]
    frame = pd.DataFrame({NAME: pd.Series(labels, dtype=object)})
    for place, column in enumerate(columns):
        values = [asked.of(seen.cells[row + BETWEEN + column]) for row in rows]
        frame[str(place)] = pd.Series([None if value is None else float(str(value)) for value in values])
    heads = [names.slice(one, seen.columns) for one in seen.columns.slices] + [w("page.crossing.total")]
    styled = frame.style.format(
        {
            str(place): lambda value: written(
                None if value is None or value != value else value, asked.unit, w, names.currency
            )
            for place in range(len(columns))
        }
    )
    narrow = MONEY if asked.unit == "money" else NARROW
    event: Any = st.dataframe(
        styled,
        hide_index=True,
        height="content",
        key=f"{one_choice.key('crossing', 'table')}_{seen.shape}_{measure}",
        on_select="rerun",
        selection_mode="multi-cell",
        column_config={
            NAME: st.column_config.Column(names.side(seen.rows.code), width=WIDTH, pinned=True),
            **{
                str(place): st.column_config.Column(
                    head,
                    width=_wide(head, narrow) if len(heads) > FEW else None,
                    pinned=len(heads) > FEW and place == len(heads) - 1,
                )
                for place, head in enumerate(heads)
            },
        },
        placeholder="–",
        alt=w("page.crossing.table_alt"),
    )
    found: dict[str, None] = {}
    for row, column in event.selection.cells:
        place = TOTAL if column == NAME else columns[int(column)]
        if int(row) < len(rows):
            found[rows[int(row)] + BETWEEN + place] = None
    return tuple(found)


def _wide(head: str, narrow: int) -> int:
    """Pixels for a column whose whole name is read, up to ``WIDEST``."""
    return min(max(narrow, round(CHARACTER * len(head)) + 20), WIDEST)
