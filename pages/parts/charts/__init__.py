"""Pictures: a ``ChartSpec`` of the core becomes a figure; the only room that imports Plotly.

``CHARTS`` is the list of kinds; the docstring of each renderer says the shape of its data.
Plotly is mouse-only: a screen always offers the same choice beside it by a table or a select box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import plotly.graph_objects as go
import streamlit as st

from pages.parts import cached
from pages.parts.charts.bars import bars, line, stacked
from pages.parts.charts.cross_tab import cross_tab
from pages.parts.charts.funnel import funnel, waterfall
from pages.parts.charts.histogram import histogram
from pages.parts.charts.map import france
from pages.parts.charts.marks import Brush
from pages.parts.charts.palette import current
from pages.parts.charts.shares import shares
from pages.parts.charts.treemap import treemap
from segmentation.i18n import Words
from segmentation.results import ChartSpec

CHARTS: Mapping[str, Callable[[Brush], go.Figure]] = MappingProxyType(
    {
        "bars": bars,
        "stacked": stacked,
        "line": line,
        "cross_tab": cross_tab,
        "treemap": treemap,
        "histogram": histogram,
        "funnel": funnel,
        "waterfall": waterfall,
        "map": france,
        "shares": shares,
    }
)
"""Kind of a ``ChartSpec`` → its renderer."""


def chart(
    spec: ChartSpec, w: Words, *, key: str, alt: str, currency: str = "EUR", select: bool = False
) -> tuple[str, ...]:
    """Draw ``spec``; with ``select``, answer the keys of the marks the reader has chosen.

    A choice stays chosen at each run: act on it from a button, never from its being there.
    A new ``key`` clears it. ``alt`` is the sentence that replaces the picture for a screen reader.
    The figure is made once for the same data, language, theme and currency: nothing else decides it.
    """
    look = current()
    said = (spec.kind, repr(spec.data), w.language, look.dark, currency)
    figure = cached.picture(said, lambda: CHARTS[spec.kind](Brush(spec, w, look, currency)))
    event = st.plotly_chart(
        figure,
        key=key,
        theme=None,
        on_select="rerun" if select else "ignore",
        selection_mode="points",
        config={"displayModeBar": False, "responsive": True},
        alt=alt,
    )
    return chosen(event) if select else ()


def chosen(event: object) -> tuple[str, ...]:
    """The keys of the marks in a selection event, in the order they were chosen, each once."""
    selection = event.get("selection", {}) if isinstance(event, dict) else getattr(event, "selection", {})
    keys: dict[str, None] = {}
    for point in selection.get("points", ()):
        data = point.get("customdata")
        mark = data[0] if isinstance(data, (list, tuple)) and data else data or point.get("id")
        if mark is not None:
            keys[str(mark)] = None
    return tuple(keys)


__all__ = ["CHARTS", "chart", "chosen"]
