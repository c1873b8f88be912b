"""« Vos segments »: name, size, reach, growth and revenue today, and the way into each."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, segment_sizes, state
from pages.parts.problem import sentence
from pages.parts.segment_draft import COLOURS
from pages.parts.text import escape
from segmentation.errors import CarnetError

SHOWN = 6


def draw() -> None:
    """The segments last saved; the invitation to make one when there are none."""
    w, base = state.say(), cached.workspace()
    saved = base.segments.list() if frame.built("segments") else ()
    if not saved:
        _invite()
        return
    st.header(w("page.home.segments"), anchor=False)
    with st.container(border=True, gap="xsmall"):
        for segment in saved[:SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"mine_{segment.key}"):
                colour = segment.colour if segment.colour in COLOURS else COLOURS[0]
                st.badge(escape(segment.name), color=colour)
                try:
                    now = segment_sizes.sized(segment.key)
                except CarnetError as problem:
                    st.caption(sentence(problem), width="content")
                else:
                    st.markdown(w("count.contacts", n=now.size), width="content")
                    told = [
                        w("page.home.reachable", n=now.reachable),
                        segment_sizes.trend(now),
                        segment_sizes.revenue(now),
                    ]
                    st.caption(" · ".join(part for part in told if part), width="content")
                st.space("stretch")
                if st.button(w("page.home.segment_open"), key=f"segment_{segment.key}", type="tertiary"):
                    frame.go("segments", segment=segment.key)
        if len(saved) > SHOWN and st.button(
            w("page.home.segments_all", n=len(saved)), key="segments_all", type="tertiary"
        ):
            frame.go("segments")


def _invite() -> None:
    """One line and the way to the first segment."""
    w = state.say()
    if not frame.built("segments"):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="home_no_segment"):
        st.markdown(w("page.home.segments_none"), width="content")
        if st.button(w("page.home.segments_make"), key="home_make_segment"):
            frame.go("segments")
