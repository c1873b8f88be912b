"""What was chosen on the portrait, in words with its number, and what to do with it: a segment, a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import about_whom, cached, state
from pages.parts.chosen import buttons
from pages.parts.portrait.reading import Json, Part, Portrait, percent
from pages.parts.text import escape
from segmentation.criteria.codec import criterion_from_json
from segmentation.i18n import Words

NEAR = "near"
"""The mark of the circle around the place distances are told from."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some contacts of the audience: their name, the criterion they share, what compares them."""

    name: str
    criterion: Json
    note: str = ""


def said(seen: Portrait, marks: Sequence[str], w: Words) -> Chosen | None:
    """The contacts of the marks chosen; None when nothing known is chosen."""
    if marks == (NEAR,) and seen.near:
        return Chosen(_near_name(seen, w), seen.near[2])
    parts = [part for mark in marks if (part := seen.part(mark)) is not None]
    if not parts:
        return None
    themes = list(dict.fromkeys(part.theme for part in parts))
    names = w.listing([part.name(w) for part in parts], style="or")
    title = f"{w(f'portrait.theme.{themes[0]}')}{w('portrait.colon')}{names}" if len(themes) == 1 else names
    criterion = parts[0].criterion if len(parts) == 1 else {"any": [part.criterion for part in parts]}
    return Chosen(title, criterion, compared(parts[0], w) if len(parts) == 1 else "")


def compared(part: Part, w: Words) -> str:
    """How much more or less often than in the base, when it is believed; else nothing."""
    if part.index is None:
        return ""
    shares = {"share": percent(part.share, w), "base": percent(part.base_share, w)}
    if part.index >= 1:
        return w("portrait.more_often", times=w.number(round(part.index, 1)), **shares)
    if part.contacts == 0:
        return w("portrait.never", **shares)
    return w("portrait.less_often", times=w.number(round(1 / part.index, 1)), **shares)


def _near_name(seen: Portrait, w: Words) -> str:
    assert seen.near is not None
    return w("portrait.near_name", km=seen.near[0], place=f"{seen.origin} {seen.origin_city or ''}".strip())


def panel(chosen: Chosen | None, whom: str, pictures: Sequence[str]) -> None:
    """The choice in words and its buttons; how to choose when nothing is."""
    w = state.say()
    with st.container(border=True, key="portrait_chosen"):
        if chosen is None:
            st.markdown(w("page.portrait.choose"))
            return
        criterion = about_whom.within(whom, dict(chosen.criterion))
        count = cached.workspace().evaluator.count(criterion_from_json(criterion))
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(w("page.portrait.chosen", n=count, name=escape(chosen.name)))
            if chosen.note:
                st.caption(chosen.note)
        with right:
            buttons("portrait", criterion, chosen.name, empty=not count, pictures=pictures)
