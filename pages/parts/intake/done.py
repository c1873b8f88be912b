"""Step 4, « C’est fait »: what the import changed, what to look at, the way back, the next step."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.intake import draft, history, preview, reveal, stopped
from pages.parts.intake.refused import refused_download
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape


def step(now: Draft) -> None:
    """Draw the reveal."""
    w, report = state.say(), now.report
    assert report is not None
    changed = report.preview
    with st.container(border=True):
        st.header(w(f"page.import.done.{changed.kind}", n=preview.kept(changed)), anchor=False)
        facts = [
            history.counted(changed.kind, name, getattr(changed, name))
            for name in ("new", "updated", "unchanged", "merged")
            if getattr(changed, name)
        ]
        if facts:
            st.markdown(w("page.import.done.account", facts=w.listing(facts)))
        for line in preview.people(replace(changed, near_duplicates=0)):  # they are shown below
            st.caption(line)
        if now.not_moved and now.dropped is not None:
            st.warning(
                w("page.import.not_moved", name=escape(now.dropped.name)), icon=":material/folder_off:"
            )
        stopped.ask()
        _next(now)
        with st.container(horizontal=True, vertical_alignment="center"):
            if changed.rejected:
                refused_download(report.import_id, changed.rejected, key="done")
            _another(now)
            history.undo_button(report.import_id, key="done")
    reveal.draw(report)
    if now.waiting:
        st.info(w("page.import.waiting", n=len(now.waiting), name=escape(now.waiting[0].name)))


def _next(now: Draft) -> None:
    """One large next step: the file that waits, else the customers, else home."""
    w = state.say()
    if now.waiting:
        if st.button(w("page.import.next_file"), type="primary", key="next_file", width="stretch"):
            draft.following()
            st.rerun()
        return
    if st.button(
        w(f"page.import.next.{_screen()}"),
        type="primary",
        key="next_step",
        icon=":material/arrow_forward:",
        width="stretch",
    ):
        screen = _screen()
        draft.following()
        frame.go(screen)


def _screen() -> str:
    """Where the customers are discovered: loyalty with purchases, else the portrait, else home."""
    wished = ("rfm", "portrait") if cached.workspace().has_orders else ("portrait",)
    return next((screen for screen in wished if frame.built(screen)), "home")


def _another(now: Draft) -> None:
    if now.waiting:
        return
    if st.button(state.say()("page.import.another"), key="another"):
        draft.following()
        st.rerun()
