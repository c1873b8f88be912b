"""What an import put right and what it leaves to look at, each line openable on real rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.home.people import buttons
from pages.parts.intake.columns import column_name
from pages.parts.intake.shown import left, shown
from pages.parts.problem import show
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.errors import CarnetError
from segmentation.intake.clean.columns import Repair
from segmentation.intake.report import ImportReport
from segmentation.reports.quality import LARGE
from segmentation.reports.to_do import THINGS
from segmentation.results import Column, Report, Sheet, Value

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

TWINS = (Column("who", "report.after_import.who"), Column("why", "page.quality.why"))


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
    with st.expander(label):
        rows = sorted(
            (
                (row, plain(column_name(repair.field)), shown(before), left(after, before, w))
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


def _to_look_at(report: ImportReport) -> None:
    """The addresses to correct and the duplicates among the new contacts, told as the Quality page does."""
    w = state.say()
    new = report.preview.contacts_new > 0 and report.contacts <= LARGE
    try:
        found = cached.report("after_import", import_id=report.import_id, most=ROWS)
        twins = cached.report("duplicates", import_id=report.import_id) if new else None
    except CarnetError as problem:
        show(problem)
        return
    groups = twins.sheets["groups"].rows if twins else []
    if twins and not groups and report.preview.near_duplicates:
        st.caption(w("page.import.reveal.no_twins"))
    if not found.figures["emails"] and not groups:
        return
    st.markdown(f"**{w('page.import.reveal.look')}**")
    if found.figures["emails"]:
        _emails(found)
    if groups:
        _twins(groups)


def _twins(groups: Sequence[Sequence[Value]]) -> None:
    """Who is probably there twice, and why; they are merged on the Quality page."""
    w = state.say()
    label = w("page.import.reveal.twins", n=len(groups))
    rows = [(_listed(names), _listed(rules, "duplicates.rule.")) for _, rules, _, names in groups[:ROWS]]
    with st.expander(label):
        st.caption(w("page.import.reveal.twins_means"))
        table(Sheet("twins", TWINS, rows), w, key="reveal_twins", alt=label, widths={"why": "large"})
        if len(groups) > ROWS:
            st.caption(w("page.import.reveal.first", n=ROWS))
        if st.button(w("page.import.reveal.compare"), icon=":material/merge:", key="reveal_compare"):
            frame.go("quality")


def _listed(values: Value, words: str = "") -> str:
    """Values one after the other, each once; in words when they are keys."""
    w, held = state.say(), values if isinstance(values, list) else []
    said = [w(words + str(one)) if words else plain(one) for one in held]
    return (" ; " if words else " · ").join(dict.fromkeys(said))


def _emails(found: Report) -> None:
    w, count = state.say(), found.figures["emails"]
    label = w("page.import.reveal.emails", n=count)
    with st.expander(label):
        st.caption(w("page.import.reveal.emails_means"))
        table(found.sheets["emails"], w, key="reveal_emails", alt=label)
        if int(str(count)) > ROWS:
            st.caption(w("page.import.reveal.first", n=ROWS))
        with st.container(horizontal=True):
            buttons("reveal_emails", THINGS["fix_emails"], w("page.home.to_do.fix_emails_name"), care=True)
