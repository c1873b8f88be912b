"""Two imports of one kind side by side: who is new, who is gone, what changed; the files stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.parts import cached, state
from pages.parts.segment_draft import open_draft
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.intake.by_hand import KIND
from segmentation.results import Report, Sheet
from segmentation.store.imports import Import

OUTCOMES = ("new", "gone", "changed", "same")
ROWS = 20
"""Rows of a table; the counts say how many there are."""
WIDE = 160
"""Pixels of one figure: four abreast on a desk, two on a telephone."""


def past_two() -> None:
    """The comparison, folded; nothing until two imports of one kind stand."""
    w = state.say()
    standing = [
        row
        for row in cached.workspace().imports()
        if row.undone_at is None and row.rows_loaded and row.kind != KIND
    ]
    later = [row for row in standing if _earlier(row, standing)]
    if not later:
        return
    with st.expander(w("page.import.compare")):
        left, right = st.columns(2)
        with left:
            one = _choose("page.import.compare.this", later)
        with right:
            other = _choose("page.import.compare.with", _earlier(one, standing), of=one.import_id)
        report = cached.report(
            "import_changes", kind=one.kind, before=other.import_id, after=one.import_id, most=ROWS
        )
        _said(report, one)


def _earlier(row: Import, standing: Sequence[Import]) -> list[Import]:
    return [other for other in standing if other.kind == row.kind and other.import_id < row.import_id]


def _choose(label: str, rows: Sequence[Import], *, of: int = 0) -> Import:
    named = {row.import_id: row for row in rows}
    key = st.selectbox(
        state.say()(label),
        list(named),
        format_func=lambda number: _name(named[number]) if number in named else "",
        key=f"compare_{label}_{of}_{len(rows)}",
    )
    return named[key] if key in named else rows[0]


def _name(row: Import) -> str:
    w = state.say()
    when = w.moment(row.created_at) if row.created_at else ""
    return f"{plain(row.file_name or w(f'kind.{row.kind}'))} · {when}"


def _said(report: Report, one: Import) -> None:
    """The four counts, then the people behind each, folded."""
    w = state.say()
    with st.container(horizontal=True):
        for name in OUTCOMES:
            st.metric(
                w(f"page.import.compare.{name}"),
                w.number(report.figures[name], digits=0),
                help=w(f"page.import.compare.{name}.means"),
                width=WIDE,
            )
    for name in OUTCOMES:
        sheet = report.sheets.get(name)
        if sheet is None or not sheet.rows:
            continue
        st.markdown(f"**{w(sheet.title)}**")
        table(
            _named(sheet) if name == "changed" else sheet,
            w,
            key=f"compare_{name}_{one.import_id}",
            alt=w(sheet.title),
        )
        if len(sheet.rows) == ROWS:
            st.caption(w("page.import.compare.first", n=ROWS))
        _open(report, name, one)


def _open(report: Report, name: str, one: Import) -> None:
    """The people behind a count, as a segment."""
    w = state.say()
    ids = dict(report.sheets["people"].rows).get(name) if "people" in report.sheets else None
    if not isinstance(ids, tuple) or not ids:
        return
    asked = {"version": 1, "include": {"any": []}, "added": list(ids)}
    title = w(f"page.import.compare.people.{name}", name=plain(one.file_name, longest=40))
    if st.button(
        w("page.quality.see"), key=f"compare_see_{name}_{one.import_id}", icon=":material/group_search:"
    ):
        open_draft(asked, title)


def _named(sheet: Sheet) -> Sheet:
    """Fields by their name in the reader's words; the user's own by the name they gave."""
    w, fields = state.say(), cached.workspace().catalogue.fields

    def name(code: str) -> str:
        known = fields.get(code)
        if known is not None and known.label:
            return known.label
        return w(f"field.{code}") if w.has(f"field.{code}") else code

    return replace(sheet, rows=[(row[0], name(str(row[1])), *row[2:]) for row in sheet.rows])
