"""A base whose orders are all in another currency than its own says so, and where that is changed."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from segmentation.results import Report


def draw(key: str) -> bool:
    """The sentence and its button, True; nothing when no order waits in another currency."""
    w, base = state.say(), cached.workspace()
    found = cached.report("currencies")
    if not found.figures["abroad"] or base.has_orders:
        return False
    with st.container(border=key != "home", horizontal=True, vertical_alignment="center"):
        st.markdown(
            w(
                "page.other_money",
                said=said(found, abroad=base.settings.currency),
                own=w.currency(base.settings.currency),
            ),
            width="stretch",
        )
        if st.button(w("page.other_money.settings"), key=f"{key}_currency", icon=":material/payments:"):
            frame.go("settings")
    return True


def said(found: Report, *, abroad: str | None = None) -> str:
    """« 12 commandes (dollar), 3 sans monnaie dite »; with ``abroad``, the base's code, only the others."""
    w = state.say()
    return w.listing(
        [
            w("page.other_money.some", n=int(str(n)), currency=w.currency(str(code)))
            if code
            else w("page.other_money.unsaid", n=int(str(n)))
            for code, n in found.sheets["orders"].rows
            if abroad is None or (code and code != abroad)
        ]
    )
