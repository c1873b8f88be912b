"""Croiser: where two things meet; every cell, row and column is a click from a segment."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, chosen, frame, one_choice, state
from pages.parts.crossing import by_name, choice, keyboard, picture, sides, surprising
from pages.parts.crossing.measures import MEASURES
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import Crossing, read
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.errors import CarnetError

LEAST = 2
"""Things to cross: two at least."""


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.crossing.title"), w("page.crossing.sentence")):
        pass
    if not base.contacts:
        _teach("page.crossing.no_contacts")
        return
    try:
        known = sides.options(sides.askable())
        if len(known) < LEAST:
            _teach("page.crossing.too_few")
            return
        *places, last = st.columns([5, 1, 5, 5], vertical_alignment="bottom")
        asked = sides.choose(known, places)
        with last:
            measure = _measure()
        more = st.expander(w("page.crossing.more_choices"))
        with more, st.columns(about_whom.ALONE)[0]:
            whom = about_whom.choose("crossing")
        if whom != about_whom.EVERYONE:
            st.caption(w("page.crossing.only", name=escape(base.catalogue.segment_names.get(whom, whom))))
        seen = _read(whom, asked)
        if not seen.contacts:
            st.info(w("page.crossing.nobody"), icon=":material/group_off:")
            return
        with more, st.container(horizontal=True):
            for name, side in (("rows", seen.rows), ("columns", seen.columns)):
                sides.bands(name, side)
        _full(seen, whom, measure, Names(base.catalogue, w, base.settings.currency))
    except CarnetError as problem:
        show(problem)


def _read(whom: str, asked: sides.Asked) -> Crossing:
    w = state.say()
    with st.spinner(w("page.crossing.reading"), show_time=False):
        report = cached.report(
            "crossing",
            whom,
            rows=asked.rows,
            columns=asked.columns,
            row_cuts=asked.row_cuts,
            column_cuts=asked.column_cuts,
        )
    return read(report)


def _full(seen: Crossing, whom: str, measure: str, names: Names) -> None:
    """The choice, the picture and how it reads, what is out of the ordinary; folded, the table."""
    w = state.say()
    panel = st.container()
    marks = {"cells": picture.draw(seen, measure, names)}
    st.caption(w(f"page.crossing.measure.{measure}.means", known=w("count.contacts", n=seen.known)))
    if seen.rows.overlaps or seen.columns.overlaps:
        st.caption(w("page.crossing.overlaps"))
    surprising.draw(seen, names)
    with st.expander(w("page.crossing.table")):
        marks["names"] = by_name.draw(seen, names)
        st.caption(w("page.crossing.table_help"))
        marks["table"] = keyboard.draw(seen, measure, names)
    held = one_choice.settle("crossing", marks)[1]
    with panel:
        found = choice.of_marks(seen, held, whom, names)
        hint = "  \n".join(part for part in (picture.example(seen, names), w("page.crossing.choose")) if part)
        chosen.panel("crossing", found, seen.contacts, hint=hint, pictures=choice.PICTURES)


def _measure() -> str:
    """What the cells say: people first, and what a marketer may want instead."""
    w = state.say()
    first = next(iter(MEASURES))
    held = str(state.get("crossing.measure", first))
    held = held if held in MEASURES else first
    key = f"crossing_measure_{w.language}"
    st.selectbox(
        w("page.crossing.measure"),
        list(MEASURES),
        index=list(MEASURES).index(held),
        format_func=lambda name: w(f"page.crossing.measure.{name}"),
        key=key,
        on_change=lambda: state.put("crossing.measure", state.widget(key) or first),
    )
    return held


def _teach(words: str) -> None:
    """Nothing to cross: which file brings something."""
    w = state.say()
    st.info(w(words), icon=":material/upload_file:")
    if st.button(
        w("page.crossing.import"), type="primary", icon=":material/upload_file:", key="crossing_import"
    ):
        frame.go("import")
