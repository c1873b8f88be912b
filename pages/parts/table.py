"""A small table: values in the reader's language, sorted by what they are worth, chosen by keyboard too.

For a dozen rows; pages of contacts are the grid's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.grid import WRITERS
from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.results import Column, Sheet

LARGE = 1000
"""A column of money with one such amount is written without cents."""

NOTHING = "–"
"""Where there is no value."""


def table(
    sheet: Sheet,
    w: Words,
    *,
    key: str,
    alt: str,
    currency: str = "EUR",
    select: bool = False,
    inks: Sequence[str] = (),
    widths: Mapping[str, int | str] | None = None,
    height: int | str = "content",
    row_height: int | None = None,
) -> tuple[int, ...]:
    """Show ``sheet``; with ``select``, the places of the rows the reader has chosen.

    ``inks`` gives the colour of the first column in each row; ``widths`` a column's width, by its key;
    ``height`` in pixels makes a long one scroll; ``row_height``, above 64 pixels, lets long words wrap.
    ``alt`` says the table to a screen reader.
    """
    names = [column.key for column in sheet.columns]
    frame = pd.DataFrame([list(row) for row in sheet.rows], columns=names, dtype=object)
    for column in sheet.columns:
        if column.type in ("integer", "number", "money", "percent", "days"):
            frame[column.key] = pd.to_numeric(frame[column.key].map(_float))
    event: Any = st.dataframe(
        _styled(frame, sheet.columns, w, currency, inks),
        hide_index=True,
        key=key,
        height=height,
        row_height=row_height,
        on_select="rerun" if select else "ignore",
        selection_mode="multi-row",
        column_config={
            column.key: st.column_config.Column(
                plain(column.label if column.literal else w(column.label)),
                width=(widths or {}).get(column.key),
            )
            for column in sheet.columns
        },
        placeholder=NOTHING,
        alt=alt,
    )
    return tuple(int(row) for row in event.selection.rows) if select else ()


def _styled(
    frame: pd.DataFrame, columns: Sequence[Column], w: Words, currency: str, inks: Sequence[str]
) -> Any:
    """The values as they are, each with the words that show it."""

    large = {
        column.key: bool((frame[column.key].abs() >= LARGE).any())
        for column in columns
        if column.type == "money"
    }

    def writer(column: Column) -> Any:
        write = WRITERS.get(column.type)

        def said(value: Any) -> str:
            if value is None or value != value:  # a missing number is not equal to itself
                return NOTHING
            if column.type == "money":
                return w.money(value, currency, digits=0 if large[column.key] else 2)
            if column.type == "percent":
                return w.percent(value, fixed=True)
            if column.type == "days":
                return w("count.days", n=round(value))
            return plain(write(value, w, currency) if write else value, longest=200)

        return said

    styled = frame.style.format({column.key: writer(column) for column in columns})
    if inks and columns:
        first = columns[0].key
        styled = styled.apply(
            lambda cells: [f"color: {ink}; font-weight: 600" for ink in inks[: len(cells)]], subset=[first]
        )
    return styled


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
