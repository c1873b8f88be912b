"""An empty base: the drop zone itself, the demonstration, what each kind of file lights up."""

from __future__ import annotations

import streamlit as st

from pages.parts import demonstration, frame, jobs, state
from pages.parts.intake import drop
from pages.parts.problem import show
from segmentation.errors import CancelledError, CarnetError

LIGHTS = ("contacts", "orders", "events")


def draw() -> None:
    """Bring a file, or look around in the demonstration."""
    w = state.say()
    demonstration.await_it(ahead=True)
    with frame.head(w("page.home.welcome"), w("page.home.welcome_sentence")):
        pass
    left, right = st.columns([4, 3], gap="large")
    with left:
        if drop.zone():
            frame.go("import")
        drop.recipes()
    with right:
        _demo()
        st.markdown("\n".join(f"- {w(f'page.home.lights.{kind}')}" for kind in LIGHTS))


def _demo() -> None:
    """The way into the demonstration, and why it did not open when it could not."""
    w = state.say()
    with st.container(border=True):
        st.header(w("page.home.demo_title"), anchor=False)
        st.markdown(w("page.home.demo_sentence"))
        st.button(
            w("page.home.demo_button"),
            icon=":material/storefront:",
            key="demo",
            width="stretch",
            on_click=demonstration.want,
            disabled=bool(state.get(jobs.DEMO_WANTED)),
        )
        stopped = state.get(demonstration.STOPPED)
        if stopped is not None and not isinstance(stopped, CancelledError):
            show(stopped if isinstance(stopped, CarnetError) else CarnetError("error.unexpected"))
