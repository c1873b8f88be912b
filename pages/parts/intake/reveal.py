"""What an import put right and what it leaves to look at, each line openable on real rows."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, state
from pages.parts.home.people import buttons
from pages.parts.intake.columns import field_name
from pages.parts.intake.shown import shown
from pages.parts.problem import show
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.criteria.fields import canonical_fields
from segmentation.errors import CarnetError
from segmentation.intake.clean.columns import Repair
from segmentation.intake.report import ImportReport
from segmentation.reports.to_do import THINGS
from segmentation.results import Column, Report, Sheet

SHOWN = 6
"""Kinds of repair drawn at once; the rarer ones are told together below."""
ROWS = 15
"""Rows of a table; the counts say how many there are."""
REPAIRED = (
    Column("row", "page.import.reveal.row", "integer"),
    Column("field", "page.import.reveal.field"),
    Column("before", "page.import.reveal.before"),
    Column("after", "page.import.reveal.after"),
)


def draw(report: ImportReport) -> None:
    """What is to look at, then the repairs by kind."""
    w = state.say()
    _to_look_at(report)
    kinds = by_kind(report.preview.repairs)
    if kinds:
        total = sum(repair.count for repair in report.preview.repairs)
        st.markdown(f"**{w('page.import.reveal.repaired', n=total)}**")
        ranked = sorted(kinds, key=lambda rule: -sum(repair.count for repair in kinds[rule]))
        for rule in ranked[:SHOWN]:
            _repaired(rule, kinds[rule])
        if rest := ranked[SHOWN:]:
            said = [
                w("page.import.reveal.kind", name=w(f"repair.{rule}"), count=_count(kinds[rule]))
                for rule in rest
            ]
            st.caption(" ; ".join(said))


def by_kind(repairs: tuple[Repair, ...]) -> Mapping[str, list[Repair]]:
    """The repairs of each rule, whatever their column."""
    kinds: dict[str, list[Repair]] = {}
    for repair in repairs:
        kinds.setdefault(repair.rule, []).append(repair)
    return kinds


def _count(repairs: list[Repair]) -> str:
    return state.say().number(sum(repair.count for repair in repairs), digits=0)


def _repaired(rule: str, repairs: list[Repair]) -> None:
    """One kind of repair, open on its first different values, before and after."""
    w = state.say()
    label = w("page.import.reveal.kind", name=w(f"repair.{rule}"), count=_count(repairs))
    with st.expander(label, icon=":material/build:"):
        rows = sorted(
            (
                (row, plain(_column(repair.field)), shown(before), shown(after))
                for repair in repairs
                for row, before, after in repair.examples
            ),
            key=lambda one: one[0],
        )[:ROWS]
        table(
            Sheet(rule, REPAIRED, rows),
            w,
            key=f"repaired_{rule}",
            alt=label,
        )
        st.caption(w("page.import.reveal.first", n=len(rows)))


def _column(field: str) -> str:
    """A canonical field in words; a column of the file by its own header."""
    entity, _, key = field.partition(".")
    known = any(one.key == key for one in canonical_fields().get(entity, ()))
    return field_name(field) if known else field


def _to_look_at(report: ImportReport) -> None:
    w = state.say()
    try:
        found = cached.report("after_import", import_id=report.import_id, most=ROWS)
    except CarnetError as problem:
        show(problem)
        return
    if not found.figures["emails"] and not found.figures["twins"]:
        return
    st.markdown(f"**{w('page.import.reveal.look')}**")
    if found.figures["emails"]:
        _sheet(found, "emails", ":material/mail_off:")
    if found.figures["twins"]:
        _sheet(found, "twins", ":material/people:")


def _sheet(found: Report, name: str, icon: str) -> None:
    w, count = state.say(), found.figures[name]
    label = w(f"page.import.reveal.{name}", n=count)
    with st.expander(label, icon=icon):
        st.caption(w(f"page.import.reveal.{name}_means"))
        table(found.sheets[name], w, key=f"reveal_{name}", alt=label)
        if int(str(count)) > ROWS:
            st.caption(w("page.import.reveal.first", n=ROWS))
        if name == "emails":
            with st.container(horizontal=True):
                buttons(
                    "reveal_emails", THINGS["fix_emails"], w("page.home.to_do.fix_emails_name"), care=True
                )
