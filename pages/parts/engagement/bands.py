"""A few counts as lying bars for the mouse and as a table for the keyboard; each is a group of people."""

from __future__ import annotations

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.engagement.reading import Bars, Listening
from pages.parts.table import table
from segmentation.results import ChartSpec, Column, Sheet

Marks = dict[str, tuple[str, ...]]
"""What is chosen in each picture, by its name."""


def bars(seen: Listening, kind: str) -> tuple[str, ...]:
    """One bar per band; the marks chosen."""
    w, counts = state.say(), seen.bars(kind)
    data = {
        "labels": [w(f"page.engagement.{kind}.{key}") for key in counts.keys],
        "values": list(counts.values), "keys": list(counts.keys), "unit": "integer",
    }  # fmt: skip
    marks = chart(
        ChartSpec("bars", data), w,
        key=one_choice.key("engagement", kind), alt=w(f"page.engagement.{kind}_alt"), select=True,
    )  # fmt: skip
    return tuple(f"{kind}|{mark}" for mark in marks)


def bars_table(name: str, several: dict[str, Bars]) -> tuple[str, ...]:
    """Counts as a table: the keyboard's way to choose what the bars choose."""
    w = state.say()
    lines, marks = [], []
    for kind, bars in several.items():
        for key, value in zip(bars.keys, bars.values, strict=True):
            lines.append((w(f"page.engagement.{kind}.{key}"), value, value / (max(bars.values) or 1)))
            marks.append(f"{kind}|{key}")
    columns = [
        Column("what", f"page.engagement.{name}_column"),
        Column("contacts", "page.engagement.contacts", "integer"),
    ]
    if name == "funnel":
        columns.append(Column("share", "page.engagement.of_first", "percent"))
    else:
        lines = [line[:2] for line in lines]
    places = table(
        Sheet(name, tuple(columns), lines), w,
        key=one_choice.key("engagement", f"{name}_table"), alt=w(f"page.engagement.{name}_alt"), select=True,
    )  # fmt: skip
    return tuple(marks[place] for place in places if place < len(marks))
