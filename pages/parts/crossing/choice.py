"""What was chosen in a crossing, counted as a criterion, and the two things to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from pages.parts import about_whom, cached, frame, one_choice, state
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import Crossing
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.text import escape
from segmentation.criteria.codec import segment_from_json
from segmentation.i18n import Words

PICTURES = ("cells", "table")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some people of the crossing: their name, how to ask for them among all, how many they are."""

    name: str
    criterion: dict[str, object]
    contacts: int
    reachable: int
    revenue: Decimal


def chosen(seen: Crossing, marks: Sequence[str], whom: str, names: Names) -> Chosen | None:
    """The people of all these cells, rows and columns together; None when nothing known is chosen."""
    known = [mark for mark in marks if mark in seen.criteria]
    if not known:
        return None
    criteria = [dict(seen.criteria[mark]) for mark in known]
    one: dict[str, object] = criteria[0] if len(criteria) == 1 else {"any": criteria}
    criterion = about_whom.within(whom, one)
    base = cached.workspace()
    look = base.evaluator.look(segment_from_json(criterion))
    weight = base.report("weight", look.mask)
    return Chosen(
        _name(known, seen, names),
        criterion,
        look.count,
        look.reach["email"].reachable,
        Decimal(str(weight.figures["net"])),
    )


def _name(marks: Sequence[str], seen: Crossing, names: Names) -> str:
    if len(marks) > MOST_NAMED:
        sides = (names.side(seen.rows.code), names.side(seen.columns.code))
        return state.say()("page.crossing.cells", n=len(marks), rows=sides[0], columns=sides[1])
    return state.say().listing(names.mark(mark, seen) for mark in marks)


def panel(found: Chosen | None, seen: Crossing, names: Names) -> None:
    """The choice in words and its buttons; how to choose when nothing is."""
    w = state.say()
    with st.container(border=True, key="crossing_chosen"):
        if found is None:
            st.markdown(w("page.crossing.choose"))
            return
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(w("page.crossing.chosen", n=found.contacts, name=escape(found.name, longest=160)))
            st.caption(_more(found, seen, names.currency, w))
        with right:
            _buttons(found, w)


def _more(found: Chosen, seen: Crossing, currency: str, w: Words) -> str:
    parts = [w("page.crossing.chosen_share", share=w.percent(found.contacts / (seen.contacts or 1)))]
    parts.append(w("page.crossing.chosen_reachable", n=found.reachable))
    if found.revenue:
        parts.append(w("page.crossing.chosen_revenue", money=w.money(found.revenue, currency, digits=0)))
    return " · ".join(parts)


def _buttons(found: Chosen, w: Words) -> None:
    empty = not found.contacts
    with st.container(horizontal=True, horizontal_alignment="right"):
        if frame.built("segments") and st.button(
            w("page.crossing.make_segment"), key="crossing_segment", icon=":material/filter_alt:",
            type="primary", disabled=empty,
        ):  # fmt: skip
            open_draft(found.criterion, found.name)
        if frame.built("lists") and st.button(
            w("page.crossing.make_list"), key="crossing_list", icon=":material/outgoing_mail:", disabled=empty
        ):
            open_list(found.criterion, found.name)
        if st.button(
            "", key="crossing_clear", icon=":material/close:", type="tertiary", help=w("page.crossing.clear")
        ):
            one_choice.clear("crossing", instead_of=PICTURES)
            st.rerun()
