"""Fidélité: who are my best customers, who am I losing; every mark is a click from a segment or a list."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import about_whom, cached, frame, ink, one_choice, other_money, state, unnamed
from pages.parts.intake.templates import download
from pages.parts.problem import show
from pages.parts.rfm import choice, drift, facts, groups, moves, picture, spread
from pages.parts.rfm.reading import Loyalty, read
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.predictive.rfm import SMALL_CELL


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    if not base.contacts:
        _teach("page.rfm.no_contacts")
        return
    try:
        everyone = read(cached.rfm(about_whom.EVERYONE))
        if everyone is None:
            _teach("page.rfm.no_orders")
            return
        with frame.head(w("page.rfm.title"), _sentence(everyone, w)):
            pass
        left, right = st.columns(about_whom.ALONE, vertical_alignment="bottom")
        with left:
            whom = about_whom.choose("rfm")
        with right, st.popover(w("page.rfm.what"), icon=":material/help:", type="tertiary"):
            st.markdown(w("page.rfm.what_text"))
        seen = everyone if whom == about_whom.EVERYONE else _members(whom, everyone)
    except CarnetError as problem:
        show(problem)
        return
    if seen is None:
        st.info(w("page.rfm.nobody"), icon=":material/group_off:")
        return
    _full(seen, whom)


def _members(segment: str, everyone: Loyalty) -> Loyalty | None:
    """The members of a segment; their groups are those of the whole base, so is whether it is a small one."""
    seen = read(cached.rfm(segment))
    return replace(seen, few=everyone.few, proposal=everyone.proposal) if seen else None


def _sentence(seen: Loyalty, w: Words) -> str:
    return w(
        "page.rfm.sentence" if cached.workspace().has_orders else "page.rfm.sentence_totals",
        n=seen.customers,
        months=seen.cuts.window_months,
        date=w.date(seen.as_of),
    )


def _teach(words: str) -> None:
    """Nothing to show: which file lights this page up, and a model of it."""
    w = state.say()
    with frame.head(w("page.rfm.title"), w("page.rfm.sentence_empty")):
        pass
    if other_money.draw("rfm"):
        return
    st.info(w(words), icon=":material/upload_file:")
    with st.container(horizontal=True):
        if st.button(w("page.rfm.import"), type="primary", icon=":material/upload_file:", key="rfm_import"):
            frame.go("import")
        download("orders")


def _full(seen: Loyalty, whom: str) -> None:
    """Facts, the choice, the pictures, the table, the limits."""
    w, currency = state.say(), cached.workspace().settings.currency
    drift.draw(seen, currency)
    facts.draw(seen, currency)
    if seen.unplaced:
        st.caption(w("page.rfm.unplaced", n=seen.unplaced))
    if seen.few:
        st.info(w("page.rfm.few", n=seen.customers, least=SMALL_CELL), icon=":material/info:")
    chosen = st.container()
    went: moves.Moves | None = None
    if seen.few:
        marks = {"grid": picture.grid(seen, currency)}
    else:
        marks, went = _pictures(seen, whom, currency)
    st.header(w("page.rfm.cell_by_cell" if seen.few else "page.rfm.groups"), anchor=False)
    st.caption(w("page.rfm.groups_help", months=seen.cuts.window_months))
    if seen.prospects and not seen.few:
        sold = unnamed.sales_only()
        st.caption(
            w("unnamed.prospects", n=seen.prospects.customers) if sold else w("page.rfm.groups_prospects")
        )
    marks["table"] = groups.draw(seen, currency)
    source, held = one_choice.settle("rfm", marks)
    with chosen:
        choice.panel(seen, _found(seen, went, source, held), whom, currency)
    with st.expander(w("page.rfm.limits")):
        spread.draw(seen, whom, currency)


def _pictures(
    seen: Loyalty, whom: str, currency: str
) -> tuple[dict[str, tuple[str, ...]], moves.Moves | None]:
    """The grid, the treemap and, when orders tell the past, who moved; what is chosen in each."""
    w, told = state.say(), cached.workspace().has_orders
    names = ["page.rfm.grid", "page.rfm.treemap", *(["page.rfm.moves"] if told else [])]
    grid, treemap, *other = ink.tabs([w(name) for name in names])
    with grid:
        marks = {"grid": picture.grid(seen, currency)}
    with treemap:
        marks["treemap"] = picture.treemap(seen, currency)
    if not other:
        return marks, None
    with other[0]:
        went, clicked = moves.draw(whom, currency, silent=seen.cuts.days[1])
    return marks | clicked, went


def _found(
    seen: Loyalty, went: moves.Moves | None, source: str, held: tuple[str, ...]
) -> choice.Chosen | None:
    """Who is chosen, wherever that was done."""
    w = state.say()
    if source == "fact":
        return facts.chosen(seen, held[0], w)
    if source in (moves.CHART, moves.TABLE, moves.TALE):
        return moves.chosen(went, source, held, w) if went else None
    return choice.said(seen, held, w)
