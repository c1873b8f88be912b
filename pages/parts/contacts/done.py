"""What an edit has just changed, with the way to take it back: one line until another page is opened."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.problem import show
from segmentation.errors import CarnetError


def tell(words: str, import_id: int | None, **values: object) -> None:
    """Remember what was done, to be said on the next run; without ``import_id`` it cannot be taken back."""
    state.put("contacts.done", (words, import_id, values))


def bar() -> None:
    """Say it, with its undo."""
    held = state.get("contacts.done")
    if not isinstance(held, tuple):
        return
    w, (words, import_id, values) = state.say(), held
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check_circle: {w(words, **values)}", width="content")
        if import_id is not None and st.button(
            w("page.contacts.undo"),
            icon=":material/undo:",
            key="contacts_undo",
            disabled=jobs.running() is not None,
        ):
            _undo(import_id)
        if st.button(
            w("page.contacts.close_bar"), type="tertiary", icon=":material/close:", key="contacts_close"
        ):
            state.drop("contacts.done")
            st.rerun()


def _undo(import_id: int) -> None:
    state.drop("contacts.done")
    try:
        cached.workspace().undo(import_id)
    except CarnetError as problem:
        show(problem)
        return
    state.next_turn("contacts_grid")
    st.toast(state.say()("page.contacts.undone"), icon=":material/undo:")
    st.rerun()
