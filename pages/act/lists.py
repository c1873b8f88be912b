"""Listes: take it away; who, by which channel, the file, then how to narrow it, who stays out and why."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state, unnamed
from pages.parts.contacts import done
from pages.parts.lists import (
    after,
    columns,
    confirm,
    cost,
    files,
    outside,
    past,
    people,
    reach,
    refine,
    slips,
    steps,
    whose,
)
from pages.parts.lists.wanted import Wanted, current
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.criteria.describe import describe
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
    done.bar()
    unnamed.draw("lists")
    wanted = current()
    whose.ask(wanted)
    if wanted is None:
        st.info(w("page.lists.choose_first"), icon=":material/group_search:")
        if st.button(w("page.lists.ready_made"), icon=":material/filter_alt:", key="lists_ready_made"):
            frame.go("segments")
    else:
        try:
            _prepare(wanted)
        except CarnetError as problem:
            show(problem)
    past.draw()


def _prepare(wanted: Wanted) -> None:
    """The list of somebody: channel, sentence, file; below, how to narrow it and who stays out."""
    w, base = state.say(), cached.workspace()
    asked = _asked(wanted)
    reached = base.evaluator.reach(asked.segment)
    found = base.found_list(asked)
    reach.ask(wanted, reached, members=found.members)
    if len(found.ids):
        left, right = st.columns([3, 2], gap="medium")
        with right, st.container(border=True, height="stretch"):
            after.draw(wanted.channel)
    else:
        left = st.container()
    with left, st.container(border=True, height="stretch"):
        _ready(wanted, asked, found)
    people.draw(found, asked.columns)
    refine.ask(wanted)
    columns.ask(wanted.channel)
    if wanted.channel in reached:
        confirm.ask(wanted, found.confirmed if wanted.reason else reached[wanted.channel].to_confirm)
    st.header(w("page.lists.steps"), anchor=False)
    steps.draw(found.steps)


def _asked(wanted: Wanted) -> ListRequest:
    """The list as this session wants it."""
    base, alone = cached.workspace(), bool(wanted.segment) and not wanted.also
    return ListRequest(
        wanted.definition(),
        whose.name_of(wanted),
        wanted.channel,
        columns=columns.held(wanted.channel),
        reason=wanted.reason or None,
        segment_version=base.segments.find(str(wanted.segment)).version if alone else None,
        options=wanted.options,
    )


def _ready(wanted: Wanted, asked: ListRequest, found: Waterfall) -> None:
    """How many, of whom, what it costs, and the file; what is missing when there can be none."""
    w, base = state.say(), cached.workspace()
    kept = len(found.ids)
    ready = w(f"page.lists.ready.{wanted.channel}", n=kept)
    of_whom = w("page.lists.out_of", n=found.members, name=escape(asked.name))
    st.header(f"{ready}, {of_whom}", anchor=False)
    st.caption(escape(describe(asked.segment, base.catalogue, w), longest=400))
    if len(found.control):
        st.caption(w("page.lists.control_kept", n=len(found.control)))
    outside.ask(wanted, found)
    slips.draw(found)
    if not kept:
        st.warning(w("page.lists.nobody"), icon=":material/person_off:")
    elif not asked.columns:
        st.warning(w("page.lists.no_columns"), icon=":material/view_column:")
    else:
        cost.draw(wanted.channel, kept)
        files.draw(asked, wanted.segment if asked.segment_version else None)
