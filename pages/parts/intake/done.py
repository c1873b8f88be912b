"""Step 4, « C’est fait »: what the import changed, what to look at, the way back, the next step."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.intake import draft, history, preview
from pages.parts.intake.draft import Draft
from pages.parts.intake.refused import refused_download
from pages.parts.text import escape
from segmentation.intake.clean.columns import Repair
from segmentation.intake.report import Preview


def step(now: Draft) -> None:
    """Draw the reveal."""
    w, report = state.say(), now.report
    assert report is not None
    changed = report.preview
    with st.container(border=True):
        st.subheader(w(f"page.import.done.{changed.kind}", n=changed.rows_loaded), anchor=False)
        facts = [
            w(f"page.import.done.{name}", n=getattr(changed, name))
            for name in ("new", "updated", "unchanged", "merged")
            if getattr(changed, name)
        ]
        if facts:
            st.markdown(w("page.import.done.account", facts=w.listing(facts)))
        for line in preview.people(changed):
            st.caption(line)
        _repaired(changed)
        if changed.rejected:
            refused_download(report.import_id, changed.rejected, key="done")
        _stopped()
        with st.container(horizontal=True, vertical_alignment="center"):
            _next(now)
            history.undo_button(report.import_id, key="done")
    if now.waiting:
        st.info(w("page.import.waiting", n=len(now.waiting), name=escape(now.waiting[0].name)))


def _repaired(changed: Preview) -> None:
    """Each kind of repair as one line, the most frequent first, with one example."""
    w = state.say()
    groups: dict[str, list[Repair]] = {}
    for repair in sorted(changed.repairs, key=lambda repair: -repair.count):
        groups.setdefault(repair.rule, []).append(repair)
    if not groups:
        return
    with st.expander(w("page.import.repairs", n=sum(repair.count for repair in changed.repairs))):
        for rule, repairs in groups.items():
            left, right = st.columns(2, vertical_alignment="center")
            left.markdown(f"{w(f'repair.{rule}')} · {w.number(sum(r.count for r in repairs), digits=0)}")
            right.text(f"{repairs[0].before or '∅'}  →  {repairs[0].after or '∅'}")


def _stopped() -> None:
    """When the data stop long ago, offer to calculate as of their last day."""
    w, base = state.say(), cached.workspace()
    last = base.suggested_as_of
    if last is None:
        return
    st.warning(w("page.import.stopped", date=w.date(last)), icon=":material/event_busy:")
    if st.button(w("page.import.stopped_button", date=w.date(last)), key="as_of_last"):
        base.set_as_of(last)
        st.rerun()


def _next(now: Draft) -> None:
    """One large next step: the file that waits, else the customers, else home."""
    w = state.say()
    if now.waiting:
        if st.button(w("page.import.next_file"), type="primary", key="next_file"):
            draft.following()
            st.rerun()
        return
    screen = "rfm" if frame.built("rfm") and cached.workspace().has_orders else "home"
    if st.button(
        w(f"page.import.next.{screen}"), type="primary", key="next_step", icon=":material/arrow_forward:"
    ):
        draft.following()
        frame.go(screen)
    if st.button(w("page.import.another"), key="another"):
        draft.following()
        st.rerun()
