"""The sentence about money that opens the page: who is drifting away, what they weigh, what to do at once."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, frame, other_money, state, unnamed
from pages.parts.home import people
from pages.parts.problem import show
from pages.parts.rfm.reading import Group, Loyalty, read
from segmentation.errors import CarnetError

LOSING = ("cant_lose", "at_risk")
"""The groups that were worth much and are going, the most urgent first."""


def draw() -> None:
    """One card; without purchases, the file that would tell; without anybody's name, the one that would."""
    if not frame.built("rfm"):
        return
    try:
        seen = read(cached.rfm(about_whom.EVERYONE))
    except CarnetError as problem:
        show(problem)
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="home_money"):
        if seen is None:
            _no_purchase()
        elif (group := going(seen)) is not None:
            _going(seen, group)
        else:
            _well()
    if seen is not None:
        unnamed.draw("home")


def going(seen: Loyalty) -> Group | None:
    """The group to save first: the heaviest of those that are going; None when nobody is."""
    groups = [group for key in LOSING if (group := seen.group(key)) is not None and group.customers]
    return max(groups, key=lambda group: group.revenue, default=None)


def _going(seen: Loyalty, group: Group) -> None:
    """The sentence; totals that a file gives are of no known period, orders of the last months."""
    w, base = state.say(), cached.workspace()
    dated = cached.overview().figures["orders"]
    st.markdown(
        w(
            f"page.home.money.{group.key}_unnamed" if cached.unnamed() else f"page.home.money.{group.key}",
            n=group.customers,
            share=w.percent(group.revenue_share or 0, digits=0),
            money=w.money(group.revenue, base.settings.currency, digits=0),
            period=w("page.home.money.period", months=seen.cuts.window_months) if dated else "",
        ),
        width="stretch",
    )
    care = not cached.reachable(group.criterion)
    people.buttons("home_money", group.criterion, w(f"rfm.{group.key}"), care=care)


def _well() -> None:
    w = state.say()
    st.markdown(w("page.home.money.well"), width="stretch")
    if st.button(w("page.home.money.rfm"), key="home_rfm", icon=":material/arrow_forward:"):
        frame.go("rfm")


def _no_purchase() -> None:
    if other_money.draw("home"):
        return
    w = state.say()
    st.markdown(w("page.home.next.orders"), width="stretch")
    if st.button(w("page.home.next.orders_button"), key="home_next", icon=":material/arrow_forward:"):
        frame.go("import")
