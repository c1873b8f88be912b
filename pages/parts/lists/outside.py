"""People who are no customers: a promotion leaves them out, and says so; one click writes to them too."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.lists.wanted import Wanted
from segmentation.lists.narrowing import OUTSIDE
from segmentation.lists.waterfall import NO_CHANNEL, Waterfall


def ask(wanted: Wanted, found: Waterfall) -> None:
    """How many are left out, or that they are in, and the other choice; nothing where there are none."""
    w, kept = state.say(), wanted.options.outsiders
    gone = sum(step.removed for step in found.steps if step.key == OUTSIDE)
    if wanted.channel == NO_CHANNEL or not (gone or kept):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(w("page.lists.outside_in") if kept else w("page.lists.outside_out", n=gone))
        st.button(
            w("page.lists.outside_leave" if kept else "page.lists.outside_keep"),
            key="list_outside",
            icon=":material/person_off:" if kept else ":material/person_add:",
            type="tertiary",
            help=w("page.lists.outside_help"),
            on_click=lambda: wanted.change(outsiders=not kept),
        )
