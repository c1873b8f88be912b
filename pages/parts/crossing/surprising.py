"""The cells that chance does not explain, a sentence each; and how close the two criteria are."""

from __future__ import annotations

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.chosen import see
from pages.parts.crossing.choice import PICTURES
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import Crossing
from pages.parts.text import escape

FAINT, FAIR, CLOSE = "faint", "fair", "close"
HALF = (0.4, 0.6)
"""Parts of what was expected that are called half of it; below, so many times fewer, above, a share less."""
_STRENGTHS = ((0.1, "none"), (0.3, FAINT), (0.5, FAIR))
"""Cramér's V below which a link is called so (J. Cohen, Statistical Power Analysis, 1988, chapter 7)."""


def draw(seen: Crossing, names: Names) -> None:
    """At most three sentences, each a click away from its people; else why there is none."""
    w = state.say()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{w('page.crossing.surprises')}**")
        with st.popover(w("page.crossing.how"), icon=":material/help:", type="tertiary"):
            st.markdown(w("page.crossing.how_text"))
            if seen.link is not None:
                st.markdown(_link(seen.link))
    if not seen.surprises:
        st.caption(_none(seen))
        return
    st.caption(w("page.crossing.known", known=w("count.contacts", n=seen.known)))
    for place, (column, mark) in enumerate(zip(st.columns(len(seen.surprises)), seen.surprises, strict=True)):
        with column, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(sentence(seen, mark, names))
            if see(f"crossing_see_{place}"):
                one_choice.pick("crossing", "surprise", (mark,), instead_of=PICTURES)
                st.rerun()


def sentence(seen: Crossing, mark: str, names: Names) -> str:
    """What a cell has of unexpected."""
    w, cell = state.say(), seen.cells[mark]
    values = {
        "name": escape(names.mark(mark, seen)),
        "n": cell.contacts,
        "expected": w.number(cell.expected, digits=0 if (cell.expected or 0) >= 10 else 1),
    }
    if not cell.contacts or not cell.index:
        return w("page.crossing.nobody_there", **values)
    if cell.index > 1:
        return w("page.crossing.more", times=w.number(cell.index, digits=1), **values)
    if cell.index < HALF[0]:
        return w("page.crossing.fewer", times=w.number(1 / cell.index, digits=1), **values)
    if cell.index <= HALF[1]:
        return w("page.crossing.half", **values)
    return w("page.crossing.less", share=w.percent(1 - cell.index, digits=0), **values)


def _none(seen: Crossing) -> str:
    w = state.say()
    if seen.same:
        return w("page.crossing.same")
    return w("page.crossing.no_surprise")


def _link(strength: float) -> str:
    w = state.say()
    word = next((name for limit, name in _STRENGTHS if strength < limit), CLOSE)
    return w("page.crossing.link", strength=w(f"page.crossing.link.{word}"), v=w.number(strength, digits=2))
