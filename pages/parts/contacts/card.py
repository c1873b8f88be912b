"""One person: who they are and what is missing, what they did, where they stand, what they agreed to."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, frame, ink, state
from pages.parts.contacts import agreements, done, form, groups, more, past, standing, values
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Report, Value
from segmentation.traits.choices import choice_word

WIDE = 152
"""Pixels of one fact: five abreast on a desk, two on a telephone."""


def draw(number: int) -> None:
    """Draw the card of a living contact."""
    w = state.say()
    if st.button(w("page.contacts.back"), type="tertiary", icon=":material/arrow_back:", key="contacts_back"):
        del st.query_params["contact"]
        st.rerun()
    try:
        report = cached.report("contact", contact=number)
    except CarnetError as problem:
        show(problem)
        return
    known = dict(row[:2] for row in report.sheets["values"].rows) | dict(report.sheets["computed"].rows)
    with frame.head(escape(name_of(known, report, w), longest=60), _sentence(report, known, w)):
        if st.button(w("page.contact.edit"), type="primary", icon=":material/edit:", key="contact_edit"):
            form.ask("edit")
        more.ask(report, name_of(known, report, w))
    form.edit(report)
    done.bar()
    groups.draw(report)
    _facts(report, known, w)
    names = ("card", "past", "segments", "consents")
    tabs = ink.tabs([w(f"page.contact.tab.{name}") for name in names])
    for tab, name, part in zip(
        tabs, names, (values.draw, past.draw, standing.draw, agreements.draw), strict=True
    ):
        with tab, st.container(key=f"contact_{name}"):
            part(report, known)


def name_of(known: Mapping[object, Value], report: Report, w: Words) -> str:
    """How the person is called: their names, else their company, else a way to reach them."""
    names = [str(known[code]) for code in ("first_name", "last_name") if known.get(code)]
    first = " ".join(names) or next(
        (
            str(known[code])
            for code in ("full_name", "company_name", "email", "mobile", "phone")
            if known.get(code)
        ),
        w("page.contact.unnamed", number=report.figures["contact"]),
    )
    return plain(first, longest=60)


def _sentence(report: Report, known: Mapping[object, Value], w: Words) -> str:
    """The company, the town, and the numbers the contact is known by."""
    said = [plain(known[code]) for code in ("company_name", "city") if known.get(code)]
    ids = [f"{plain(row[1])}" for row in report.sheets["ids"].rows]
    number = w("page.contact.number", number=report.figures["contact"])
    parts = [*said, number, *([w("page.contact.ids", ids=", ".join(ids[:3]))] if ids else [])]
    merged = report.figures["asked"] != report.figures["contact"]
    if merged:
        parts.append(w("page.contact.merged", number=report.figures["asked"]))
    return escape(" · ".join(parts), longest=200)


def _facts(report: Report, known: Mapping[object, Value], w: Words) -> None:
    """Five figures: stage, group, spending, purchases, the last one."""
    base = cached.workspace()
    fields, currency = base.catalogue.fields, base.settings.currency
    facts: list[tuple[str, str]] = []
    for code in ("life_cycle", "rfm_segment"):
        value = known.get(code)
        if value is not None and code in fields:
            word = choice_word(fields[code], str(value))
            facts.append((w(f"page.contact.{code}"), w(word) if word else str(value)))
    if known.get("orders_count"):
        facts.append((w("page.contact.spent"), w.money(known.get("total_spent") or 0, currency)))
        facts.append((w("page.contact.orders"), w.number(known["orders_count"])))
        last = known.get("last_purchase_date")
        if last is not None:
            facts.append((w("page.contact.last"), w.date(last)))
    with st.container(horizontal=True):
        for label, value in facts:
            with st.container(border=True, width=WIDE, gap=None):
                st.caption(label)
                st.markdown(f"**{escape(value)}**")
