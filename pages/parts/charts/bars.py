"""Bars: one value per label, or several series stacked on one label."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts.marks import BAR_HEIGHT, Brush, figure, numbers, safe, selectable

LONGEST_NOTE = 120
TALL = 440
"""Pixels of a picture of many series, whose names take a line each on a telephone."""
MOST_TICKS, ABOVE = 7, 1.06
"""Steps of an axis at most; how far above its tallest bar it goes."""


def bars(brush: Brush) -> go.Figure:
    """One bar per label.

    data: ``labels``, ``values``, ``keys`` (defaults to labels), ``unit``, ``words``; ``direction``
    "across" (default: lying bars, long labels) or "up" (time, ordered classes); ``notes`` hover text per bar;
    ``compact``: values are written short (12 k); ``texts`` (words) replace them;
    ``tints``: per bar, the RFM segment whose colour it takes. A label of two parts says where from, where to.
    """
    labels = [_written(brush, label) for label in brush.list("labels")]
    values = numbers(brush.list("values"))
    keys = list(brush.list("keys")) or list(brush.list("labels"))
    short = brush.w.compact if brush.spec.data.get("compact") else brush.write
    texts = [safe(text) for text in brush.list("texts")] or [short(value) for value in brush.list("values")]
    notes = [safe(note, longest=LONGEST_NOTE) for note in brush.list("notes")] or texts
    across = brush.spec.data.get("direction", "across") == "across"
    tints = list(brush.list("tints")) or (keys if brush.spec.data.get("words") == "rfm." else [])
    colours = [brush.look.of(tint) for tint in tints] or [brush.look.accent] * len(keys)
    tall = BAR_HEIGHT * (1.5 if any("<br>" in label for label in labels) else 1)
    fig = figure(brush.look, height=max(90, round(tall * len(labels)) + 16) if across else 260)
    places = list(range(len(labels)))
    fig.add_bar(
        x=values if across else places,
        y=places if across else values,
        orientation="h" if across else "v",
        marker={"color": colours, "cornerradius": 4},
        text=texts,
        textposition="outside",
        cliponaxis=False,
        customdata=[[key, label, note] for key, label, note in zip(keys, labels, notes, strict=True)],
        hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
        **selectable(brush.look),
    )
    axis = {"tickvals": places, "ticktext": labels, "showgrid": False}
    room = max([*values, 0]) * (1.3 if across else 1.16) or 1
    if across:
        fig.update_yaxes(autorange="reversed", **axis)
        fig.update_xaxes(visible=False, range=[min([*values, 0]), room])
    else:
        fig.update_xaxes(**axis)
        fig.update_yaxes(visible=False, range=[min([*values, 0]), room])
    return fig


def _written(brush: Brush, label: object) -> str:
    if isinstance(label, (tuple, list)):
        return "<br>→ ".join(brush.label(part) for part in label)
    return brush.label(label)


def stacked(brush: Brush) -> go.Figure:
    """Several series on each label.

    data: ``labels``, ``series`` {key: values}, ``series_words`` (prefix of their names' keys), ``unit``;
    ``keys``, one per label (default: the labels): a mark is "series|key"; ``shades``, one per series: its
    place in [0.0, 1.0] on the sequential scale, a whole number for a colour of the palette, None for the
    quiet one (default: the palette's colours in order).
    """
    series = brush.spec.data.get("series")
    labels = [brush.label(label) for label in brush.list("labels")]
    keys = list(brush.list("keys")) or list(brush.list("labels"))
    shades = brush.list("shades")
    fig = figure(brush.look, height=300 if len(shades) <= 4 else TALL, legend=True)
    shown = list(series.values()) if isinstance(series, dict) else []
    for position, (key, values) in enumerate(series.items() if isinstance(series, dict) else ()):
        name = brush.label(key, prefix="series_words")
        fig.add_bar(
            x=list(range(len(labels))),
            y=numbers(values),
            name=name,
            marker={"color": _shade(brush, shades[position]) if shades else brush.look.of(key, position)},
            customdata=[
                [f"{key}|{mark}", f"{name}, {label}", brush.write(value)]
                for mark, label, value in zip(keys, labels, values, strict=True)
            ],
            hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
            **selectable(brush.look),
        )
    fig.update_layout(barmode="stack", legend={"y": 1.02, "yanchor": "bottom", "traceorder": "normal"})
    fig.update_xaxes(tickvals=list(range(len(labels))), ticktext=labels, showgrid=False)
    heights = [sum(numbers(column)) for column in zip(*shown, strict=True)]
    top, low = max(heights, default=0) or 1, min([0.0, *(min(numbers(one), default=0) for one in shown)])
    marks = [mark for mark in ticks(top, least=low) if mark <= top * ABOVE]
    fig.update_yaxes(
        tickvals=marks, ticktext=[_tick(brush, mark) for mark in marks], range=[low, top * ABOVE]
    )
    return fig


def _tick(brush: Brush, mark: float) -> str:
    """A round number of the axis, with its currency."""
    if brush.spec.data.get("unit") == "money":
        return brush.w.money(mark, brush.currency, digits=0)
    return brush.w.number(mark, digits=0)


def ticks(top: float, *, least: float = 0.0) -> list[float]:
    """Round numbers from ``least`` or below to ``top`` or above, at most seven of them."""
    span = (top - least) or 1.0
    rounds = (digit * 10.0**power for power in range(16) for digit in (1, 2, 5))
    step = next(one for one in rounds if span / one <= MOST_TICKS)
    return [place * step for place in range(floor(least / step), max(ceil(top / step), 1) + 1)]


def _shade(brush: Brush, place: Any) -> str:
    if isinstance(place, int):
        return brush.look.categories[place]
    return brush.look.line if place is None else brush.look.shade(float(place))


def line(brush: Brush) -> go.Figure:
    """Values in time. data: ``labels``, ``values``, ``keys``, ``unit``."""
    labels = [brush.label(label) for label in brush.list("labels")]
    keys = list(brush.list("keys")) or list(brush.list("labels"))
    fig = figure(brush.look, height=240)
    fig.add_scatter(
        x=list(range(len(labels))),
        y=numbers(brush.list("values")),
        mode="lines+markers",
        line={"color": brush.look.accent, "width": 2.5},
        marker={"size": 7},
        customdata=[
            [key, label, brush.write(value)]
            for key, label, value in zip(keys, labels, brush.list("values"), strict=True)
        ],
        hovertemplate="%{customdata[1]} : %{customdata[2]}<extra></extra>",
    )
    step = max(1, len(labels) // 12)
    fig.update_xaxes(tickvals=list(range(0, len(labels), step)), ticktext=labels[::step], showgrid=False)
    fig.update_yaxes(rangemode="tozero", nticks=5)
    return fig
