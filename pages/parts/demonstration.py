"""The way into the demonstration: a shop of its own beside one's base, made ready when it is asked for."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from segmentation.errors import CancelledError
from segmentation.jobs import Job

AT_ONCE = 0.5
"""Seconds a demonstration that is nearly ready is waited for."""
STOPPED = "demo_stopped"
"""Under this name a session keeps why the demonstration could not be made: not tried again until asked."""


def await_it(*, ahead: bool = False) -> None:
    """Once asked for and ready, look at it; ``ahead``: have it made ready while the page is read."""
    wanted, held = bool(state.get(jobs.DEMO_WANTED)), state.get("demo_job")
    if (state.get(STOPPED) is not None and not wanted) or not (wanted or ahead):
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
        state.put(STOPPED, job.error)
        return
    state.look_at(demo=True)
    st.rerun()


def want() -> None:
    """Ask for it, as the callback of a button."""
    state.drop(STOPPED)
    state.put(jobs.DEMO_WANTED, True)


def door() -> None:
    """One quiet line in the menu of a base that holds somebody; an empty one has the large door of Home."""
    if state.in_demo() or not cached.workspace().contacts:
        return
    w = state.say()
    await_it()
    st.button(
        w("frame.see_demo"), icon=":material/storefront:", key="see_demo", type="tertiary",
        help=w("frame.see_demo_help"), on_click=want, disabled=bool(state.get(jobs.DEMO_WANTED)),
    )  # fmt: skip
    stopped = state.get(STOPPED)
    if stopped is not None and not isinstance(stopped, CancelledError):
        st.caption(w("frame.demo_stopped"))
