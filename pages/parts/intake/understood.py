"""Step 2, « Ce que j’ai compris »: the file in everyday words, and questions about what is doubtful only."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import state
from pages.parts.intake import (
    columns,
    consent,
    draft,
    numbers_of,
    origin,
    refusing,
    to_ask,
    under_way,
    workbook,
)
from pages.parts.intake.under_way import Draft
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.criteria.fields import event_types
from segmentation.intake.read import Table
from segmentation.intake.recognise.dictionary import ENTITIES

ENCODINGS = ("utf-8", "cp1252", "iso8859-15", "utf-16", "mac_roman", "cp850")
DELIMITERS = (";", ",", "\t", "|", " ")
SHOWN = 5
UNSURE = "recognise.kind_unsure"
REMARKS = "recognise.remarks_refuse"
BESIDE = ("read.one_column", "read.encoding_unsure")
"""Notes that ask to look at the first rows."""
SAID = frozenset({UNSURE, REMARKS, "read.other_sheets", *BESIDE})
"""Notes told where they matter, not among the details of reading."""


def step(now: Draft) -> None:
    """Draw the step; its button goes on to the preview."""
    w = state.say()
    assert now.table is not None
    if now.problem:
        show(now.problem)
    if now.recognition is None:
        _another_way(now, now.table)
        return
    with st.container(border=True):
        st.header(summary(now), anchor=False)
        kind, came = st.columns(2)
        with kind:
            _kinds(now)
            numbers_of.choose(now)
        with came:
            origin.choose(now)
        st.dataframe(_first_rows(now.table), hide_index=True, height="content")
        st.caption(w("page.import.first_rows", n=min(SHOWN, now.table.rows_read)))
        for note in BESIDE:
            if note in now.table.notes:
                st.info(w(note), icon=":material/visibility:")
        workbook.said(now)
        _details(now, now.table)
        _another_way(now, now.table)
    if REMARKS in now.recognition.notes:
        st.warning(w(REMARKS), icon=":material/do_not_disturb_on:")
    if to_ask.asks_consent(now):
        consent.question(now)
    if to_ask.asks_event(now):
        _which_event(now)
    lacks_amount(now)
    columns.questions(now)
    columns.everything(now)
    refusing.others(now)
    waits = to_ask.asks_event(now) and now.event_type is None
    if st.button(w("page.import.continue"), type="primary", key=f"continue_{now.turn}", disabled=waits):
        draft.prepare(now)
        st.rerun()


def lacks_amount(now: Draft) -> None:
    """Sales without their amount are said to count for nothing, while the column can still be shown."""
    if to_ask.lacks_amount(now):
        st.warning(state.say()("page.import.no_amount"), icon=":material/payments:")


def summary(now: Draft) -> str:
    """« Clients, 1 204 lignes, exporté d’un tableur français », safe for Markdown."""
    w = state.say()
    assert now.table is not None
    assert now.recognition is not None
    return w(
        "page.import.summary",
        kind=w(f"kind.{now.recognition.kind}"),
        rows=w("count.rows", n=now.table.rows_read),
        origin=_origin(now),
    )


def _origin(now: Draft) -> str:
    w, table = state.say(), now.table
    assert table is not None
    if known_tool := origin.tool(now.source or ""):
        return w("page.import.origin.tool", tool=known_tool)
    if table.sheet:
        return w("page.import.origin.workbook", sheet=escape(table.sheet))
    form = f"page.import.origin.{table.format}"
    if w.has(form):
        return w(form)
    known = {";": "french", ",": "comma", "\t": "tab"}
    return w(f"page.import.origin.{known.get(table.delimiter or '', 'text')}")


def _kinds(now: Draft) -> None:
    """The kind of file in everyday words, open to change."""
    w = state.say()
    assert now.recognition is not None
    kind, key = now.recognition.kind, f"kind_{now.turn}_{now.recognition.kind}"
    st.selectbox(
        w("page.import.kind"),
        ENTITIES,
        index=ENTITIES.index(kind),
        format_func=lambda code: w(f"page.import.kind.{code}"),
        key=key,
        on_change=lambda: draft.understand(now, kind=str(state.widget(key))),
    )
    if UNSURE in now.recognition.notes:
        st.warning(w(UNSURE))


def _which_event(now: Draft) -> None:
    """One question when a file of actions does not say which action: opened, clicked, visited…"""
    w = state.say()
    codes = event_types()
    with st.container(border=True):
        st.header(w("page.import.event_question"), anchor=False)
        chosen = st.selectbox(
            w("page.import.event_question"),
            codes,
            index=codes.index(now.event_type) if now.event_type in codes else None,
            format_func=lambda code: w(f"event.{code}"),
            placeholder=w("page.import.event_choose"),
            key=f"event_{now.turn}",
            label_visibility="collapsed",
        )
        if chosen != now.event_type:
            now.event_type = chosen
            draft.stale(now)


def _first_rows(table: Table) -> list[dict[str, str]]:
    return [
        {plain(name): plain(cell) for name, cell in zip(table.headers, cells, strict=False)}
        for cells in table.sample(SHOWN)
    ]


def _details(now: Draft, table: Table) -> None:
    """Encoding, separator, header row: for who wants them."""
    w = state.say()
    assert now.recognition is not None
    with st.expander(w("page.import.details")):
        facts = [
            w("page.import.detail.header", row=table.header_row)
            if table.header_row
            else w("page.import.detail.headless"),
            w("page.import.detail.columns", n=len(table.headers)),
        ]
        if table.encoding:
            facts.append(w("page.import.detail.encoding", encoding=escape(table.encoding)))
        if table.delimiter:
            facts.append(w("page.import.detail.delimiter", mark=_delimiter(table.delimiter)))
        if table.skipped:
            facts.append(w("page.import.detail.skipped", n=table.skipped))
        if table.rows_refused:
            facts.append(w("page.import.detail.refused", n=table.rows_refused))
        facts += [
            w(note) for note in (*table.notes, *now.recognition.notes) if w.has(note) and note not in SAID
        ]
        st.markdown("\n".join(f"- {fact}" for fact in facts))


def _another_way(now: Draft, table: Table) -> None:
    """« Ce n’est pas ça »: read the file otherwise."""
    w = state.say()
    with st.expander(w("page.import.otherwise")), st.form(f"otherwise_{now.turn}"):
        options = now.options
        if table.sheet or len(table.sheets) > 1:
            sheet = st.selectbox(
                w("page.import.option.sheet"),
                table.sheets,
                index=table.sheets.index(table.sheet) if table.sheet in table.sheets else 0,
                key=f"otherwise_sheet_{now.turn}_{table.sheet}",
            )
            options = replace(options, sheet=sheet)
        else:
            left, right = st.columns(2)
            with left:
                encoding = _choice("encoding", ENCODINGS, table.encoding)
            with right:
                delimiter = _choice("delimiter", DELIMITERS, table.delimiter)
            options = replace(options, encoding=encoding, delimiter=delimiter)
        row = st.number_input(
            w("page.import.option.header"),
            min_value=0,
            max_value=10_000,
            value=table.header_row,
            step=1,
            help=w("page.import.option.header_help"),
            key=f"otherwise_row_{now.turn}_{table.header_row}",
        )
        if st.form_submit_button(w("page.import.read_again"), icon=":material/refresh:"):
            draft.understand(now, options=replace(options, header_row=int(row)))
            st.rerun()


def _choice(name: str, values: tuple[str, ...], found: str | None) -> str | None:
    """A select box over ``values`` and what was found, standing on what was found."""
    w = state.say()
    offered = values if found in values or not found else (found, *values)
    write = _delimiter if name == "delimiter" else plain
    label = w("page.import.option.delimiter" if name == "delimiter" else "page.import.option.encoding")
    return st.selectbox(
        label,
        offered,
        index=offered.index(found) if found else None,
        format_func=write,
        key=f"otherwise_{name}_{under_way.current().turn}_{found}",
    )


def _delimiter(mark: str) -> str:
    w = state.say()
    names = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", " ": "space"}
    return w(f"page.import.delimiter.{names[mark]}") if mark in names else escape(mark)
