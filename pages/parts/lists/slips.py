"""Addresses of the list that look mistyped (gmial.com): how many, what was meant, and the repair beside."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts import done
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.errors import CarnetError
from segmentation.lists.waterfall import Waterfall

SHOWN = 8
CHANNEL = "email"


def draw(found: Waterfall) -> None:
    """The warning, and the corrections proposed; nothing for a list that is not of e-mails."""
    if found.channel != CHANNEL:
        return
    rows = cached.report("email_slips").sheets["slips"].rows
    mine = [row for row in rows if _holds(found.ids, int(str(row[0])))]
    if not mine:
        return
    w = state.say()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/warning: {w('page.lists.slips', n=len(mine))}", width="content")
        with st.popover(w("page.lists.slips_see"), icon=":material/build:", type="tertiary"):
            st.caption(w("page.lists.slips_help"))
            for _, _name, email, meant in mine[:SHOWN]:
                st.markdown(f"{escape(email)} → **{escape(meant)}**")
            if len(mine) > SHOWN:
                st.caption(w("page.lists.slips_more", n=len(mine) - SHOWN))
            if st.button(
                w("page.quality.correct", n=len(mine)),
                type="primary",
                key="list_slips",
                disabled=jobs.running() is not None,
            ):
                _correct({int(str(row[0])): str(row[3]) for row in mine})


def _holds(ids: np.ndarray, contact: int) -> bool:
    """Whether a contact is among the ids, which ascend."""
    at = int(np.searchsorted(ids, contact))
    return at < len(ids) and int(ids[at]) == contact


def _correct(addresses: dict[int, str]) -> None:
    try:
        made = cached.workspace().correct_emails(addresses)
    except CarnetError as problem:
        show(problem)
        return
    done.tell("page.quality.corrected", made.import_id, n=made.contacts)
    st.rerun()
