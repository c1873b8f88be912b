"""Who stays and who is left out, step by step with its reason: a funnel, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import state
from pages.parts.charts import chart
from pages.parts.table import table
from segmentation.i18n import Words
from segmentation.lists.waterfall import Step
from segmentation.results import ChartSpec, Column, Sheet

COLUMNS = (
    Column("step", "page.lists.column.step"),
    Column("count", "page.lists.column.count", "integer"),
    Column("removed", "page.lists.column.removed", "integer"),
    Column("reason", "page.lists.column.reason"),
)


WIDTHS = {"step": 265, "count": 80, "removed": 90, "reason": 410}
"""Pixels of each column: its longest words are read whole on a desk."""


def draw(steps: Sequence[Step]) -> None:
    """From everybody in the segment to who is in the file."""
    w = state.say()
    first, last = steps[0].count, steps[-1].count
    spec = ChartSpec(
        "funnel",
        {
            "labels": [w(f"page.lists.step.{step.key}") for step in steps],
            "keys": [step.key for step in steps],
            "values": [step.count for step in steps],
            "unit": "integer",
        },
    )
    alt = w("page.lists.steps_alt", first=w("count.contacts", n=first), last=w.number(last, digits=0))
    chart(spec, w, key="list_steps_chart", alt=alt)
    rows = [
        (w(f"list.step.{step.key}"), step.count, step.removed or None, _reason(step, w)) for step in steps
    ]
    table(Sheet("steps", COLUMNS, rows), w, key="list_steps", alt=alt, widths=WIDTHS)


def _reason(step: Step, w: Words) -> str:
    return w(f"list.reason.{step.reason}") if step.reason else ""
