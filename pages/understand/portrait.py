"""Portrait: who are my contacts, before any purchase; of the base, or of a segment against it."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, frame, one_choice, state, unnamed
from pages.parts.chosen import see
from pages.parts.portrait import cards, choice, deduced
from pages.parts.portrait.reading import Part, Portrait, read
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.reference.geography import place_of

_ORIGIN = "portrait.origin"
DISTINCT = 6
"""Differences told on top, at most two of one subject."""


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    if not base.contacts:
        _teach()
        return
    with frame.head(w("page.portrait.title"), w("page.portrait.sentence")):
        pass
    try:
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            whom = about_whom.choose("portrait")
        with right:
            origin = _origin(whom)
        seen = read(cached.report("portrait", whom, origin=origin))
    except CarnetError as problem:
        show(problem)
        return
    unnamed.draw("portrait")
    if not seen.contacts:
        st.info(w("page.portrait.nobody"), icon=":material/group_off:")
        return
    _full(seen, whom)


def _teach() -> None:
    """Nobody yet: any file of contacts lights this page up."""
    w = state.say()
    with frame.head(w("page.portrait.title"), w("page.portrait.sentence")):
        pass
    st.info(w("page.portrait.no_contacts"), icon=":material/upload_file:")
    if st.button(
        w("page.portrait.import"), type="primary", icon=":material/upload_file:", key="portrait_import"
    ):
        frame.go("import")


def _origin(whom: str) -> str:
    """The postal code distances are told from, "" for the commonest one, shown as the value in use with
    where it comes from; kept for the session."""
    w = state.say()
    held, usual = str(state.get(_ORIGIN, "")), _usual(whom)
    key = f"portrait_origin_{w.language}_{state.turn(_ORIGIN)}"

    def kept() -> None:
        asked = str(state.widget(key) or "").strip()
        if not asked:
            state.next_turn(_ORIGIN)
        state.put(_ORIGIN, "" if asked == usual else asked.partition(" ")[0])

    st.text_input(
        w("page.portrait.origin" if held or not usual else "page.portrait.origin_usual"),
        value=held or usual,
        placeholder=w("page.portrait.origin_placeholder"),
        max_chars=60,
        key=key,
        on_change=kept,
    )
    place = place_of(held) if held else None
    if held and (place is None or place.lat is None):
        st.caption(w("page.portrait.origin_unknown", code=plain(held)))
        return ""
    return held


def _usual(whom: str) -> str:
    """The place distances are told from when none is asked for, "" when nobody is located."""
    figures = cached.report("portrait", whom, origin="").figures
    return " ".join(str(figures[name]) for name in ("origin", "origin_city") if figures[name])


def _full(seen: Portrait, whom: str) -> None:
    """What differs, the choice, the map, every other subject."""
    w = state.say()
    st.markdown(
        w("page.portrait.part", n=seen.contacts, base=w.number(seen.base, digits=0))
        if seen.compared
        else w("page.portrait.whole", n=seen.contacts)
    )
    chosen = st.container()
    if seen.compared:
        _differences(seen)
    marks: dict[str, tuple[str, ...]] = {}
    if any(seen.theme(name) for name in ("department", "county", "city", "country")):
        cards.where(seen, marks)
        missing = cards.cards(seen, marks)
    else:
        missing = ["where", *cards.cards(seen, marks)]
    if missing:
        subjects = w.listing([w(f"portrait.missing.{name}") for name in missing])
        st.caption(w("page.portrait.missing", subjects=subjects))
    deduced.draw(seen)
    source, held = one_choice.settle("portrait", marks)
    with chosen:
        choice.panel(choice.said(seen, held, w) if source else None, whom, cards.PICTURES)


def _differences(seen: Portrait) -> None:
    """The surest differences with the base, each a click from its contacts; or that there is none."""
    w = state.say()
    with st.container(border=True):
        st.header(w("page.portrait.distinct"), anchor=False)
        st.caption(w("page.portrait.distinct_note"))
        if not seen.distinct:
            st.markdown(w("page.portrait.alike"))
        for place, part in enumerate(_varied(seen)):
            with st.container(horizontal=True, vertical_alignment="center"):
                theme, name = w(f"portrait.theme.{part.theme}"), escape(part.name(w))
                told = w("portrait.difference", theme=theme, name=name)
                st.markdown(f"{told} {choice.compared(part, w)}", width="stretch")
                if see(f"portrait_differs_{place}"):
                    one_choice.pick("portrait", "fact", (part.mark,), instead_of=cards.PICTURES)


def _varied(seen: Portrait) -> list[Part]:
    """The surest differences, at most two of one subject."""
    kept: list[Part] = []
    for part in seen.distinct:
        if sum(one.theme == part.theme for one in kept) < 2:
            kept.append(part)
    return kept[:DISTINCT]
