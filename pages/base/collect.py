"""Collecter: whom to ask for what, with which form, and what to do every month to keep the base alive."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state
from pages.parts.collect import counter, paper, routine, wishes
from pages.parts.quality import done

TABS = {"wishes": wishes.draw, "paper": paper.draw, "counter": counter.draw, "routine": routine.draw}
"""Each part of the screen; a part is one file of ``pages.parts.collect``."""


def render() -> None:
    """Draw the screen."""
    w = state.say()
    with frame.head(w("page.collect.title"), w("page.collect.sentence")):
        pass
    with st.container():  # its place is kept, so that the tab chosen stays when something is said
        done.bar()
    frame.tabs("collect", TABS)
