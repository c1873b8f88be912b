"""Long work seen from a screen: start it, follow its bar on every page, cancel it, take its result.

The work runs in a thread of the core, one per base: a click elsewhere never kills it.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import cached, state
from segmentation.errors import StoreError
from segmentation.jobs import Job, current, start
from segmentation.results import Cancelled, Progress
from segmentation.workspace import DEMO_FRESH, demo_is_ready, make_demo_ready

DEMO_WANTED = "demo_wanted"
"""Under this name a session remembers that it waits for the demonstration."""

DEMO = "demo"
"""The name of the work that makes the demonstration."""

BEAT = "0.6s"
"""How often the bar asks where the work is."""


def begin(name: str, work: Callable[[Progress, Cancelled], object]) -> Job:
    """Start ``work`` for this session's base; ``job.<name>`` says what it does.

    The demonstration that nobody in this session waits for gives way: it is made again when the work is over.
    Raises StoreError when another job of the same base is running.
    """
    shop = current(cached.demo_path())
    if shop is not None and shop.running and shop.name == DEMO and not state.get(DEMO_WANTED):
        shop.cancel()
    return start(cached.workspace().database.path, name, work)


def running() -> Job | None:
    """The work under way on this session's base, whoever started it; else the demonstration it waits for."""
    paths = [cached.workspace().database.path]
    if state.get(DEMO_WANTED):
        paths.append(cached.demo_path())
    found = (current(path) for path in paths)
    return next((job for job in found if job is not None and job.running), None)


def ready_demo() -> Job | None:
    """Make the demonstration ready in the background, for when it is asked for; None when it is ready.

    Nor while the session's own base is being worked on, unless the demonstration was asked for.
    """
    path = cached.demo_path()
    if demo_is_ready(path):
        return None
    known = current(path)
    if known is not None and known.running:
        return known
    if not state.get(DEMO_WANTED) and running() is not None:
        return None

    def work(progress: Progress, cancelled: Cancelled) -> object:
        return make_demo_ready(path, fresh=DEMO_FRESH, progress=progress, cancelled=cancelled)

    try:
        return start(path, DEMO, work)
    except StoreError:  # another session was faster
        return current(path)


def bar() -> None:
    """The bar of the work under way, on every page, with its way to stop; nothing otherwise."""
    if running() is not None:
        _bar()


@st.fragment(run_every=BEAT)
def _bar() -> None:
    w, job = state.say(), running()
    if job is None:
        st.rerun(scope="app")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        said = w(job.step) if job.step and w.has(job.step) else w(f"job.{job.name}")
        st.progress(min(max(job.share, 0.0), 1.0), text=said)
        if job.cancelling:
            st.caption(w("job.cancelling"))
        elif st.button(w("job.cancel"), key="job_cancel", icon=":material/close:"):
            job.cancel()
            st.rerun(scope="fragment")
