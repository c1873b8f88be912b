"""Each weakness by size: how many contacts, whom, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from pages.parts import frame, state
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.settings.own_rules import sentence, to_settings
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.reports.own_rules import broken
from segmentation.reports.quality import WEAK
from segmentation.results import Report, Sheet, Value

TALL = 300


def draw(report: Report) -> None:
    """A line per weakness, the largest first; then the cells that could not be read."""
    w = state.say()
    rows = report.sheets["weak"].rows
    if not rows:
        st.success(w("page.quality.nothing_weak"), icon=":material/verified:")
    total = int(str(report.figures["contacts"]))
    for key, count in rows:
        _line(str(key), int(str(count)), total)
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
                share = w.percent(int(str(count)) / max(total, 1), digits=1)
                st.markdown(f"**{w('page.quality.own_broken')}** · {w('count.contacts', n=count)} ({share})")
                st.caption(sentence(rule))
            _open(broken(rule), w("page.quality.own_name"), f"own_{place}")


def _line(key: str, count: int, total: int) -> None:
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
            share = w.percent(count / max(total, 1), digits=1)
            st.markdown(f"**{name}** · {w('count.contacts', n=count)} ({share})")
            st.caption(repair)
        _open(WEAK[key], name, key)


def _open(asked: Mapping[str, object], name: str, key: str) -> None:
    """Two ways to the people: their segment, their list."""
    w = state.say()
    with st.container(horizontal=True, width="content"):
        if st.button(w("page.quality.see"), key=f"quality_see_{key}", icon=":material/filter_alt:"):
            open_draft(asked, name)
        if st.button(w("page.quality.list"), key=f"quality_list_{key}", icon=":material/outgoing_mail:"):
            open_list(asked, name)


def _unread(report: Report) -> None:
    """Cells that no rule could read, as they were written; a click away from the contact's card."""
    w = state.say()
    rows: list[tuple[Value, ...]] = [
        (contact, plain(name), w(f"field.{field}"), plain(cell))
        for contact, name, field, cell in report.sheets["unread"].rows
    ]
    if not rows:
        return
    with st.expander(w("page.quality.unread", n=len(rows)), icon=":material/help:"):
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
