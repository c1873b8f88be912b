"""The other filled sheets of a workbook: said before one is imported, offered after it, each once."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.intake import draft, left_open
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape, plain
from segmentation.intake.read import ReadOptions

FEW = 3
"""Sheets that have a button each; more are a list to choose from."""


def said(now: Draft) -> None:
    """Which other sheets hold a table."""
    w, others = state.say(), now.other_sheets
    if others:
        names = w.listing([w("page.import.sheet_named", sheet=escape(name)) for name in others])
        st.info(w("page.import.other_sheets", n=len(others), names=names), icon=":material/tab:")


def offer(now: Draft) -> None:
    """The way to each of them once this one is in."""
    w, others = state.say(), now.other_sheets
    if now.waiting or not others:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(others) > FEW:
            label = w("page.import.sheets_left")
            others = (st.selectbox(label, others, format_func=plain, key="sheet_left"),)
        for place, name in enumerate(others):
            label = w("page.import.sheet_too", sheet=escape(name))
            if st.button(label, icon=":material/tab:", key=f"sheet_{place}"):
                _begin(now, name)
                st.rerun()


def _begin(done: Draft, sheet: str) -> None:
    """Begin anew with another sheet: the copy of the workbook changes hands."""
    assert done.table is not None
    now = Draft(
        dropped=done.dropped,
        options=ReadOptions(sheet=sheet),
        filled=done.filled,
        taken=(*done.taken, str(done.table.sheet)),
    )
    done.dropped = None
    draft.close()
    state.put("draft", now)
    left_open.hold(now)
    draft.understand(now)
