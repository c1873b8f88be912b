"""« Pour : toute la base ▾ »: whom a screen is about, everyone or the members of one saved segment."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.text import plain

EVERYONE = ""
ALONE = (2, 3)
"""The place of the choice and what is left beside it on a desk; a telephone gives it the whole width."""


def choose(screen: str) -> str:
    """The key of the saved segment chosen on that screen, ``EVERYONE`` by default; kept for the session."""
    w = state.say()
    names = {EVERYONE: w("whom.everyone")} | {
        segment.key: plain(segment.name) for segment in cached.workspace().segments.list()
    }
    held = state.get(f"whom.{screen}", EVERYONE)
    options, key = list(names), f"whom_{screen}_{w.language}"
    st.selectbox(
        w("whom.label"),
        options,
        index=options.index(held) if held in names else 0,
        format_func=lambda option: names.get(option, option),
        key=key,
        on_change=lambda: state.put(f"whom.{screen}", state.widget(key)),
        help=w("whom.help"),
    )
    return str(held) if held in names else EVERYONE


def within(segment: str, criterion: dict[str, object]) -> dict[str, object]:
    """``criterion`` among the members of a saved segment (``EVERYONE``: among all)."""
    return {"all": [{"segment": segment}, criterion]} if segment != EVERYONE else criterion
