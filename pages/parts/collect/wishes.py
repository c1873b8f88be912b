"""Whom to ask for what: a line per field worth asking, with how many can be asked, and by which way."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state, unnamed
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.text import inside
from segmentation.reports.collecting import CHANNELS, WISHES, criterion


def draw() -> None:
    """The wishes, those of most active customers first; without a name, the file that brings them."""
    w, base = state.say(), cached.workspace()
    if not base.contacts:
        st.info(w("page.collect.empty"), icon=":material/upload_file:")
        if st.button(
            w("page.collect.import"), type="primary", icon=":material/upload_file:", key="collect_import"
        ):
            frame.go("import")
        return
    if unnamed.draw("collect"):
        return
    with st.spinner(w("page.collect.working")):
        rows = cached.collecting().sheets["wishes"].rows
    if not rows:
        st.success(w("page.collect.nothing"), icon=":material/verified:")
        return
    bought = any(int(str(active)) for _, _, active, *_ in rows)
    st.markdown(w("page.collect.wishes_mean" if bought else "page.collect.wishes_mean_without"))
    for key, people, active, *ways in rows:
        *reach, counter = (int(str(n)) for n in ways)
        _line(str(key), int(str(people)), int(str(active)), dict(zip(CHANNELS, reach, strict=True)), counter)


def _line(key: str, people: int, active: int, reach: dict[str, int], counter: int) -> None:
    w = state.say()
    asked = criterion(next(wish for wish in WISHES if wish.key == key))
    best = "email" if reach["email"] else max(reach, key=lambda channel: reach[channel])
    with st.container(border=True, key=f"collect_{key}"):
        text, buttons = st.columns([5, 4], vertical_alignment="center", gap="small")
        with text, st.container(gap="xsmall"):
            said = w("count.contacts", n=people)
            if active:
                said += " " + w("page.collect.active", n=active)
            st.markdown(f"**{w(f'collect.{key}')}** · {said}")
            st.caption(w(f"collect.{key}.why"))
            st.caption(_ways(people, reach, counter))
        with buttons, st.container(horizontal=True):
            if st.button(w("page.quality.see"), key=f"collect_see_{key}", icon=":material/group_search:"):
                open_draft(asked, w(f"collect.{key}"))
            if reach[best] and st.button(
                w("page.collect.list", channel=inside(w(f"channel.{best}"))),
                key=f"collect_list_{key}",
                icon=":material/outgoing_mail:",
            ):
                open_list(asked, w(f"collect.{key}"), channel=best)


def _ways(people: int, reach: dict[str, int], counter: int) -> str:
    """By which way so many can be asked; several ways reach the same person, and it is said when they do."""
    w = state.say()
    ways = [
        w("page.collect.way", channel=inside(w(f"channel.{channel}")), n=w.number(n))
        for channel, n in reach.items()
        if n
    ]
    if counter:
        ways.append(w("page.collect.at_counter", n=w.number(counter)))
    said = w("page.collect.ways", ways=w.listing(ways))
    twice = sum(reach.values()) + counter > people
    return f"{said} {w('page.collect.several_ways')}" if twice else said
