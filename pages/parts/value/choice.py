"""What was chosen on the value screen, said in words with its number, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import about_whom, cached, one_choice, state
from pages.parts.chosen import buttons
from pages.parts.text import escape
from segmentation.criteria.codec import criterion_from_json
from segmentation.i18n import Words
from segmentation.results import ChartSpec

NAME = "value"
BESIDE = "beside"
"""Where a choice comes from when a button widens or turns it: no picture."""
MOST_NAMED = 3
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some customers: their name, what they have in common; ``others`` are near ones, by name."""

    name: str
    criterion: Json
    others: Sequence[tuple[str, str]] = ()


def of_marks(spec: ChartSpec, marks: Sequence[str], names: Mapping[str, str], w: Words) -> Chosen | None:
    """The customers of these marks of a picture, together; ``names`` says each mark in words."""
    known = [mark for mark in marks if mark in spec.criteria and mark in names]
    if not known:
        return None
    criteria = [spec.criteria[mark] for mark in known]
    several = len(known) > MOST_NAMED
    return Chosen(
        w("page.value.several", n=len(known)) if several else w.listing(names[mark] for mark in known),
        _json(criteria[0]) if len(criteria) == 1 else {"any": criteria},
    )


def _json(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def panel(chosen: Chosen | None, whom: str, pictures: Sequence[str]) -> None:
    """The choice in words with its number and its buttons; how to choose when nothing is."""
    w = state.say()
    with st.container(border=True, key="value_chosen"):
        if chosen is None:
            st.markdown(w("page.value.choose"))
            return
        criterion = about_whom.within(whom, dict(chosen.criterion))
        count = cached.workspace().evaluator.count(criterion_from_json(criterion))
        left, right = st.columns([5, 4], vertical_alignment="center")
        with left:
            st.markdown(w("page.value.chosen", n=count, name=escape(chosen.name)))
            if chosen.others:
                _others(chosen, pictures)
        with right:
            buttons(NAME, criterion, chosen.name, empty=not count, pictures=pictures)


def _others(chosen: Chosen, pictures: Sequence[str]) -> None:
    """The near customers, each a click away."""
    with st.container(horizontal=True):
        for mark, name in chosen.others:
            if st.button(escape(name), key=f"value_other_{mark}", type="tertiary"):
                one_choice.pick(NAME, BESIDE, (mark,), instead_of=tuple(pictures))
                st.rerun()
