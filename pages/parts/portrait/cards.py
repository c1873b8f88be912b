"""The pictures of the portrait: each subject is a card with its sentence, bars or map, a list to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.chosen import see
from pages.parts.portrait.reading import Part, Portrait, percent
from pages.parts.portrait.sentences import SAYS, place
from pages.parts.text import escape
from segmentation.i18n import Words
from segmentation.results import ChartSpec

CARDS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "age": (("age_band",),),
        "gender": (("gender",), ("gender_deduced",)),
        "trade": (("clientele",), ("activity_sector", "sector")),
        "source": (("acquisition_channel", "conversion_page"),),
        "since": (("seniority",),),
        "taste": (("interests",), ("tags",), ("persona",)),
    }
)
"""Subject → its pictures; each shows the first theme of which something is known."""

PICTURES = (
    "map",
    "city",
    "distance",
    "country",
    "county",
    "region",
    *(theme for pictures in CARDS.values() for themes in pictures for theme in themes),
    *(f"{name}_pick" for name in ("where", "near", *CARDS)),
)
"""Where a choice is made."""

MOST = 8
ALONE = ("city",)
"""Themes of which a contact has one value, too many to be all drawn: the rest is told."""
FADED = ("gender_deduced", "likely_business", "likely_consumer")
"""Deductions, drawn paler."""


def where(seen: Portrait, marks: dict[str, tuple[str, ...]]) -> None:
    """The map, the towns and the distances, as far as they are known."""
    w = state.say()
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, height="stretch"):
        _told(seen, "where")
        if seen.theme("department"):
            marks["map"] = _map(seen, w)
            top = max(seen.theme("department"), key=lambda part: part.contacts)
            st.caption(w("page.portrait.map_note", name=escape(top.name(w)), n=top.contacts))
            if any(part.contacts for part in seen.abroad):
                st.caption(w("page.portrait.abroad"))
                marks["country"] = bars(seen, "country", seen.abroad, counted=True)
        else:
            for theme in ("county", "country", "region"):
                if seen.theme(theme):
                    marks[theme] = _picture(seen, theme)
        marks["where_pick"] = _pick("where", seen.theme(place(seen)), w)
    with right, st.container(border=True, height="stretch"):
        _told(seen, "near")
        for theme in ("distance", "city"):
            if seen.theme(theme):
                marks[theme] = _picture(seen, theme)
        marks["near_pick"] = _pick("near", (*seen.theme("distance"), *seen.theme("city")), w)


def cards(seen: Portrait, marks: dict[str, tuple[str, ...]]) -> list[str]:
    """Every other subject, two by two; those of which nothing is known."""
    known = {name: _themes(seen, name) for name in CARDS}
    shown = [name for name, themes in known.items() if themes]
    for start in range(0, len(shown), 2):
        pair = shown[start : start + 2]
        for column, name in zip(st.columns(len(pair), gap="medium"), pair, strict=True):
            with column, st.container(border=True, height="stretch"):
                _told(seen, name)
                for theme in known[name]:
                    marks[theme] = _picture(seen, theme)
                parts = [part for theme in known[name] for part in seen.theme(theme)]
                marks[f"{name}_pick"] = _pick(name, parts, state.say())
    return [name for name, themes in known.items() if not themes]


def _themes(seen: Portrait, name: str) -> list[str]:
    """The themes a subject shows: of each picture, the first one of which something is known."""
    if name == "trade" and not any(part.key != "likely_consumer" for part in seen.theme("clientele")):
        return []
    found = (next((theme for theme in themes if seen.theme(theme)), None) for themes in CARDS[name])
    return [theme for theme in found if theme]


def _picture(seen: Portrait, theme: str) -> tuple[str, ...]:
    """The bars of a theme, and of how many contacts they speak."""
    w = state.say()
    known = seen.known[theme]
    words = "page.portrait.known" if known < seen.contacts else "page.portrait.known_all"
    words = "page.portrait.known_code" if theme == "distance" and known < seen.contacts else words
    st.caption(f"{w(f'portrait.theme.{theme}')} · {w(words, n=known)}")
    shown = _not_empty(seen, seen.theme(theme)[:MOST])
    marks = bars(seen, theme, shown)
    if any(part.theme in FADED or part.key in FADED for part in shown):
        st.caption(w("page.portrait.pale"))
    others = known - sum(part.contacts for part in shown) if theme in ALONE else 0
    if others > 0:
        st.caption(w(f"page.portrait.others.{theme}", n=others))
    return marks


def _not_empty(seen: Portrait, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts drawn: when more than half of them hold nobody, only those that hold somebody; against the
    base, all."""
    somebody = [part for part in parts if part.contacts]
    return somebody if not seen.compared and 2 * len(somebody) < len(parts) else parts


def _told(seen: Portrait, name: str) -> None:
    """The title of a subject, its sentence, and the way to its contacts."""
    w = state.say()
    st.header(w(f"portrait.subject.{name}"), anchor=False)
    said = SAYS[name](seen, w)
    if said is None:
        if name != "near" or not seen.theme("city"):
            st.caption(w("page.portrait.unknown"))
        return
    sentence, marks = said
    st.markdown(sentence)
    if marks and see(f"portrait_see_{name}"):
        one_choice.pick("portrait", "fact", marks, instead_of=PICTURES)


def bars(seen: Portrait, theme: str, parts: Sequence[Part], *, counted: bool = False) -> tuple[str, ...]:
    """Parts as bars of their share, with the base's as a tick when there is one; the marks chosen.

    ``counted``: a share would mislead, only the number is written.
    """
    w = state.say()
    spec = ChartSpec(
        "shares",
        {
            "labels": [part.name(w, short=True) for part in parts],
            "keys": [part.mark for part in parts],
            "values": [part.share for part in parts],
            "base": [part.base_share for part in parts] if seen.compared else [],
            "texts": [w.number(part.contacts, digits=0) if counted else written(part, w) for part in parts],
            "longest": _longest(seen, theme),
            "faded": [part.theme in FADED or part.key in FADED for part in parts],
        },
    )
    return chart(
        spec,
        w,
        key=one_choice.key("portrait", theme),
        alt=w("page.portrait.bars_alt", subject=w(f"portrait.theme.{theme}")),
        select=True,
    )


def _longest(seen: Portrait, theme: str) -> float | None:
    """The share that the width stands for, when a deduction is drawn under what people gave: both pictures
    then have the same scale in contacts."""
    pair = ("gender", "gender_deduced")
    if seen.compared or theme not in pair or not all(seen.theme(one) for one in pair):
        return None
    most = max(part.contacts for one in pair for part in seen.theme(one))
    return most / seen.known[theme] if seen.known[theme] else None


def written(part: Part, w: Words) -> str:
    """What stands at the end of a bar: contacts, share, and how it compares when that is believed."""
    told = f"{w.number(part.contacts, digits=0)} · {percent(part.share, w)}"
    if part.index is None or not part.contacts:
        return told
    return f"{told} · × {w.number(round(part.index, 1))}"


def _map(seen: Portrait, w: Words) -> tuple[str, ...]:
    parts = seen.theme("department")
    spec = ChartSpec(
        "map",
        {
            "codes": [part.key.upper() for part in parts],
            "keys": [part.mark for part in parts],
            "values": [part.share for part in parts],
            "notes": [written(part, w) for part in parts],
        },
    )
    return chart(spec, w, key=one_choice.key("portrait", "map"), alt=w("page.portrait.map_alt"), select=True)


def _pick(name: str, parts: Sequence[Part], w: Words) -> tuple[str, ...]:
    """The same choice from the keyboard."""
    shown = {part.mark: part for part in parts if part.contacts}
    if not shown:
        return ()
    chosen = st.selectbox(
        w("page.portrait.pick", subject=w(f"portrait.subject.{name}")),
        list(shown),
        index=None,
        format_func=lambda mark: w("page.portrait.picked", name=shown[mark].name(w), n=shown[mark].contacts),
        placeholder=w(f"page.portrait.pick_placeholder.{name}"),
        key=f"{one_choice.key('portrait', f'{name}_pick')}_{w.language}",
        label_visibility="collapsed",
    )
    return (str(chosen),) if chosen else ()
