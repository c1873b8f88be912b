"""What can be done with the whole segment: note, list, copy, past versions, its definition, deletion."""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.lists.door import door
from pages.parts.segment_draft import Draft, drafted, start
from segmentation.errors import CarnetError


def menu(draft: Draft, leave: Callable[[], None]) -> None:
    """Everything behind « Plus »; ``leave`` goes back to the list of segments.

    What leaves the draft draws the whole screen again: a callback would only draw the builder.
    """
    w = state.say()
    draft.note = st.text_area(
        w("page.segments.note"), value=draft.note, key=f"note_{state.turn('draft')}", height=80
    )
    if frame.built("lists") and draft.key is not None and not draft.changed():
        to = door()
        if st.button(to.label, icon=to.icon, key="prepare"):
            frame.go("lists", segment=draft.key)
    if st.button(w("page.segments.copy"), icon=":material/content_copy:", key="copy"):
        _copy(draft)
        st.rerun()
    if draft.key is not None:
        _versions(draft, draft.key)
        if st.button(w("page.segments.delete"), icon=":material/delete:", key="delete"):
            _delete(draft.key, leave)
            st.rerun()
    st.download_button(
        w("page.segments.json"),
        json.dumps(draft.definition(), ensure_ascii=False, indent=2),
        file_name="segment.json",
        mime="application/json",
        on_click="ignore",
    )


def _versions(draft: Draft, key: str) -> None:
    """Every version with the moment it was saved; one can be taken up again."""
    w = state.say()
    versions = cached.workspace().segments.versions(key)
    labels = {one.version: f"v{one.version} · {w.moment(one.updated_at)}" for one in versions}
    chosen = st.selectbox(
        w("page.segments.versions"),
        list(labels),
        format_func=labels.__getitem__,
        key=f"versions_{state.turn('draft')}",
    )
    past = next(one for one in versions if one.version == chosen)
    st.button(
        w("page.segments.restore"),
        key="restore",
        disabled=chosen == draft.version,
        on_click=_restore,
        args=(draft, dict(past.definition)),
    )


def _copy(draft: Draft) -> None:
    twin = drafted(draft.definition(), name=state.say()("page.segments.copy_of", name=draft.name))
    twin.colour, twin.note = draft.colour, draft.note
    st.query_params.pop("segment", None)
    state.next_turn("draft")
    start(twin)


def _restore(draft: Draft, definition: dict[str, object]) -> None:
    past = drafted(definition)
    draft.include, draft.exclude, draft.rest = past.include, past.exclude, past.rest
    state.next_turn("draft")


def _delete(key: str, leave: Callable[[], None]) -> None:
    try:
        cached.workspace().segments.delete(key)
    except CarnetError as problem:
        state.put("segments_problem", problem)
        return
    state.put("segment_deleted", key)
    leave()
