"""Step 4, « C’est fait »: what the import changed, what to look at, the way back, the next step."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.intake import draft, history, preview, reveal, stopped, workbook
from pages.parts.intake.refused import refused_download
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape, inside
from segmentation.traits.consent import CHANNELS


def step(now: Draft) -> None:
    """Draw the reveal."""
    w, report = state.say(), now.report
    assert report is not None
    changed = report.preview
    with st.container(border=True):
        st.header(w(f"page.import.done.{changed.kind}", n=preview.kept(changed)), anchor=False)
        facts = [
            history.counted(changed.kind, name, getattr(changed, name))
            for name in preview.OUTCOMES
            if getattr(changed, name)
        ]
        if changed.new != changed.rows_read:  # else the title says it
            rows = w("count.rows", n=changed.rows_read)
            st.markdown(w("page.import.done.account", rows=rows, facts=w.listing(facts)))
        for line in preview.people(replace(changed, near_duplicates=0)):  # they are shown below
            st.caption(line)
        if now.not_moved and now.dropped is not None:
            st.warning(
                w("page.import.not_moved", name=escape(now.dropped.name)), icon=":material/folder_off:"
            )
        if closed := left_for(now):
            channels = w.listing([inside(w(f"channel.{channel}")) for channel in closed])
            st.markdown(w("page.import.left_noted", channels=channels))
        stopped.ask()
        _next(now)
        workbook.offer(now)
        with st.container(horizontal=True, vertical_alignment="center"):
            if changed.rejected:
                refused_download(report.import_id, changed.rejected, key="done")
            _another(now)
            history.undo_button(report.import_id, key="done")
    reveal.draw(report)
    if now.waiting:
        st.info(w("page.import.waiting", n=len(now.waiting), name=escape(now.waiting[0].name)))


def _next(now: Draft) -> None:
    """One large next step: the file that waits, else the customers or the lists, else home."""
    w = state.say()
    if now.waiting:
        if st.button(w("page.import.next_file"), type="primary", key="next_file", width="stretch"):
            draft.following()
            st.rerun()
        return
    screen = _screen(now)
    if st.button(
        w(f"page.import.next.{screen}"),
        type="primary",
        key="next_step",
        icon=":material/arrow_forward:",
        width="stretch",
    ):
        draft.following()
        frame.go(screen)


def left_for(now: Draft) -> tuple[str, ...]:
    """The channels on which everybody of the file has left; none for an ordinary file."""
    if now.consent is not None and now.consent.state == "no":
        return now.consent.channels
    found = now.report.preview.refusing if now.report is not None else ()
    said = {channel for one in found if one.people == one.everyone for channel in one.channels}
    return tuple(channel for channel in CHANNELS if channel in said)


def _screen(now: Draft) -> str:
    """Where the customers are discovered: who reads after actions, loyalty with purchases, else the
    portrait, else home. Who left is no discovery: then the lists that leave them out, or a file of customers
    where nobody can be written to.
    """
    if left_for(now):
        figures = cached.overview().figures
        return "lists" if any(figures[f"reachable_{channel}"] for channel in CHANNELS[:2]) else "import"
    wished: tuple[str, ...] = ("rfm", "portrait") if cached.workspace().has_orders else ("portrait",)
    if now.report is not None and now.report.preview.kind == "events":
        wished = ("engagement", *wished)
    return next((screen for screen in wished if frame.built(screen)), "home")


def _another(now: Draft) -> None:
    if now.waiting or _screen(now) == "import":  # the large button does it
        return
    if st.button(state.say()("page.import.another"), key="another"):
        draft.following()
        st.rerun()
