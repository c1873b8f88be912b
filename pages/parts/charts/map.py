"""A map of France by département: filled shapes, and over them unseen points that say what was clicked.

Nothing is fetched: the shapes are Carnet's own. Plotly's filled shapes never say which was clicked, hence the
points; the one clicked shows as a dot.
"""

from __future__ import annotations

from math import ceil

import plotly.graph_objects as go

from pages.parts.charts.marks import Brush, figure, numbers
from segmentation.reference.outlines import Outline, outlines, size

HEIGHT = 350
SHADES = 20
"""Shades told apart: one trace draws all the shapes of a shade, a hundred traces would be slow to make."""
UNSEEN = 0.01
"""Opacity of the points; a mark of none would not be hovered."""


def france(brush: Brush) -> go.Figure:
    """Darker where there is more.

    data: ``codes`` (départements), ``values``, ``keys`` (default: the codes), ``notes`` (hover texts, already
    words), ``unit``.
    """
    codes = [str(code) for code in brush.list("codes")]
    values = dict(zip(codes, numbers(brush.list("values")), strict=True))
    keys = dict(zip(codes, brush.list("keys") or codes, strict=True))
    notes = dict(zip(codes, brush.list("notes") or brush.list("values"), strict=True))
    top = max(values.values(), default=0) or 1
    fig = figure(brush.look, height=HEIGHT)
    marks: list[tuple[float, float, object, str]] = []
    filled: dict[str, list[Outline]] = {}
    for shape in outlines():
        value = values.get(shape.code, 0)
        shade = ceil((value / top) ** 0.4 * SHADES) / SHADES
        filled.setdefault(brush.look.shade(shade) if value else brush.look.line, []).append(shape)
        if value:
            note = f"{brush.label(shape.name)} ({shape.code})<br>{brush.label(notes[shape.code])}"
            marks += [(x, y, keys[shape.code], note) for x, y in shape.inside]
    for colour, shapes in filled.items():
        rings = [ring for shape in shapes for ring in shape.rings]
        fig.add_scatter(
            x=[x for ring in rings for x in (*(p[0] for p in ring), ring[0][0], None)],
            y=[y for ring in rings for y in (*(p[1] for p in ring), ring[0][1], None)],
            fill="toself",
            mode="lines",
            fillcolor=colour,
            line={"width": 0.8, "color": brush.look.background},
            hoverinfo="skip",
            showlegend=False,
        )
    fig.add_scatter(
        x=[x for x, *_ in marks],
        y=[y for _, y, *_ in marks],
        mode="markers",
        marker={"size": 13, "opacity": UNSEEN, "color": brush.look.text},
        customdata=[[key, note] for _, _, key, note in marks],
        hovertemplate="%{customdata[1]}<extra></extra>",
        selected={"marker": {"opacity": 1, "size": 12}},
        unselected={"marker": {"opacity": UNSEEN}},
        showlegend=False,
    )
    width, height = size()
    fig.update_xaxes(visible=False, range=[0, width])
    fig.update_yaxes(visible=False, range=[0, height], scaleanchor="x", constraintoward="top")
    return fig
