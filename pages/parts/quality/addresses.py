"""Slips in mail domains: what was probably meant, proposed address by address, never imposed."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.table import table
from segmentation.errors import CarnetError
from segmentation.results import Sheet

TALL = 300


def draw() -> None:
    """The proposals; those chosen, or all, are corrected as one change that can be undone."""
    w = state.say()
    report = cached.report("email_slips")
    rows = report.sheets["slips"].rows
    if not rows:
        return
    with st.expander(w("page.quality.slips", n=len(rows)), icon=":material/alternate_email:", expanded=True):
        st.caption(w("page.quality.slips_help"))
        sheet = report.sheets["slips"]
        chosen = table(
            Sheet("slips", sheet.columns[1:], [row[1:] for row in rows]),
            w,
            key=f"quality_slips_{state.turn('quality_slips')}",
            alt=w("page.quality.table_alt"),
            select=True,
            height=TALL if len(rows) > 7 else "content",
        )
        asked = [rows[at] for at in chosen if at < len(rows)]
        words = (
            w("page.quality.correct", n=len(asked)) if asked else w("page.quality.correct_all", n=len(rows))
        )
        if st.button(
            words,
            type="primary",
            icon=":material/build:",
            key="quality_correct",
            disabled=jobs.running() is not None,
        ):
            _correct({int(str(row[0])): str(row[3]) for row in asked or rows})


def _correct(addresses: dict[int, str]) -> None:
    try:
        written = cached.workspace().correct_emails(addresses)
    except CarnetError as problem:
        show(problem)
        return
    state.next_turn("quality_slips")
    done.tell("page.quality.corrected", written.import_id, n=written.contacts)
    st.rerun()
