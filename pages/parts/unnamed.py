"""A base of sales alone: nobody in it has a name, an e-mail, a phone or an address; one way to bring them."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state

SALES = frozenset({"orders", "order_lines"})
"""Kinds of files that hold sales alone."""


def sales_only() -> bool:
    """Whether only files of orders are in such a base: who never bought has orders that do not count."""
    kept = {row.kind for row in cached.workspace().imports() if row.undone_at is None}
    return kept <= SALES and cached.unnamed()


def draw(screen: str) -> bool:
    """The card that says so and its import button, on ``screen``; whether the base is such a one."""
    if not cached.unnamed():
        return False
    w = state.say()
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"{screen}_unnamed"):
        st.markdown(w("unnamed.means"), width="stretch")
        if st.button(w("unnamed.import"), key=f"{screen}_bring_contacts", icon=":material/arrow_forward:"):
            frame.go("import")
    return True
