"""Importer: « Donnez-moi votre fichier, je m’occupe du reste », in four steps of which only doubts stop."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state
from pages.parts.intake import done, draft, drop, history, left_open, preview, under_way, understood
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.jobs import Job


def render() -> None:
    """Draw the screen at the step where this session's import is."""
    w = state.say()
    now = under_way.current()
    draft.follow(now)
    with frame.head(w("page.import.title"), w("page.import.sentence")):
        restart = w("page.import.restart")
        if now.step in ("understood", "preview") and st.button(
            restart, icon=":material/restart_alt:", type="tertiary"
        ):
            draft.close()
            st.rerun()
    said = state.get("said")
    if isinstance(said, str):
        st.toast(said, icon=":material/check_circle:")
        state.drop("said")
    _steps(now)
    if now.job is not None:
        _wait(now.job)
    elif now.step == "file":
        if now.problem:
            show(now.problem, of=now.dropped.name if now.dropped is not None else "")
            if now.waiting and st.button(
                w("page.import.next_file"), key="skip_file", icon=":material/skip_next:"
            ):
                draft.following()
                st.rerun()
        if state.in_demo():
            st.info(w("page.import.in_demo"), icon=":material/storefront:")
        _left_open()
        if drop.zone():
            st.rerun()
        drop.recipes()
    elif now.step == "understood":
        understood.step(now)
    elif now.step == "preview":
        preview.step(now)
    else:
        done.step(now)
    if now.step in ("file", "done"):
        history.past()


def _left_open() -> None:
    """The import that a closed or reloaded tab left: go on with it, or forget it."""
    w, left = state.say(), left_open.found()
    if left is None or left.dropped is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(w("page.import.left_open", name=escape(left.dropped.name)))
        if st.button(
            w("page.import.left_go_on"), type="primary", key="left_go_on", icon=":material/play_arrow:"
        ):
            left_open.take_up(left)
            st.rerun()
        if st.button(w("page.import.left_forget"), type="tertiary", key="left_forget"):
            left_open.sweep()
            st.rerun()


def _wait(job: Job) -> None:
    """Say what is under way; the frame's bar draws the screen again when it is over."""
    if not job.running:
        st.rerun()
    st.info(state.say()(f"page.import.under_way.{job.name}"), icon=":material/hourglass_top:")


def _steps(now: under_way.Draft) -> None:
    """The four steps, always there; the ones already passed lead back to them."""
    w = state.say()
    at = under_way.STEPS.index(now.step)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for place, step in enumerate(under_way.STEPS):
            label = w("page.import.step", n=place + 1, name=w(f"page.import.step.{step}"))
            reachable = step in ("understood", "preview") and place < at < len(under_way.STEPS) - 1
            icon = ":material/check:" if place < at else None
            if place != at and not reachable:
                st.markdown(f":gray[{icon or ''} {label}]", width="content")
                continue
            kind = "secondary" if place == at else "tertiary"
            if st.button(label, key=f"step_{step}", type=kind, icon=icon):
                now.step = step
                st.rerun()
