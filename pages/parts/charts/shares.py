"""Shares of an audience as lying bars; a tick on each says where the whole base stands."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from pages.parts.charts.marks import BAR_HEIGHT, Brush, figure, numbers, safe, selectable

LINE = 20
"""Characters of a line of a label; a longer one takes two."""
CHARACTER = 6.6
"""Width of a character of the texts on the right, in pixels, at most."""


def shares(brush: Brush) -> go.Figure:
    """One bar per label, as long as its share.

    data: ``labels`` and ``texts`` (at the right of each bar), already words; ``values`` (shares in
    [0, 1]), ``keys``; ``base`` (the shares of the base, drawn as ticks); ``faded`` (one truth value
    per bar: a deduction, drawn paler); ``longest`` (the share that takes the whole width).
    """
    labels = ["<br>".join(map(safe, wrap(str(label), LINE)[:2])) for label in brush.list("labels")]
    values, base = numbers(brush.list("values")), numbers(brush.list("base"))
    keys = list(brush.list("keys")) or list(brush.list("labels"))
    texts = [brush.label(text) for text in brush.list("texts")] or [brush.w.percent(v) for v in values]
    faded = list(brush.list("faded")) or [False] * len(values)
    places = list(range(len(labels)))
    lines = [label.count("<br>") + 1 for label in labels]
    fig = figure(brush.look, height=max(46, BAR_HEIGHT * len(labels) + 6 * (sum(lines) - len(lines)) + 16))
    fig.add_bar(
        x=values,
        y=places,
        orientation="h",
        marker={
            "color": [brush.look.shade(0.35) if pale else brush.look.accent for pale in faded],
            "cornerradius": 4,
        },
        customdata=[[key, label, text] for key, label, text in zip(keys, labels, texts, strict=True)],
        hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
        showlegend=False,
        **selectable(brush.look),
    )
    if base:
        fig.add_scatter(
            x=base,
            y=places,
            mode="markers",
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 2.5, "color": brush.look.text}},
            hoverinfo="skip",
            showlegend=False,
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    full = numbers([brush.spec.data["longest"]] if brush.spec.data.get("longest") else [])
    longest = max((len(text) for text in texts), default=0)
    beside = {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "showarrow": False,
        "xshift": 6,
        "font": {"size": 12},
    }
    fig.update_layout(
        margin={"r": round(CHARACTER * longest) + 12},
        annotations=[{"text": text, "y": place, **beside} for place, text in zip(places, texts, strict=True)],
    )
    fig.update_yaxes(tickvals=places, ticktext=labels, autorange="reversed", showgrid=False)
    fig.update_xaxes(visible=False, range=[0, max([*values, *base, *full, 0]) or 1])
    return fig
