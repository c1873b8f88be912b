"""Croiser: where two things meet; every cell, row and column is a click from a segment."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, chosen, frame, one_choice, state
from pages.parts.crossing import by_name, choice, keyboard, picture, sides, surprising
from pages.parts.crossing.measures import MEASURES
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import Crossing, read
from pages.parts.ink import inked
from pages.parts.problem import show
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
        whom = about_whom.choose("crossing")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            asked = sides.choose(known)
        seen = _read(whom, asked)
        if not seen.contacts:
            st.info(w("page.crossing.nobody"), icon=":material/group_off:")
            return
        _full(seen, whom, Names(base.catalogue, w, base.settings.currency))
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


def _full(seen: Crossing, whom: str, names: Names) -> None:
    """What surprises, the choice, the picture, the table."""
    w = state.say()
    surprising.draw(seen, names)
    marks = {"names": by_name.draw(seen, names)}
    panel = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = _measure()
        for name, side in (("rows", seen.rows), ("columns", seen.columns)):
            sides.bands(name, side)
    st.caption(w(f"page.crossing.measure.{measure}.means", known=w("count.contacts", n=seen.known)))
    marks["cells"] = picture.draw(seen, measure, names)
    st.header(w("page.crossing.table"), anchor=False)
    st.caption(w("page.crossing.table_help"))
    marks["table"] = keyboard.draw(seen, measure, names)
    if seen.rows.overlaps or seen.columns.overlaps:
        st.caption(w("page.crossing.overlaps"))
    held = one_choice.settle("crossing", marks)[1]
    with panel:
        found = choice.of_marks(seen, held, whom, names)
        hint = w("page.crossing.choose")
        chosen.panel("crossing", found, seen.contacts, hint=hint, pictures=choice.PICTURES)


def _measure() -> str:
    w = state.say()
    first = next(iter(MEASURES))
    held = str(state.get("crossing.measure", first))
    key = f"crossing_measure_{w.language}"
    st.segmented_control(
        w("page.crossing.measure"),
        list(MEASURES),
        default=held,
        required=True,
        format_func=inked(lambda name: w(f"page.crossing.measure.{name}")),
        key=key,
        on_change=lambda: state.put("crossing.measure", state.widget(key) or first),
    )
    return held if held in MEASURES else first


def _teach(words: str) -> None:
    """Nothing to cross: which file brings something."""
    w = state.say()
    st.info(w(words), icon=":material/upload_file:")
    if st.button(
        w("page.crossing.import"), type="primary", icon=":material/upload_file:", key="crossing_import"
    ):
        frame.go("import")
