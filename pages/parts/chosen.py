"""People chosen on a picture: counted as their criterion, said in words, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from pages.parts import about_whom, cached, frame, one_choice, state
from pages.parts.lists.door import door
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.text import escape
from segmentation.criteria.codec import segment_from_json


@dataclass(frozen=True, slots=True)
class People:
    """Some people: their name, how to ask for them among all, how many they are, what they have spent."""

    name: str
    criterion: dict[str, object]
    contacts: int
    reachable: int
    revenue: Decimal


def people(name: str, criteria: Sequence[dict[str, object]], whom: str) -> People:
    """The people of any of ``criteria`` (one at least) among those of ``whom``. Raises CriterionError."""
    one: dict[str, object] = dict(criteria[0]) if len(criteria) == 1 else {"any": list(criteria)}
    criterion = about_whom.within(whom, one)
    base = cached.workspace()
    look = base.evaluator.look(segment_from_json(criterion))
    weight = base.report("weight", look.mask)
    reachable = look.reach["email"].reachable
    return People(name, criterion, look.count, reachable, Decimal(str(weight.figures["net"])))


def panel(screen: str, found: People | None, whole: int, *, hint: str, pictures: tuple[str, ...]) -> None:
    """The choice in words and its buttons, or ``hint``: how to choose. ``whole``: of how many they are."""
    w = state.say()
    with st.container(border=True, key=f"{screen}_chosen"):
        if found is None:
            st.markdown(hint)
            return
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(w("chosen.people", n=found.contacts, name=escape(found.name, longest=160)))
            st.caption(_more(found, whole))
        with right:
            buttons(screen, found.criterion, found.name, empty=not found.contacts, pictures=pictures)


def _more(found: People, whole: int) -> str:
    w, currency = state.say(), cached.workspace().settings.currency
    parts = [w("chosen.share", share=w.percent(found.contacts / whole))] if whole else []
    parts.append(w("chosen.reachable", n=found.reachable))
    if found.revenue:
        parts.append(w("chosen.spent", money=w.money(found.revenue, currency, digits=0)))
    return " · ".join(parts)


def see(key: str) -> bool:
    """« Voir qui »: the button under a sentence that chooses the people it is about."""
    return st.button(state.say()("chosen.see"), key=key, icon=":material/group_search:")


def buttons(
    screen: str, criterion: dict[str, object], name: str, *, empty: bool, pictures: Sequence[str]
) -> None:
    """A segment, a list (a working file when none of them may be written to), or nothing chosen any more;
    ``pictures`` are where a choice is made by clicking."""
    w, to = state.say(), door(care=not empty and not cached.reachable(criterion))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if frame.built("segments") and st.button(
            w("chosen.make_segment"), key=f"{screen}_segment", icon=":material/filter_alt:", disabled=empty
        ):
            open_draft(criterion, name)
        if frame.built("lists") and st.button(
            to.label, key=f"{screen}_list", icon=to.icon, type="primary", disabled=empty, help=to.help
        ):
            open_list(criterion, name, channel=to.channel)
        if st.button(
            "", key=f"{screen}_clear", icon=":material/close:", type="tertiary", help=w("chosen.clear")
        ):
            one_choice.clear(screen, instead_of=tuple(pictures))
            st.rerun()
