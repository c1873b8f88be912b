"""Slips of the keyboard, in mail domains and in towns: what was probably meant, proposed, never imposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.table import table
from segmentation.errors import CarnetError
from segmentation.intake.by_hand import Written
from segmentation.results import Column, Sheet
from segmentation.workspace import Workspace

_Cell = TypeVar("_Cell")
TALL = 300
AT_ONCE = 4
"""Rows shown without scrolling."""
WRAPPED, NARROW = 66, 140
"""Height of a row that wraps (over four times the size of a letter) and width of an address, in pixels: both
addresses are read whole on a telephone."""


@dataclass(frozen=True, slots=True)
class Slips:
    """One kind of slip: a report with a sheet ``slips`` (contact, name, written, meant, …), its words, its
    repair."""

    report: str
    title: str
    these: str
    every: str
    done: str
    correct: Callable[[Workspace, dict[int, str]], Written]


KINDS: Final = (
    Slips(
        "email_slips",
        "page.quality.slips",
        "page.quality.correct",
        "page.quality.correct_all",
        "page.quality.corrected",
        Workspace.correct_emails,
    ),
    Slips(
        "town_slips",
        "page.quality.towns",
        "page.quality.correct_towns",
        "page.quality.correct_all_towns",
        "page.quality.corrected_towns",
        Workspace.correct_towns,
    ),
)


def draw() -> None:
    """The proposals of each kind; those chosen, or all, are corrected as one change that can be undone."""
    for kind in KINDS:
        _kind(kind)


def _kind(kind: Slips) -> None:
    w = state.say()
    sheet = cached.report(kind.report).sheets["slips"]
    rows = sheet.rows
    if not rows:
        return
    with st.expander(w(kind.title, n=len(rows)), expanded=True):
        st.caption(w("page.quality.slips_help"))
        chosen = table(
            Sheet("slips", _shown(_titled(sheet.columns)), [_shown(row) for row in rows]),
            w,
            key=f"{kind.report}_{state.turn(kind.report)}",
            alt=w("page.quality.table_alt"),
            select=True,
            height=TALL if len(rows) > AT_ONCE else "content",
            row_height=WRAPPED,
            widths={column.key: NARROW for column in sheet.columns[2:4]},
        )
        if len(rows) > AT_ONCE:
            st.caption(w("page.quality.slips_scroll", n=len(rows)))
        asked = [rows[at] for at in chosen if at < len(rows)]
        if st.button(
            w(kind.these, n=len(asked)) if asked else w(kind.every, n=len(rows)),
            type="primary",
            icon=":material/build:",
            key=f"quality_{kind.report}",
            disabled=jobs.running() is not None,
        ):
            _correct(kind, {int(str(row[0])): str(row[3]) for row in asked or rows})


def _shown(row: Sequence[_Cell]) -> tuple[_Cell, ...]:
    """What is written, then what is proposed, both in sight on a telephone, then who."""
    _, who, written, proposed, *rest = row
    return (written, proposed, who, *rest)


def _titled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, the value there is called today's and the one proposed called so."""
    contact, who, written, proposed, *rest = columns
    now = replace(written, label=f"page.quality.now_{written.key}")
    return (contact, who, now, replace(proposed, label="page.quality.proposed"), *rest)


def _correct(kind: Slips, meant: dict[int, str]) -> None:
    try:
        written = kind.correct(cached.workspace(), meant)
    except CarnetError as problem:
        show(problem)
        return
    state.next_turn(kind.report)
    done.tell(kind.done, written.import_id, n=written.contacts)
    st.rerun()
