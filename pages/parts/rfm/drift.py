"""A proposal to set the limits again, when customers have changed since they were set; never done alone."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.problem import show
from pages.parts.rfm.reading import Loyalty
from segmentation.errors import CarnetError


def draw(seen: Loyalty, currency: str) -> None:
    """What new limits would be and how many would change group, with the button that accepts them."""
    w, proposal = state.say(), seen.proposal
    if state.get("rfm.recalibrated"):
        state.drop("rfm.recalibrated")
        st.success(w("page.rfm.drift_done", date=w.date(seen.as_of)), icon=":material/check_circle:")
    if proposal is None or seen.cuts.derived is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        amounts = w.listing(w.money(cut, currency, digits=0) for cut in proposal.cuts.amounts) or "–"
        st.markdown(
            w("page.rfm.drift", n=proposal.changed, date=w.date(seen.cuts.derived))
            + " "
            + w(
                "page.rfm.drift_new",
                days=w.listing(map(str, proposal.cuts.days)),
                orders=w.listing(map(str, proposal.cuts.orders)),
                amounts=amounts,
            ),
            width="stretch",
        )
        if st.button(w("page.rfm.drift_accept"), key="rfm_recalibrate", icon=":material/straighten:"):
            _accept(seen)


def _accept(seen: Loyalty) -> None:
    try:
        cached.workspace().recalibrate()
    except CarnetError as problem:
        show(problem)
        return
    state.put("rfm.recalibrated", True)
    st.rerun()
