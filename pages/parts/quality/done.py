"""What was just repaired, with the way to take it back."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.problem import show
from segmentation.errors import CarnetError

_DONE = "quality.done"


def tell(words: str, import_id: int | None, apart: tuple[int, ...] = (), **values: object) -> None:
    """Remember what was done: an import to undo, or contacts told apart."""
    state.put(_DONE, (words, import_id, apart, values))


def bar() -> None:
    """Say it, with its undo."""
    held = state.get(_DONE)
    if not isinstance(held, tuple):
        return
    w, (words, import_id, apart, values) = state.say(), held
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check_circle: {w(words, **values)}", width="content")
        if st.button(
            w("page.quality.undo"),
            icon=":material/undo:",
            key="quality_undo",
            disabled=jobs.running() is not None,
        ):
            state.drop(_DONE)
            _undo(import_id, apart)
        if st.button(
            w("page.quality.close_bar"), type="tertiary", icon=":material/close:", key="quality_close"
        ):
            state.drop(_DONE)
            st.rerun()


def _undo(import_id: int | None, apart: tuple[int, ...]) -> None:
    try:
        if import_id is not None:
            cached.workspace().undo(import_id)
        else:
            cached.workspace().tell_apart(apart, apart=False)
    except CarnetError as problem:
        show(problem)
        return
    st.toast(state.say()("page.quality.undone"), icon=":material/undo:")
    st.rerun()
