"""The two pictures of loyalty, both clickable: the grid of recency and orders, the groups as a treemap."""

from __future__ import annotations

from textwrap import wrap

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.charts.marks import safe
from pages.parts.ink import inked
from pages.parts.rfm import limits
from pages.parts.rfm.reading import Cell, Loyalty
from segmentation.i18n import Words
from segmentation.results import ChartSpec

SIZES = ("customers", "revenue")
NARROW = 12
"""Characters of a line in a cell: on a telephone a cell is no wider."""
ROW = 76
"""Height of a row of cells, in pixels: a count, a name on two lines, an amount."""


def grid(seen: Loyalty, currency: str) -> tuple[str, ...]:
    """The 25 cells, recent buyers on top; the keys of those chosen ("r5f4")."""
    w = state.say()
    st.caption(w("page.rfm.grid_read"))
    rows = [[seen.cells[r, f] for f in (1, 2, 3, 4, 5)] for r in limits.LEVELS]
    data = {
        "rows": [limits.days(seen.cuts, r, w, short=True) for r in limits.LEVELS],
        "columns": [limits.orders(seen.cuts, f, w, short=True, none=bool(seen.old)) for f in (1, 2, 3, 4, 5)],
        "column_title": "page.rfm.columns_fm" if seen.cuts.combine_fm else "page.rfm.columns",
        "values": [[cell.customers for cell in row] for row in rows],
        "keys": [[cell.key for cell in row] for row in rows],
        "groups": [[cell.group if seen.named(cell) else None for cell in row] for row in rows],
        "group_words": "rfm.",
        "texts": [[_written(cell, seen, w, currency) for cell in row] for row in rows],
        "unit": "integer",
        "row_height": ROW,
    }
    marks = chart(
        ChartSpec("cross_tab", data),
        w,
        key=one_choice.key("rfm", "grid"),
        alt=w("page.rfm.grid_alt"),
        currency=currency,
        select=True,
    )
    if seen.old:
        st.caption(w("page.rfm.old", n=seen.old, months=seen.cuts.window_months))
    return marks


def _written(cell: Cell, seen: Loyalty, w: Words, currency: str) -> str:
    """The lines under the count of a cell: its group, then what its people spent."""
    if not cell.customers:
        return ""
    lines = wrap(w(f"rfm.{cell.group}"), NARROW) if seen.named(cell) else []
    return "<br>".join(map(safe, [*lines, w.money(cell.revenue, currency, digits=0)]))


def treemap(seen: Loyalty, currency: str) -> tuple[str, ...]:
    """One rectangle per group, by customers or by revenue; the keys of those chosen."""
    w = state.say()
    held = str(state.get("rfm.size", SIZES[0]))
    key = f"rfm_size_{w.language}"
    st.segmented_control(
        w("page.rfm.size_by"),
        SIZES,
        default=held,
        required=True,
        format_func=inked(lambda size: w(f"page.rfm.size.{size}")),
        key=key,
        on_change=lambda: state.put("rfm.size", state.widget(key) or SIZES[0]),
    )
    groups = [group for group in seen.groups if getattr(group, held) > 0]
    spec = ChartSpec(
        "treemap",
        {
            "labels": [group.key for group in groups],
            "keys": [group.key for group in groups],
            "words": "rfm.",
            "values": [getattr(group, held) for group in groups],
            "unit": "money" if held == "revenue" else "integer",
            "notes": [
                w.percent(group.revenue_share if held == "revenue" else group.share) for group in groups
            ],
        },
    )
    return chart(
        spec,
        w,
        key=one_choice.key("rfm", "treemap"),
        alt=w("page.rfm.treemap_alt"),
        currency=currency,
        select=True,
    )
