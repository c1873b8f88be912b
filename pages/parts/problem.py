"""An error of the core said to the person: what happened, to which file or field, what to do."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from pages.parts import state
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words


@contextmanager
def caught() -> Iterator[None]:
    """Whatever a screen raises becomes one sentence; a fault goes to the log, never to the page."""
    try:
        yield
    except CarnetError as problem:
        show(problem)
    except Exception:
        logging.getLogger(__name__).exception("a screen failed")
        show(CarnetError("error.screen"))


def show(problem: CarnetError, *, of: str = "") -> None:
    """One sentence in a red box; the user's own values in it are shown, never obeyed.

    ``of`` names the file it is about.
    """
    said = sentence(problem)
    if of:
        said = state.say()("error.of", name=escape(of), problem=said)
    st.error(said, icon=":material/error:")


def sentence(problem: CarnetError) -> str:
    """The sentence of an error in the session's language, safe for Markdown."""
    w = state.say()
    return w(problem.code, **written(problem.values, w))


def written(values: Mapping[str, object], w: Words, *, markdown: bool = True) -> dict[str, object]:
    """Values ready for a sentence: numbers in the language, text made safe, fields by their name."""
    safe = escape if markdown else plain
    ready: dict[str, object] = {}
    for name, value in values.items():
        if name == "n":
            ready[name] = value
        elif name in ("field", "kind") and w.has(f"{name}.{value}"):
            ready[name] = w(f"{name}.{value}")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            ready[name] = w.number(value)
        else:
            ready[name] = safe(value)
    return ready
