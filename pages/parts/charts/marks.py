"""What every picture shares: labels made safe, values written in the reader's language, one quiet layout."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from pages.parts.charts.palette import Look
from segmentation.i18n import Words
from segmentation.results import ChartSpec

LONGEST_LABEL = 32
BAR_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class Brush:
    """One picture being drawn: its spec, the reader's words, the page's look, the base's currency."""

    spec: ChartSpec
    w: Words
    look: Look
    currency: str = "EUR"

    def list(self, name: str) -> Sequence[Any]:
        """A series of the spec, or nothing."""
        found = self.spec.data.get(name)
        return found if isinstance(found, (list, tuple)) else ()

    def label(self, value: object, *, prefix: str = "words") -> str:
        """A label as the reader sees it, HTML-escaped.

        ``data[prefix]`` is a beginning of catalogue keys ("rfm."); without it the value is the user's own.
        """
        start = self.spec.data.get(prefix)
        known = isinstance(start, str) and self.w.has(f"{start}{value}")
        return safe(self.w(f"{start}{value}") if known else value)

    def write(self, value: object, *, unit: str = "unit") -> str:
        """A value as text, by ``data[unit]``: integer, number, money, percent, times, days, date."""
        write = WRITERS.get(str(self.spec.data.get(unit, "number")), _number)
        return "–" if value is None else write(self, value)


def _number(brush: Brush, value: Any) -> str:
    return brush.w.number(value)


def _money(brush: Brush, value: Any) -> str:
    large = any(abs(number) >= 100 for number in numbers([value, *flat(brush.list("values"))]))
    return brush.w.money(value, brush.currency, digits=0 if large else 2)


WRITERS: Mapping[str, Callable[[Brush, Any], str]] = MappingProxyType(
    {
        "integer": lambda brush, value: brush.w.number(value, digits=0),
        "number": _number,
        "money": _money,
        "percent": lambda brush, value: brush.w.percent(value),
        "times": lambda brush, value: brush.w("value.times", times=brush.w.number(value, digits=1)),
        "days": lambda brush, value: brush.w("count.days", n=round(float(value))),
        "date": lambda brush, value: brush.w.date(value),
    }
)
"""Unit of a chart's values → how they are written."""


def safe(value: object, *, longest: int = LONGEST_LABEL) -> str:
    """Text that Plotly shows and never obeys: no tag, no ``%{…}``, no line break, not too long."""
    text = " ".join(str(value).split())
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return html.escape(text, quote=False).replace("%{", "%\u2060{")


def figure(look: Look, *, height: int, legend: bool = False) -> go.Figure:
    """An empty figure with the house's layout: no zoom, a quiet grid, the page's own colours."""
    quiet = {"fixedrange": True, "automargin": True, "gridcolor": look.line, "zeroline": False, "ticks": ""}
    axis = {**quiet, "title": {"font": {"size": 13}}}
    return go.Figure(  # said at once: each update of a figure costs more than all of this
        layout={
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "Inter, sans-serif", "size": 13, "color": look.text},
            "colorway": list(look.categories),
            "showlegend": legend,
            "legend": {"orientation": "h", "y": -0.12, "x": 0},
            "hoverlabel": {
                "bgcolor": look.background,
                "bordercolor": look.line,
                "font": {"color": look.text},
            },
            "dragmode": False,
            "bargap": 0.28,
            "separators": ", ",
            "xaxis": axis,
            "yaxis": {**axis, "ticklabelstandoff": 6},
        }
    )


def numbers(values: Sequence[Any]) -> list[float]:
    """Values as floats for drawing; a missing one is 0."""
    return [0.0 if value is None else float(value) for value in values]


def flat(values: Sequence[Any]) -> list[Any]:
    """The values of one list, or of a list of lists."""
    return [value for item in values for value in (item if isinstance(item, (list, tuple)) else (item,))]


def selectable(look: Look, *, faded: float = 0.55) -> dict[str, Any]:
    """How chosen and other marks look once some are chosen: all stay readable."""
    return {
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": faded}, "textfont": {"color": look.text}},
    }
