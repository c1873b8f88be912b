"""Two things crossed: each cell is a bar of height one, for a heatmap never says which cell was clicked."""

from __future__ import annotations

import re
from math import log2
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts.marks import Brush, figure, numbers, safe

_ACROSS = 104
"""Characters of the names of all columns side by side on a wide page, on lines of _NARROW at least: names
that need no second line stay apart when a phone turns them."""
_NARROW = 11
SMALLEST = 9
"""Pixels of the writing in a cell, the same in all, where the narrowest decides."""
_FARTHEST = 2
"""Doublings on either side of 1 that take the strongest colour: 4 times more, 4 times fewer."""


def cross_tab(brush: Brush) -> go.Figure:
    """A grid of clickable cells.

    data: ``rows``, ``columns`` (labels, top row first), ``values`` (one list per row), ``unit``;
    ``row_words``, ``column_words``; ``keys`` (one list per row; default "row|column");
    ``shown`` (one list per row, already words, instead of the value written);
    ``texts`` (one list per row, already words: the lines under a value), ``groups`` (one list per row:
    RFM segment keys, which give the colour; ``group_words``), ``row_title``, ``column_title`` (keys),
    ``row_height`` in pixels; ``totals``: the last row and the last column are totals, out of the scale;
    ``apart_rows``, ``apart_columns``: places out of the scale too, drawn as pale as the page (not known),
    but for their totals; so are zeros;
    ``leans``: values are read against 1, less to one colour and more to another.
    """
    rows, columns = brush.list("rows"), brush.list("columns")
    grid = [list(row) for row in brush.list("values")]
    groups, keys = brush.list("groups"), brush.list("keys")
    totals = bool(brush.spec.data.get("totals"))
    apart = set(brush.list("apart_rows")), set(brush.list("apart_columns"))
    inner = [
        [value for at, value in enumerate(row[:-1] if totals else row) if at not in apart[1]]
        for place, row in enumerate(grid[:-1] if totals else grid)
        if place not in apart[0]
    ]
    top = max((value for row in inner for value in numbers(row)), default=0) or 1
    tall = brush.spec.data.get("row_height")
    fig = figure(brush.look, height=max(140, (tall if isinstance(tall, int) else 62) * len(rows) + 56))
    across = [brush.label(column, prefix="column_words") for column in columns]
    if totals:
        widest = max(_NARROW, _ACROSS // len(across))
        across = ["<br>".join(_lines(label, widest)) for label in across]
    for place, row in enumerate(rows):
        names = list(groups[place]) if groups else [None] * len(columns)
        fills = [_fill(brush, value, top, name) for value, name in zip(grid[place], names, strict=True)]
        if totals:
            whole = place == len(rows) - 1
            fills = [brush.look.line] * len(fills) if whole else [*fills[:-1], brush.look.line]
        pale = range(len(fills) - totals) if place in apart[0] else apart[1]
        if not totals or place < len(rows) - 1:
            fills = [brush.look.background if at in pale else fill for at, fill in enumerate(fills)]
        marks = list(keys[place]) if keys else [f"{row}|{column}" for column in columns]
        _add_row(brush, fig, place, across, fills, marks, names)
    fig.update_layout(barmode="overlay", bargap=0)
    if brush.list("texts"):
        fig.update_layout(uniformtext={"minsize": SMALLEST, "mode": "show"})
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[brush.label(row, prefix="row_words") for row in rows],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        title={"text": _title(brush, "row_title"), "standoff": 16},
    )
    fig.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=across,
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        title={"text": _title(brush, "column_title"), "standoff": 12},
        **({"autotickangles": [0, 90]} if totals else {}),
    )
    return fig


def _add_row(
    brush: Brush,
    fig: go.Figure,
    place: int,
    across: list[str],
    fills: list[str],
    marks: list[Any],
    names: list[Any],
) -> None:
    values = list(brush.list("values")[place])
    texts = brush.list("texts")
    label = brush.label(brush.list("rows")[place], prefix="row_words")
    said = brush.list("shown")
    written = [safe(one) for one in said[place]] if said else [brush.write(value) for value in values]
    below = [brush.label(name, prefix="group_words") if name else "" for name in names]
    shown = [
        f"<b>{value}</b><br>{note}" if note else value
        for value, note in zip(written, texts[place] if texts else below, strict=True)
    ]
    hover = [
        f"{label} × {column} : {value}" + (f"<br>{name}" if name else "")
        for column, value, name in zip(across, written, below, strict=True)
    ]
    fig.add_bar(
        x=list(range(len(across))),
        y=[1] * len(across),
        base=[place - 0.5] * len(across),
        width=1,
        marker={"color": fills, "line": {"width": 2, "color": brush.look.background}, "cornerradius": 6},
        text=shown,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": [brush.look.ink(fill) for fill in fills], "size": 12},
        constraintext="none",
        customdata=[[mark, note] for mark, note in zip(marks, hover, strict=True)],
        hovertemplate="%{customdata[1]}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.45}, "textfont": {"color": brush.look.text}},
    )


def _lines(label: str, widest: int) -> list[str]:
    """A column's name on short lines; an amount keeps its currency."""
    together = re.sub(r"(?<=\d) (?=[€$£%])", "\u00a0", label)
    return wrap(together, widest, break_long_words=False)


def _fill(brush: Brush, value: Any, top: float, name: object) -> str:
    if name:
        return brush.look.of(name)
    if value is None:
        return brush.look.background
    if brush.spec.data.get("leans"):
        return brush.look.lean(0.5 + log2(max(float(value), 1 / 8)) / (2 * _FARTHEST))
    share = max(float(value), 0) / top
    return brush.look.shade(share**0.6) if share else brush.look.background


def _title(brush: Brush, name: str) -> str | None:
    key = brush.spec.data.get(name)
    return brush.label(key and brush.w(str(key))) if key else None
