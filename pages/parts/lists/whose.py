"""Whose list: one of the saved segments, everyone, or what another screen handed over."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.lists.wanted import CHANNELS, TURN, Wanted, choose
from pages.parts.segment_draft import open_draft
from pages.parts.text import plain
from segmentation.criteria.describe import describe
from segmentation.i18n import Words

_DRAFT = "*"
"""The option of a criterion that is not saved: no key of a segment is made of it."""


def ask(wanted: Wanted | None) -> None:
    """The select box, filled in with what is wanted; a change is kept at once."""
    w = state.say()
    names = _names(wanted, w)
    held = None if wanted is None else _DRAFT if wanted.segment is None else wanted.segment
    options, key = list(names), f"list_who_{state.turn(TURN)}_{w.language}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            w("page.lists.who"),
            options,
            index=options.index(held) if held in names else None,
            format_func=lambda option: names.get(option, option),
            placeholder=w("page.lists.who_hint"),
            key=key,
            on_change=lambda: _chosen(key, wanted),
            help=w("page.lists.who_help"),
            width=420,
        )
        if wanted is not None and wanted.segment is None and frame.built("segments"):
            if st.button(w("page.lists.make_segment"), icon=":material/filter_alt:", key="list_segment"):
                open_draft(wanted.criterion or {"all": []}, wanted.name)


def name_of(wanted: Wanted) -> str:
    """What the people of a list are called: those asked for and those added, in words."""
    w, shelf = state.say(), cached.workspace().segments
    return w.listing([_own_name(wanted), *(shelf.find(key).name for key in wanted.also)])


def _own_name(wanted: Wanted) -> str:
    w, base = state.say(), cached.workspace()
    if wanted.segment:
        return base.segments.find(wanted.segment).name
    if wanted.segment == "":
        return w("page.lists.everyone")
    return wanted.name or plain(describe(wanted.definition(), base.catalogue, w).rstrip("."))


def _names(wanted: Wanted | None, w: Words) -> dict[str, str]:
    names: dict[str, str] = {}
    if wanted is not None and wanted.segment is None:
        names[_DRAFT] = w("page.lists.draft", name=plain(_own_name(wanted)))
    names |= {segment.key: plain(segment.name) for segment in cached.workspace().segments.list()}
    return names | {"": w("page.lists.everyone")}


def _chosen(key: str, wanted: Wanted | None) -> None:
    option = state.widget(key)
    if isinstance(option, str) and option != _DRAFT:
        choose(option, wanted.channel if wanted else CHANNELS[0])
