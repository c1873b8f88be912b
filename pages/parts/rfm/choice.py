"""What was chosen, said in words with its number, and the two things to do with it: a segment, a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from pages.parts import about_whom, one_choice, state
from pages.parts.chosen import buttons
from pages.parts.rfm import limits
from pages.parts.rfm.reading import Cell, Json, Loyalty
from segmentation.i18n import Words
from segmentation.predictive.rfm import PROSPECTS

PICTURES = ("grid", "treemap", "table", "moves", "moves_table")
"""Where a choice is made by clicking; the sentences on top choose by a button."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some customers: their name, number and spending, what they have in common, how to ask for them."""

    name: str
    customers: int
    revenue: Decimal
    criterion: Json
    means: str = ""
    group: str = ""


def said(seen: Loyalty, marks: Sequence[str], w: Words) -> Chosen | None:
    """The customers of the marks chosen, cells or groups; None when nothing known is chosen."""
    cells = [cell for mark in marks if (cell := seen.cell(mark)) is not None]
    return _of_cells(seen, cells, w) if cells else of_groups(seen, marks, w)


def of_groups(seen: Loyalty, keys: Sequence[str], w: Words, *, name: str = "") -> Chosen | None:
    """The customers of some groups, together."""
    groups = [group for key in keys if (group := seen.group(key)) is not None]
    if not groups:
        return None
    return Chosen(
        name or w.listing(w(f"rfm.{group.key}") for group in groups),
        sum(group.customers for group in groups),
        sum((group.revenue for group in groups), Decimal(0)),
        either([group.criterion for group in groups]),
        w(f"rfm.{groups[0].key}.advice") if len(groups) == 1 else "",
        groups[0].key if len(groups) == 1 else "",
    )


def _of_cells(seen: Loyalty, cells: Sequence[Cell], w: Words) -> Chosen:
    if len(cells) == 1:
        none = bool(seen.old) and cells[0].r == 1
        orders = limits.orders(seen.cuts, cells[0].f, w, none=none)
        group = w(f"rfm.{cells[0].group}") if seen.named(cells[0]) else limits.days(seen.cuts, cells[0].r, w)
        name = w("page.rfm.cell_name", group=group, orders=orders)
    else:
        unnamed = w("page.rfm.cells", n=len(cells))
        all_named = all(seen.named(cell) for cell in cells)
        name = w.listing(dict.fromkeys(w(f"rfm.{cell.group}") for cell in cells)) if all_named else unnamed
    return Chosen(
        name,
        sum(cell.customers for cell in cells),
        sum((cell.revenue for cell in cells), Decimal(0)),
        either([cell.criterion for cell in cells]),
        limits.cell(seen.cuts, cells[0].r, cells[0].f, w) if len(cells) == 1 else "",
        cells[0].group if len(cells) == 1 else "",
    )


def either(criteria: Sequence[Json]) -> Json:
    """One of these criteria at least."""
    return criteria[0] if len(criteria) == 1 else {"any": list(criteria)}


def panel(seen: Loyalty, chosen: Chosen | None, whom: str, currency: str) -> None:
    """The choice in words and its buttons; how to choose when nothing is."""
    w = state.say()
    with st.container(border=True, key="rfm_chosen"):
        if chosen is None:
            st.markdown(w("page.rfm.choose"))
            return
        left, right = st.columns([5, 4], vertical_alignment="center")
        with left:
            key = "page.rfm.chosen_prospects" if chosen.group == PROSPECTS else "page.rfm.chosen"
            st.markdown(w(key, n=chosen.customers, name=chosen.name))
            st.caption(" ".join(part for part in (chosen.means, _weight(seen, chosen, currency, w)) if part))
            _whole_group(seen, chosen, w)
        with right:
            criterion = about_whom.within(whom, dict(chosen.criterion))
            buttons("rfm", criterion, chosen.name, empty=not chosen.customers, pictures=PICTURES)


def _whole_group(seen: Loyalty, chosen: Chosen, w: Words) -> None:
    """From one cell to all those of its group, when it has others."""
    whole = seen.group(chosen.group)
    if whole is None or seen.few or whole.customers == chosen.customers:
        return
    if st.button(
        w("page.rfm.whole_group", n=w.number(whole.customers, digits=0)), key="rfm_whole", type="tertiary"
    ):
        one_choice.pick("rfm", "button", (whole.key,), instead_of=PICTURES)
        st.rerun()


def _weight(seen: Loyalty, chosen: Chosen, currency: str, w: Words) -> str:
    if not chosen.revenue or not seen.revenue:
        return ""
    return w(
        "page.rfm.chosen_more",
        money=w.money(chosen.revenue, currency, digits=0),
        share=w.percent(chosen.revenue / seen.revenue),
    )
