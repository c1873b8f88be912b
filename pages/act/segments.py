"""Segments: who exactly; the saved ones with their size and their reach, and the way into the builder."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from pages.parts import cached, frame, segment_builder, segment_sizes, state, unnamed
from pages.parts.lists.door import door
from pages.parts.lists.wanted import Wanted
from pages.parts.lists.wanted import start as prepare
from pages.parts.problem import show
from pages.parts.segment_draft import COLOURS, close, current, of_saved, start
from pages.parts.segment_ready import ready_made
from pages.parts.text import escape
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.describe import describe
from segmentation.errors import CarnetError
from segmentation.store.segments import SavedSegment
from segmentation.workspace.sizes import Sized


def render() -> None:
    """Draw the screen: the builder when a segment is open (``?segment=key`` opens one), else the list."""
    if isinstance(asked := state.get("go_lists"), tuple):
        state.drop("go_lists")
        key, channel = asked
        prepare(Wanted(segment=key, channel=channel))
        frame.go("lists", segment=key)
    _follow_address()
    draft = current()
    if draft is not None and cached.workspace().contacts:
        segment_builder.draw(draft)
    else:
        _shelf()


def _follow_address() -> None:
    """Open the segment the address names, once; a name that is not there says so and shows the list."""
    key = st.query_params.get("segment")
    draft = current()
    if key is None or (draft is not None and draft.key == key):
        return
    try:
        start(of_saved(cached.workspace().segments.find(key)))
        state.next_turn("draft")
    except CarnetError as problem:
        close()
        del st.query_params["segment"]
        state.put("segments_problem", problem)


def _shelf() -> None:
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.segments.title"), w("page.segments.sentence")):
        if base.contacts:
            st.button(
                w("page.segments.new"),
                type="primary",
                icon=":material/add:",
                key="new_segment",
                on_click=_new,
            )
    problem = state.get("segments_problem")
    if isinstance(problem, CarnetError):
        state.drop("segments_problem")
        show(problem)
    _undo_deletion()
    if not base.contacts:
        st.info(w("page.segments.no_contacts"), icon=":material/upload_file:")
        if st.button(w("page.segments.import"), key="segments_import"):
            frame.go("import")
        return
    unnamed.draw("segments")
    ready_made()
    st.header(w("page.segments.mine"), anchor=False)
    saved = base.segments.list()
    if not saved:
        st.info(w("page.segments.none"), icon=":material/filter_alt:")
    used = segment_sizes.last_used()
    for segment in saved:
        _card(segment, used.get(segment.key))


def _new() -> None:
    state.next_turn("draft")
    start()


def _open(segment: SavedSegment) -> None:
    state.next_turn("draft")
    start(of_saved(segment))
    st.query_params["segment"] = segment.key


def _card(segment: SavedSegment, used: datetime | None) -> None:
    """One saved segment: name, sentence, how it stands today, the last list of it, what to do with it."""
    w, base = state.say(), cached.workspace()
    with st.container(border=True, key=f"card_{segment.key}"):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            colour = segment.colour if segment.colour in COLOURS else COLOURS[0]
            st.badge(escape(segment.name), color=colour)
            try:
                said = segment_from_json(segment.definition)
                st.markdown(escape(describe(said, base.catalogue, w), longest=400))
                now = segment_sizes.sized(segment.key)
            except CarnetError as problem:
                show(problem)
                now = None
            if segment.note:
                st.caption(escape(segment.note, longest=200))
        with right:
            if now is not None:
                _figures(now, used)
            with st.container(horizontal=True):
                st.button(
                    w("page.segments.open"), key=f"open_{segment.key}", on_click=_open, args=(segment,),
                    icon=":material/edit:",
                )  # fmt: skip
                if frame.built("lists"):
                    to = door(care=now is not None and not now.reachable)
                    st.button(
                        to.label,
                        key=f"list_{segment.key}",
                        icon=to.icon,
                        help=to.help,
                        on_click=state.put,
                        args=("go_lists", (segment.key, to.channel)),
                    )


def _figures(now: Sized, used: datetime | None) -> None:
    """Size and revenue, then reach, growth and the last list."""
    w = state.say()
    head = [f"**{w('count.contacts', n=now.size)}**", segment_sizes.revenue(now)]
    st.markdown(" · ".join(part for part in head if part))
    told = [w("page.segments.reachable", n=now.reachable), segment_sizes.trend(now)]
    told.append(w("page.segments.used", date=w.date(used)) if used else w("page.segments.unused"))
    st.caption(" · ".join(part for part in told if part))


def _undo_deletion() -> None:
    """After a deletion: one line that takes it back."""
    key = state.get("segment_deleted")
    if not isinstance(key, str):
        return
    w, base = state.say(), cached.workspace()
    gone = next((one for one in base.segments.list(deleted=True) if one.key == key), None)
    state.drop("segment_deleted")
    if gone is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(w("page.segments.deleted", name=escape(gone.name)), width="content")
        st.button(
            w("page.segments.undelete"),
            key="undelete",
            icon=":material/undo:",
            on_click=_bring_back,
            args=(key,),
        )


def _bring_back(key: str) -> None:
    try:
        cached.workspace().segments.undelete(key)
    except CarnetError as problem:
        state.put("segments_problem", problem)
