"""Two things crossed: each cell is a bar of height one, for a heatmap never says which cell was clicked."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from pages.parts.charts.marks import Brush, figure, numbers


def cross_tab(brush: Brush) -> go.Figure:
    """A grid of clickable cells.

    data: ``rows``, ``columns`` (labels, top row first), ``values`` (one list per row), ``unit``;
    ``row_words``, ``column_words``; ``keys`` (one list per row; default "row|column");
    ``texts`` (one list per row, already words: the lines under a value), ``groups`` (one list per row:
    RFM segment keys, which give the colour; ``group_words``), ``row_title``, ``column_title`` (keys),
    ``row_height`` in pixels.
    """
    rows, columns = brush.list("rows"), brush.list("columns")
    grid = [list(row) for row in brush.list("values")]
    groups, keys = brush.list("groups"), brush.list("keys")
    top = max((value for row in grid for value in numbers(row)), default=0) or 1
    tall = brush.spec.data.get("row_height")
    fig = figure(brush.look, height=max(140, (tall if isinstance(tall, int) else 62) * len(rows) + 56))
    across = [brush.label(column, prefix="column_words") for column in columns]
    for place, row in enumerate(rows):
        shares = [value / top for value in numbers(grid[place])]
        names = list(groups[place]) if groups else [None] * len(columns)
        fills = [_fill(brush, share, name) for share, name in zip(shares, names, strict=True)]
        marks = list(keys[place]) if keys else [f"{row}|{column}" for column in columns]
        _add_row(brush, fig, place, across, fills, marks, names)
    fig.update_layout(barmode="overlay", bargap=0)
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[brush.label(row, prefix="row_words") for row in rows],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        title_text=_title(brush, "row_title"),
    )
    fig.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=across,
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        title_text=_title(brush, "column_title"),
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
    written = [brush.write(value) for value in values]
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


def _fill(brush: Brush, share: float, name: object) -> str:
    if name:
        return brush.look.of(name)
    return brush.look.shade(share**0.6) if share else brush.look.line


def _title(brush: Brush, name: str) -> str | None:
    key = brush.spec.data.get(name)
    return brush.label(key and brush.w(str(key))) if key else None
