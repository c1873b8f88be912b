"""Listes: take it away; who, by which channel, the file, then who stays out and why."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.lists import columns, confirm, files, past, reach, steps, whose
from pages.parts.lists.wanted import Wanted, current
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.criteria.describe import describe
from segmentation.criteria.segment import Segment
from segmentation.errors import CarnetError
from segmentation.lists.making import ListRequest
from segmentation.lists.waterfall import Waterfall


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.lists.title"), w("page.lists.sentence")):
        pass
    if not base.contacts:
        st.info(w("page.lists.no_contacts"), icon=":material/upload_file:")
        if st.button(
            w("page.lists.import"), type="primary", icon=":material/upload_file:", key="lists_import"
        ):
            frame.go("import")
        return
    wanted = current()
    whose.ask(wanted)
    if wanted is None:
        st.info(w("page.lists.choose_first"), icon=":material/group_search:")
    else:
        try:
            _prepare(wanted)
        except CarnetError as problem:
            show(problem)
    past.draw()


def _prepare(wanted: Wanted) -> None:
    """The list of somebody: channel, sentence, file; below, who stays out."""
    w, base = state.say(), cached.workspace()
    segment = wanted.definition()
    reached = base.evaluator.reach(segment)
    found = base.found_list(ListRequest(segment, "", wanted.channel, reason=wanted.reason or None))
    reach.ask(wanted, reached, members=found.members)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, height="stretch"):
        _ready(wanted, segment, found)
        columns.ask(wanted.channel)
    with right, st.container(border=True, height="stretch"):
        st.markdown(f"**{w('page.lists.after')}**")
        st.markdown(w(f"page.lists.after.{wanted.channel}"))
    if wanted.channel in reached:
        confirm.ask(wanted, found.confirmed if wanted.reason else reached[wanted.channel].to_confirm)
    st.subheader(w("page.lists.steps"), anchor=False)
    steps.draw(found.steps)


def _ready(wanted: Wanted, segment: Segment, found: Waterfall) -> None:
    """How many, of whom, and the file; what is missing when there can be none."""
    w, base = state.say(), cached.workspace()
    name, kept = whose.name_of(wanted), len(found.ids)
    ready = w(f"page.lists.ready.{wanted.channel}", n=kept)
    of_whom = w("page.lists.out_of", n=found.members, name=escape(name))
    st.subheader(f"{ready}, {of_whom}", anchor=False)
    st.caption(escape(describe(segment, base.catalogue, w), longest=400))
    chosen = columns.held(wanted.channel)
    if not kept:
        st.warning(w("page.lists.nobody"), icon=":material/person_off:")
    elif not chosen:
        st.warning(w("page.lists.no_columns"), icon=":material/view_column:")
    else:
        asked = ListRequest(
            segment,
            name,
            wanted.channel,
            columns=chosen,
            reason=wanted.reason or None,
            segment_version=base.segments.find(wanted.segment).version if wanted.segment else None,
        )
        files.draw(asked, wanted.segment)
