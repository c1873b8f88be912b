"""The groups as a table: what each weighs and what to do with it; the keyboard's way to choose."""

from __future__ import annotations

from pages.parts import one_choice, state
from pages.parts.charts.palette import current
from pages.parts.rfm import limits
from pages.parts.rfm.reading import Loyalty
from pages.parts.table import table
from segmentation.predictive.rfm import PROSPECTS
from segmentation.results import Column, Sheet

COLUMNS = (
    Column("group", "page.rfm.column.group"),
    Column("advice", "page.rfm.column.advice"),
    Column("customers", "page.rfm.column.customers", "integer"),
    Column("share", "page.rfm.column.share", "percent"),
    Column("revenue", "page.rfm.column.revenue", "money"),
    Column("revenue_share", "page.rfm.column.revenue_share", "percent"),
    Column("basket", "page.rfm.column.basket", "money"),
    Column("days", "page.rfm.column.days", "days"),
)
"""Who, and what to do, first: on a telephone the rest is a swipe away."""
WIDTHS = {
    "group": 138,
    "advice": 202,
    "customers": 80,
    "share": 60,
    "revenue": 80,
    "revenue_share": 106,
    "basket": 66,
    "days": 78,
}
"""Pixels: the first two fill a telephone, all of them a page."""


CELL_COLUMNS = (
    Column("days", "page.rfm.rows"),
    Column("orders", "page.rfm.columns"),
    Column("customers", "page.rfm.column.customers", "integer"),
    Column("revenue", "page.rfm.column.revenue", "money"),
)


def draw(seen: Loyalty, currency: str) -> tuple[str, ...]:
    """The eleven groups and the prospects, or the cells of a small base; the keys of those chosen."""
    if seen.few:
        return _cells(seen, currency)
    w = state.say()
    shown = [*seen.groups, *([seen.prospects] if seen.prospects else [])]
    rows = [
        (
            w(f"rfm.{group.key}"),
            w(f"rfm.{group.key}.brief"),
            group.customers,
            group.share,
            None if group.key == PROSPECTS else group.revenue,
            group.revenue_share,
            group.basket,
            group.days,
        )
        for group in shown
    ]
    look = current()
    places = table(
        Sheet("rfm", COLUMNS, rows),
        w,
        key=one_choice.key("rfm", "table"),
        alt=w("page.rfm.groups_alt"),
        currency=currency,
        select=True,
        inks=[look.of(group.key) for group in shown],
        widths=WIDTHS,
    )
    return tuple(shown[place].key for place in places if place < len(shown))


def _cells(seen: Loyalty, currency: str) -> tuple[str, ...]:
    """The cells where somebody is, without the names that so few people would not deserve."""
    w = state.say()
    shown = [cell for cell in seen.cells.values() if cell.customers]
    rows = [
        (limits.days(seen.cuts, cell.r, w), limits.orders(seen.cuts, cell.f, w), cell.customers, cell.revenue)
        for cell in shown
    ]
    places = table(
        Sheet("cells", CELL_COLUMNS, rows),
        w,
        key=one_choice.key("rfm", "table"),
        alt=w("page.rfm.cells_alt"),
        currency=currency,
        select=True,
    )
    return tuple(shown[place].key for place in places if place < len(shown))
