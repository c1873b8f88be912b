"""An empty base: the drop zone itself, the demonstration, what each kind of file lights up."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, jobs, state
from pages.parts.intake import drop
from pages.parts.problem import show
from segmentation.errors import CancelledError, CarnetError
from segmentation.jobs import Job

LIGHTS = ("contacts", "orders", "events")
AT_ONCE = 0.5
"""Seconds a demonstration that is nearly ready is waited for."""
DEMO_STOPPED = "demo_stopped"
"""Under this name a session keeps why the demonstration could not be made: not tried again until asked."""


def draw() -> None:
    """Bring a file, or look around in the demonstration."""
    w = state.say()
    _await_demo()
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


def _await_demo() -> None:
    """Have the demonstration made ready while the page is read; once asked for and ready, look at it."""
    wanted, held = bool(state.get(jobs.DEMO_WANTED)), state.get("demo_job")
    if state.get(DEMO_STOPPED) is not None and not wanted:
        return
    job = held if isinstance(held, Job) else jobs.ready_demo()
    if not wanted:
        return
    if job is not None and not job.wait(AT_ONCE):
        state.put("demo_job", job)
        return
    state.drop("demo_job")
    state.drop(jobs.DEMO_WANTED)
    if job is not None and job.status != "done":
        state.put(DEMO_STOPPED, job.error)
        return
    state.look_at(demo=True)
    st.rerun()


def _want_demo() -> None:
    state.drop(DEMO_STOPPED)
    state.put(jobs.DEMO_WANTED, True)


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
            on_click=_want_demo,
            disabled=bool(state.get(jobs.DEMO_WANTED)),
        )
        stopped = state.get(DEMO_STOPPED)
        if stopped is not None and not isinstance(stopped, CancelledError):
            show(stopped if isinstance(stopped, CarnetError) else CarnetError("error.unexpected"))
