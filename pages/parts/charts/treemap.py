"""A treemap: rectangles as large as what they hold; each has an id, without which a click says nothing."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.parts.charts.marks import Brush, figure, numbers


def treemap(brush: Brush) -> go.Figure:
    """One level of rectangles.

    data: ``labels``, ``values`` (sizes), ``keys``, ``unit``, ``words``; ``notes`` (words under a value).
    """
    labels = [brush.label(label) for label in brush.list("labels")]
    keys = [str(key) for key in brush.list("keys") or brush.list("labels")]
    notes = list(brush.list("notes")) or [""] * len(labels)
    colours = [brush.look.of(key, position) for position, key in enumerate(keys)]
    written = [brush.write(value) for value in brush.list("values")]
    texts = [
        f"{value}<br>{brush.label(note)}" if note else value
        for value, note in zip(written, notes, strict=True)
    ]
    fig = figure(brush.look, height=360)
    fig.add_treemap(
        ids=keys,
        labels=labels,
        parents=[""] * len(labels),
        values=numbers(brush.list("values")),
        text=texts,
        texttemplate="<b>%{label}</b><br>%{text}",
        hovertemplate="%{label} : %{text}<extra></extra>",
        marker={
            "colors": colours,
            "line": {"width": 2, "color": brush.look.background},
            "cornerradius": 6,
        },
        textfont={"color": [brush.look.ink(colour) for colour in colours], "size": 13},
        tiling={"pad": 2},
        pathbar={"visible": False},
        branchvalues="total",
    )
    return fig
