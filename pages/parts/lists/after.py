"""What to do with the file, in three lines: for the tool chosen, else for the channel."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.lists.files import tool


def draw(channel: str) -> None:
    """The three lines."""
    w, chosen = state.say(), tool(channel)
    name = w(f"list.format.{chosen}") if chosen else ""
    st.markdown(f"**{w('page.lists.after_tool', name=name) if chosen else w('page.lists.after')}**")
    st.markdown(w(f"list.after.{chosen}") if chosen else w(f"page.lists.after.{channel}"))
