"""The words on a row of choices, in an ink of their own: the accent is hard to read as text.

Streamlit writes the chosen one of ``st.segmented_control`` and ``st.pills`` in the accent on a tenth of the
accent, and the tab that is open in the accent; no accent carries both that and the white words of a primary
button at 4.5:1 on a dark page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def inked(say: Callable[[Any], str]) -> Callable[[Any], str]:
    """``say`` (option → its label, Markdown) as a ``format_func`` that writes in the theme's gray ink.

    The ink is the theme's word, not a colour: the label is the choice's value in the browser, and must stay
    the same when the page turns dark.
    """
    return lambda option: f":gray[{say(option)}]"


def tabs(labels: Iterable[str], *, key: str | None = None) -> Sequence[DeltaGenerator]:
    """Tabs whose names are written in that ink; the line under it says which one is open."""
    say = inked(str)
    return st.tabs([say(label) for label in labels], key=key)
