"""Réglages: how the base counts, what it may deduce, which groups fill themselves, what must be true."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state
from pages.parts.quality import done
from pages.parts.settings import about, deduced, groups, limits, own_rules

TABS = {
    "limits": limits.draw,
    "deduced": deduced.draw,
    "groups": groups.draw,
    "own_rules": own_rules.draw,
    "about": about.draw,
}
"""Each part of the screen; a part is one file of ``pages.parts.settings``."""


def render() -> None:
    """Draw the screen."""
    w = state.say()
    with frame.head(w("page.settings.title"), w("page.settings.sentence")):
        pass
    with st.container():  # its place is kept, so that the tab chosen stays when something is said
        done.bar()
    frame.tabs("settings", TABS)
