"""Where the groups come from: how customers are spread in days, orders and money, with limits to move."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import about_whom, ink, state
from pages.parts.charts import chart
from pages.parts.problem import caught
from pages.parts.rfm import adjust, limits
from pages.parts.rfm.reading import SPREADS, Loyalty
from segmentation.i18n import Words
from segmentation.predictive.rfm import Cuts
from segmentation.results import ChartSpec

_NAMES = ("one", "two", "three", "four", "five")


@st.fragment
def draw(seen: Loyalty, whom: str, currency: str) -> None:
    """Three distributions with their limits, the limits in words and in boxes, what moving them would do."""
    with caught():
        _draw(seen, whom, currency)


def _draw(seen: Loyalty, whom: str, currency: str) -> None:
    w, cuts = state.say(), seen.cuts
    movable = whom == about_whom.EVERYONE
    adjust.told(seen, w)
    if cuts.derived is not None:
        people = w("count.customers", n=cuts.customers)
        words = "page.rfm.limits_by_hand" if adjust.by_hand() else "page.rfm.limits_sentence"
        st.markdown(w(words, date=w.date(cuts.derived), customers=people, months=cuts.window_months))
    st.caption(w("page.rfm.limits_move" if movable else "page.rfm.limits_everyone"))
    tabs = dict(zip(SPREADS, ink.tabs([w(f"page.rfm.limits.{measure}") for measure in SPREADS]), strict=True))
    pictures, held = {}, {}
    for measure, tab in tabs.items():
        with tab:
            pictures[measure] = st.container()
            held[measure] = adjust.boxes(cuts, measure, w) if movable else getattr(cuts, measure)
    typed = adjust.Typed(**held)
    moved = None if typed.same_as(cuts) else adjust.trial(cuts, typed)
    shown: Mapping[str, ChartSpec] = moved.charts if moved else seen.spreads
    tried = Cuts(typed.days, typed.orders, typed.amounts, combine_fm=cuts.combine_fm) if moved else cuts
    for measure, place in pictures.items():
        with place:
            _picture(shown.get(measure), tried, measure, currency, w)
    if moved:
        adjust.verdict(moved, typed)
    elif movable:
        adjust.back(w)


def _picture(spec: ChartSpec | None, cuts: Cuts, measure: str, currency: str, w: Words) -> None:
    said = _said(cuts, measure, currency, w)
    if spec is not None:
        alt = w("page.rfm.limits_alt", what=w(f"page.rfm.limits.{measure}"), limits=said)
        chart(spec, w, key=f"rfm_spread_{measure}", alt=alt, currency=currency)
    beyond = spec is not None and bool(spec.data.get("beyond"))
    st.caption(f"{said} {w('page.rfm.limits_beyond')}" if beyond else said)


def _said(cuts: Cuts, measure: str, currency: str, w: Words) -> str:
    if measure == "amounts":
        if not cuts.amounts:
            return w("page.rfm.limits_no_amounts")
        return w(
            "page.rfm.limits_amounts",
            limits=w.listing(w.money(cut, currency, digits=0) for cut in cuts.amounts),
        )
    write = limits.days if measure == "days" else limits.orders
    levels = {name: write(cuts, level, w) for level, name in enumerate(_NAMES, start=1)}
    return w(f"page.rfm.limits_{measure}", **levels)
