"""Under the pictures: what of them is deduced, from what and how surely, and where to switch it off."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from segmentation.traits.deductions import DEDUCTIONS, SETTING, switched_off

PICTURED = frozenset({"place", "age", "civility", "first_name", "address", "activity"})
"""The deductions that a portrait shows."""


def draw() -> None:
    """One line for those in use, one for those switched off."""
    w, base = state.say(), cached.workspace()
    off = switched_off(base.settings.get(SETTING))
    shown = [one for one in DEDUCTIONS if one.code in PICTURED]
    used = [
        w(
            "page.portrait.deduced_one",
            what=w(f"deduction.{one.code}"),
            source=w(f"deduction.{one.code}.from"),
            confidence=w(f"deduction.confidence.{one.confidence}"),
        )
        for one in shown
        if one.code not in off
    ]
    left = [w(f"deduction.{one.code}") for one in shown if one.code in off]
    with st.container(border=True):
        if used:
            st.caption(w("page.portrait.deduced", items=" · ".join(used)))
        if left:
            st.caption(w("page.portrait.deduced_off", items=" · ".join(left)))
        if frame.built("settings") and st.button(
            w("page.portrait.deduced_choose"), icon=":material/tune:", type="tertiary", key="portrait_deduced"
        ):
            frame.go("settings")
