"""Long work seen from a screen: start it, follow its bar on every page, cancel it, take its result.

The work runs in a thread of the core, one per base: a click elsewhere never kills it.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import cached, state
from segmentation.jobs import Job, current, start
from segmentation.results import Cancelled, Progress

BEAT = "0.6s"
"""How often the bar asks where the work is."""


def begin(name: str, work: Callable[[Progress, Cancelled], object]) -> Job:
    """Start ``work`` for this session's base; ``job.<name>`` says what it does.

    Raises StoreError when another job of the same base is running.
    """
    return start(cached.workspace().database.path, name, work)


def running() -> Job | None:
    """The work under way on this session's base, whoever started it."""
    job = current(cached.workspace().database.path)
    return job if job is not None and job.running else None


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
