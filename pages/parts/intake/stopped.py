"""The question of the date: when the data stop long ago, offer to calculate as of their last day."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state


def ask() -> None:
    """Ask until it is answered; nothing when the base has a date of its own or its data are recent."""
    w, base = state.say(), cached.workspace()
    last = base.suggested_as_of
    if last is None:
        return
    st.warning(w("page.import.stopped", date=w.date(last)), icon=":material/event_busy:")
    if st.button(
        w("page.import.stopped_button", date=w.date(last)),
        key="as_of_last",
        icon=":material/event:",
        disabled=jobs.running() is not None,
    ):
        base.set_as_of(last)
        st.rerun()
