"""A distribution already counted by class, with the limits that cut it drawn over it."""

from __future__ import annotations

import itertools

import plotly.graph_objects as go

from pages.parts.charts.bars import ticks
from pages.parts.charts.marks import Brush, figure, numbers, selectable


def histogram(brush: Brush) -> go.Figure:
    """Classes of a measure as touching bars on a true number axis.

    data: ``edges`` (n+1 limits), ``values`` (n counts), ``unit`` of the counts, ``edge_unit`` of the measure;
    ``cuts`` (limits to draw), ``axis`` and ``count_axis`` (catalogue keys of the measure and of the counts);
    ``beyond``: the last class holds all that is above its lower limit, and is drawn paler.
    """
    edges, counts = numbers(brush.list("edges")), numbers(brush.list("values"))
    fig = figure(brush.look, height=230)
    limits = [brush.write(edge, unit="edge_unit") for edge in brush.list("edges")]
    beyond = bool(brush.spec.data.get("beyond")) and len(edges) > 1
    spans = [f"{low} – {high}" for low, high in itertools.pairwise(limits)]
    colours = [brush.look.accent] * len(spans)
    if beyond:
        spans[-1], colours[-1] = brush.w("value.more_than", value=limits[-2]), brush.look.shade(0.35)
    fig.add_bar(
        x=[(low + high) / 2 for low, high in itertools.pairwise(edges)],
        y=counts,
        width=[high - low for low, high in itertools.pairwise(edges)],
        marker={"color": colours, "line": {"width": 1, "color": brush.look.background}},
        customdata=[
            [position, span, brush.write(count)]
            for position, (span, count) in enumerate(zip(spans, counts, strict=True))
        ],
        hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
        **selectable(brush.look),
    )
    top = max([*counts, 0]) or 1
    for place, cut in enumerate(brush.list("cuts")):
        fig.add_vline(x=float(cut), line={"color": brush.look.categories[1], "width": 2, "dash": "dot"})
        fig.add_annotation(
            x=float(cut),
            y=top * (1.08 + 0.14 * (place % 2)),
            text=brush.write(cut, unit="edge_unit"),
            showarrow=False,
            font={"size": 11, "color": brush.look.categories[1]},
            bgcolor=brush.look.background,
        )
    step = max(1, len(edges) // 6)
    marks = {edge: brush.write(edge, unit="edge_unit") for edge in edges[::step]}
    if beyond:
        marks = {edge: text for edge, text in marks.items() if edge <= edges[-1 - max(1, step * 2 // 3)]}
        marks[(edges[-2] + edges[-1]) / 2] = spans[-1]
    fig.update_xaxes(
        tickvals=list(marks), ticktext=list(marks.values()), showgrid=False, title_text=_said(brush, "axis")
    )
    rises = [tick for tick in ticks(top) if tick <= top]
    fig.update_yaxes(
        tickvals=rises,
        ticktext=[brush.w.number(tick, digits=0) for tick in rises],
        range=[0, top * 1.32],
        title_text=_said(brush, "count_axis"),
    )
    return fig


def _said(brush: Brush, name: str) -> str | None:
    key = brush.spec.data.get(name)
    return brush.w(str(key)) if key else None
