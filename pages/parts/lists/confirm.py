"""People to confirm: shown, and added only when who answers for the data types why."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.lists.wanted import TURN, Wanted
from pages.parts.text import escape

LONGEST = 300


def ask(wanted: Wanted, people: int) -> None:
    """How many they are, the question, and what was answered; ``people`` of the chosen channel."""
    w = state.say()
    if wanted.reason:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            said = w("page.lists.confirm_added", n=people, reason=escape(wanted.reason, longest=LONGEST))
            st.markdown(said, width="stretch")
            st.button(
                w("page.lists.confirm_remove"),
                key="list_confirm_remove",
                icon=":material/person_off:",
                on_click=lambda: setattr(wanted, "reason", ""),
            )
        return
    if not people:
        return
    with st.expander(w("page.lists.confirm_title", n=people)):
        st.markdown(w("page.lists.confirm_text"))
        with st.form(f"list_confirm_{state.turn(TURN)}", border=False):
            reason = st.text_area(
                w("page.lists.confirm_reason"),
                placeholder=w("page.lists.confirm_hint"),
                max_chars=LONGEST,
                height=80,
                key=f"list_reason_{state.turn(TURN)}_{wanted.channel}",
            )
            if st.form_submit_button(w("page.lists.confirm_add"), icon=":material/person_add:"):
                if reason.strip():
                    wanted.reason = " ".join(reason.split())
                    st.rerun()
                st.warning(w("page.lists.confirm_needed"))
