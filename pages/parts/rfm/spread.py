"""Where the groups come from: how customers are spread in days, orders, money, and the limits over it."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.charts import chart
from pages.parts.rfm import limits
from pages.parts.rfm.reading import SPREADS, Loyalty
from segmentation.i18n import Words

_NAMES = ("one", "two", "three", "four", "five")


def draw(seen: Loyalty, currency: str) -> None:
    """Three distributions with their limits, and the limits in words."""
    w, cuts = state.say(), seen.cuts
    if cuts.derived is not None:
        people = w("count.customers", n=cuts.customers)
        st.markdown(w("page.rfm.limits_sentence", date=w.date(cuts.derived), customers=people))
    names = [w(f"page.rfm.limits.{measure}") for measure in SPREADS]
    for tab, measure in zip(st.tabs(names), SPREADS, strict=True):
        with tab:
            said = _said(seen, measure, currency, w)
            if measure in seen.spreads:
                alt = w("page.rfm.limits_alt", what=w(f"page.rfm.limits.{measure}"), limits=said)
                chart(seen.spreads[measure], w, key=f"rfm_spread_{measure}", alt=alt, currency=currency)
            st.caption(f"{said} {w('page.rfm.limits_beyond')}")


def _said(seen: Loyalty, measure: str, currency: str, w: Words) -> str:
    cuts = seen.cuts
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
