"""Groups that fill themselves: what comes from this source, file or form joins this group."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from pages.parts import cached, jobs, joining, state
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.text import escape
from segmentation.errors import CarnetError
from segmentation.intake.joining import JoinRule
from segmentation.workspace.joining import apply_rule, drop_rule, people_of, rules


def draw() -> None:
    """Each rule with who it is about today, then the line that makes another."""
    w, base = state.say(), cached.workspace()
    st.markdown(w("page.settings.groups_mean"))
    kept = rules(base)
    if not kept:
        st.info(w("page.settings.groups_none"), icon=":material/label:")
    for rule in kept:
        _line(rule)
    with st.container(border=True):
        st.header(w("page.settings.groups_new"), anchor=False)
        if joining.ask("settings"):
            st.rerun()


def _line(rule: JoinRule) -> None:
    """One rule; its buttons are keyed by what it says: in another window the list may have changed."""
    w, base, key = state.say(), cached.workspace(), crc32(repr(rule).encode())
    people = len(people_of(base, rule))
    busy = jobs.running() is not None
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xsmall"):
            st.markdown(joining.sentence(rule, w))
            st.caption(
                w("page.settings.groups_today", n=people) if people else w("page.settings.groups_nobody")
            )
        with st.container(horizontal=True, width="content"):
            if st.button(
                w("page.settings.groups_apply"),
                icon=":material/playlist_add_check:",
                key=f"settings_join_apply_{key}",
                disabled=busy or not people,
            ):
                _apply(rule)
            if st.button(
                w("page.settings.remove"),
                icon=":material/delete:",
                type="tertiary",
                key=f"settings_join_remove_{key}",
                help=w("page.settings.groups_remove_help"),
                disabled=busy,
            ):
                drop_rule(base, rule)
                st.rerun()


def _apply(rule: JoinRule) -> None:
    w = state.say()
    try:
        with st.spinner(w("page.settings.groups_applying")):
            written = apply_rule(cached.workspace(), rule)
    except CarnetError as problem:
        show(problem)
        return
    done.tell("page.settings.groups_applied", written.import_id, n=written.contacts, group=escape(rule.group))
    st.rerun()
