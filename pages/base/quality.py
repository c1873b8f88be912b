"""Quality: can I rely on my base? One score, how it is made, each weakness with its repair."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, ink, state
from pages.parts.problem import show
from pages.parts.quality import details, done, score, slips, twins, weak
from segmentation.errors import CarnetError


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.quality.title"), w("page.quality.sentence")):
        pass
    if not base.contacts:
        st.info(w("page.quality.none"), icon=":material/upload_file:")
        if st.button(
            w("page.quality.import"), type="primary", icon=":material/upload_file:", key="quality_import"
        ):
            frame.go("import")
        return
    done.bar()
    try:
        with st.spinner(w("page.quality.working")):
            report = twins.report()
    except CarnetError as problem:
        show(problem)
        return
    score.draw(report)
    groups = report.figures["groups"]
    tabs = ink.tabs(
        [
            w("page.quality.tab.weak"),
            f"{w('page.quality.tab.twins')} ({w.number(groups)})" if groups else w("page.quality.tab.twins"),
            w("page.quality.tab.details"),
        ]
    )
    with tabs[0]:
        slips.draw()
        weak.draw(report)
    with tabs[1]:
        twins.draw(report)
    with tabs[2]:
        details.draw(report)
