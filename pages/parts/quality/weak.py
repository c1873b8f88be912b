"""Each weakness by size: how many contacts, whom, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.lists.door import door
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.settings.own_rules import sentence, to_settings
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.reports.own_rules import broken
from segmentation.reports.quality import FIELDS, WEAK
from segmentation.results import Report, Sheet, Value

TALL = 300
MISSING: Final = {f"missing_{one.code}": one for one in FIELDS}
HOLLOW: Final = (*MISSING, "no_way")
"""Weaknesses that a whole base may have: its files say nothing of it."""
AT_ONCE: Final = frozenset({"slip"})
"""What one button of the page repairs."""
CARE: Final = frozenset({"slip", "impossible", "no_way"})
"""Weaknesses of people nobody can write to: their list is a file to correct."""


def draw(report: Report) -> None:
    """A line per weakness, what is repaired at once first; then the cells that could not be read.

    What nobody has is one line: no list repairs it, a file does.
    """
    w = state.say()
    total = int(str(report.figures["contacts"]))
    weak = {str(key): int(str(count)) for key, count in report.sheets["weak"].rows}
    if not weak:
        st.success(w("page.quality.nothing_weak"), icon=":material/verified:")
    hollow = [key for key, count in weak.items() if count == total and key in HOLLOW]
    for key in sorted(weak.keys() - set(hollow), key=lambda key: (key not in AT_ONCE, -weak[key])):
        _line(key, weak[key], total, care=key in CARE or not cached.reachable(WEAK[key]))
    _nowhere([key.removeprefix("missing_") for key in HOLLOW if key in hollow and key in MISSING])
    _own(report, total)
    to_settings()
    _unread(report)


def _own(report: Report, total: int) -> None:
    """Who breaks the owner's own rules, a line per rule."""
    w = state.say()
    for place, (text, count, _) in enumerate(report.sheets["own"].rows):
        rule = json.loads(str(text))
        if not count:
            continue
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"quality_own_{place}"
        ):
            with st.container(gap="xsmall"):
                share = w.share(int(str(count)) / max(total, 1))
                st.markdown(f"**{w('page.quality.own_broken')}** · {w('count.contacts', n=count)} ({share})")
                st.caption(sentence(rule))
            _open(broken(rule), w("page.quality.own_name"), f"own_{place}")


def _line(key: str, count: int, total: int, *, care: bool) -> None:
    w = state.say()
    field = key.removeprefix("missing_")
    name = (
        w("page.quality.weak.missing", field=w(f"field.{field}").lower())
        if field != key
        else w(f"page.quality.weak.{key}")
    )
    repair = w("page.quality.repair.missing") if field != key else w(f"page.quality.repair.{key}")
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"quality_weak_{key}"):
        with st.container(gap="xsmall"):
            share = w.share(count / max(total, 1))
            st.markdown(f"**{name}** · {w('count.contacts', n=count)} ({share})")
            st.caption(repair)
        _open(WEAK[key], name, key, care=care)


def _nowhere(fields: Sequence[str]) -> None:
    """The fields that nobody in the base has, and the file that would bring them."""
    if not fields:
        return
    w = state.say()
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="quality_nowhere"):
        with st.container(gap="xsmall"):
            said = w.listing([w(f"field.{code}").lower() for code in fields])
            st.markdown(f"**{w('page.quality.nowhere', fields=said)}**")
            st.caption(w("page.quality.nowhere_repair"))
        if st.button(w("page.quality.import"), icon=":material/upload_file:", key="quality_bring"):
            frame.go("import")


def _open(asked: Mapping[str, object], name: str, key: str, *, care: bool = False) -> None:
    """Two ways to the people: their segment, their list; with ``care`` that list is a working file."""
    w = state.say()
    with st.container(horizontal=True, width="content"):
        if st.button(w("page.quality.see"), key=f"quality_see_{key}", icon=":material/group_search:"):
            open_draft(asked, name)
        to = door(care=care)
        if st.button(to.label, key=f"quality_list_{key}", icon=to.icon, help=to.help):
            open_list(asked, name, channel=to.channel)


def _unread(report: Report) -> None:
    """Cells that no rule could read, as they were written; a click away from the contact's card."""
    w = state.say()
    rows: list[tuple[Value, ...]] = [
        (contact, plain(name), w(f"field.{field}"), plain(cell))
        for contact, name, field, cell in report.sheets["unread"].rows
    ]
    if not rows:
        return
    with st.expander(w("page.quality.unread", n=len(rows))):
        st.caption(w("page.quality.unread_help"))
        sheet = report.sheets["unread"]
        chosen = table(
            Sheet("unread", sheet.columns[1:], [row[1:] for row in rows]),
            w,
            key="quality_unread",
            alt=w("page.quality.table_alt"),
            select=True,
            height=TALL if len(rows) > 7 else "content",
        )
        if chosen and frame.built("contacts") and chosen[0] < len(rows):
            name = rows[chosen[0]][1]
            if st.button(
                w("page.quality.open_card", name=str(name)), key="quality_card", icon=":material/edit:"
            ):
                frame.go("contacts", contact=str(rows[chosen[0]][0]))
