"""The base's quality in one line: how full what matters is, and what is missing most."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state


def draw() -> None:
    """Draw the line, and the way to the page that tells more."""
    w = state.say()
    figures = cached.report("completeness").figures
    filled = {field: float(str(share)) for field, share in figures.items()}
    if not filled:
        return
    least = min(filled, key=lambda field: filled[field])
    shown = [
        w("page.home.quality_field", field=w(f"field.{field}"), share=w.percent(share, digits=0))
        for field, share in filled.items()
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="home_quality"):
        said = w("page.home.quality", fields=" · ".join(shown))
        if filled[least] < 1:
            said += " " + w("page.home.quality_least", field=w(f"field.{least}").lower())
        st.caption(said, width="stretch")
        if frame.built("quality") and st.button(
            w("page.home.quality_open"), key="home_quality_open", type="tertiary"
        ):
            frame.go("quality")
