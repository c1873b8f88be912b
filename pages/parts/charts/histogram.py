"""A distribution already counted by class, with the limits that cut it drawn over it."""

from __future__ import annotations

import itertools

import plotly.graph_objects as go

from pages.parts.charts.marks import Brush, figure, numbers, selectable


def histogram(brush: Brush) -> go.Figure:
    """Classes of a measure as touching bars on a true number axis.

    data: ``edges`` (n+1 limits), ``values`` (n counts), ``unit`` of the counts, ``edge_unit`` of the measure;
    ``cuts`` (limits to draw) and ``axis`` (catalogue key of the measure).
    """
    edges, counts = numbers(brush.list("edges")), numbers(brush.list("values"))
    fig = figure(brush.look, height=230)
    limits = [brush.write(edge, unit="edge_unit") for edge in brush.list("edges")]
    fig.add_bar(
        x=[(low + high) / 2 for low, high in itertools.pairwise(edges)],
        y=counts,
        width=[high - low for low, high in itertools.pairwise(edges)],
        marker={"color": brush.look.accent, "line": {"width": 1, "color": brush.look.background}},
        customdata=[
            [position, f"{low} – {high}", brush.write(count)]
            for position, (low, high, count) in enumerate(zip(limits, limits[1:], counts, strict=False))
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
    ticks = edges[:: max(1, len(edges) // 6)]
    name = brush.spec.data.get("axis")
    fig.update_xaxes(
        tickvals=ticks,
        ticktext=[brush.write(tick, unit="edge_unit") for tick in ticks],
        showgrid=False,
        title_text=brush.w(str(name)) if name else None,
    )
    fig.update_yaxes(visible=False, range=[0, top * 1.32])
    return fig
