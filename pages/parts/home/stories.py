"""The three stories hidden in the demonstration shop, each a click from where it can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from pages.parts import frame, state
from pages.parts.segment_draft import open_draft

FIRST_TEA: Mapping[str, object] = MappingProxyType(
    {
        "event": "order_first",
        "measure": "count",
        "op": ">=",
        "value": 1,
        "where": {"field": "category", "op": "is", "value": "Thé"},
    }
)
TOWN: Mapping[str, object] = MappingProxyType({"field": "city", "op": "is", "value": "Villeurbanne"})


def draw() -> None:
    """The month that went wrong, the shelf that keeps people, the town that answers; in the demo only."""
    if not state.in_demo():
        return
    w = state.say()
    st.header(w("page.home.stories"), anchor=False)
    with st.container(border=True, gap="xsmall"):
        if _story("month"):
            frame.go("value")
        if _story("shelf"):
            open_draft(dict(FIRST_TEA), w("page.home.story.shelf_name"))
        if _story("town"):
            open_draft(dict(TOWN), "Villeurbanne")


def _story(name: str) -> bool:
    """One story, and whether it is to be looked at."""
    w = state.say()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(w(f"page.home.story.{name}"), width="stretch")
        return st.button(w("page.home.story_see"), key=f"home_story_{name}", type="tertiary")
