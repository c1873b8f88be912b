"""Quality: can I rely on my base? One score, how it is made, each weakness with its repair."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.problem import show
from pages.parts.quality import details, done, score, slips, twins, weak
from segmentation.errors import CarnetError
from segmentation.results import Report


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
    frame.tabs(
        "quality",
        {
            "weak": lambda: _repairs(report),
            "twins": lambda: twins.draw(report),
            "details": lambda: details.draw(report),
        },
    )


def _repairs(report: Report) -> None:
    slips.draw()
    weak.draw(report)
