"""Why a person has their scores: each with the fact that gives it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, state
from segmentation.results import Value


def draw(known: Mapping[object, Value]) -> None:
    """R, F and M with what they come from; nothing for who never bought."""
    w, currency = state.say(), cached.workspace().settings.currency
    r, f, m = (known.get(code) for code in ("r_score", "f_score", "m_score"))
    if r is None:
        return
    st.header(w("page.contact.scores"), anchor=False)
    days, orders = known.get("days_since_last"), known.get("orders_count")
    if days is not None:
        st.markdown(w("page.contact.score_r", score=r, n=days))
    if f is not None and orders is not None:
        st.markdown(w("page.contact.score_f", score=f, n=orders))
    if m is not None:
        st.markdown(
            w("page.contact.score_m", score=m, money=w.money(known.get("total_spent") or 0, currency))
        )
    st.caption(w("page.contact.scores_help"))
