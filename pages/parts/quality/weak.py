"""Each weakness by size: how many contacts, whom, and what to do about it."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft
from pages.parts.table import table
from pages.parts.text import plain
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
    _unread(report)


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
        with st.container(horizontal=True, width="content"):
            if st.button(w("page.quality.see"), key=f"quality_see_{key}", icon=":material/filter_alt:"):
                open_draft(WEAK[key], name)
            if st.button(w("page.quality.list"), key=f"quality_list_{key}", icon=":material/outgoing_mail:"):
                open_list(WEAK[key], name)


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
