"""Valeur: what customers are worth and whether they come back; every picture is a click from a segment."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, frame, ink, one_choice, other_money, state
from pages.parts.intake.templates import download
from pages.parts.problem import show
from pages.parts.value import choice, months, returning, seasons, weight
from segmentation.errors import CarnetError
from segmentation.results import Report

REPORTS = ("months", "seasons", "second", "cohorts", "concentration", "pairs")
PICTURES = (
    *months.PICTURES,
    *seasons.PICTURES,
    *returning.SECOND,
    *returning.COHORTS,
    *weight.TOPS,
    *weight.PAIRS,
)


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.value.title"), w("page.value.sentence")):
        pass
    if not base.contacts:
        _teach("page.value.no_contacts")
        return
    try:
        if not cached.report("value_concentration").figures["customers"] and not base.has_orders:
            _teach("page.value.no_orders")
            return
        with st.columns(about_whom.ALONE)[0]:
            whom = about_whom.choose("value")
        told = {name: cached.report(f"value_{name}", whom) for name in REPORTS}
    except CarnetError as problem:
        show(problem)
        return
    _full(told, whom, base.settings.currency)


def _teach(words: str) -> None:
    """Nothing to show: which file lights this page up, and a model of it."""
    w = state.say()
    if other_money.draw("value"):
        return
    st.info(w(words), icon=":material/upload_file:")
    with st.container(horizontal=True):
        label = w("page.value.import")
        if st.button(label, type="primary", icon=":material/upload_file:", key="value_import"):
            frame.go("import")
        download("orders")


def _full(told: dict[str, Report], whom: str, currency: str) -> None:
    """The year in four figures, the choice, the pictures by theme."""
    w, bought = state.say(), bool(told["second"].figures["customers"])
    if not bought and not told["concentration"].figures["customers"]:
        st.info(w("page.value.nobody"), icon=":material/group_off:")
        return
    if bought:
        months.metrics(told["months"], currency, everyone=whom == about_whom.EVERYONE)
    else:
        st.info(w("page.value.totals_only"), icon=":material/upload_file:")
    panel = st.container()
    marks = _themes(told, currency) if bought else weight.draw_tops(told["concentration"], currency)
    source, held = one_choice.settle(choice.NAME, marks)
    with panel:
        choice.panel(_found(told, source, held), whom, PICTURES)


def _themes(told: dict[str, Report], currency: str) -> dict[str, tuple[str, ...]]:
    """One tab per question; the marks chosen in each picture and table."""
    w = state.say()
    themes = ("months", "seasons", "returning", "tops", "pairs")
    tabs = ink.tabs([w(f"page.value.theme.{theme}") for theme in themes])
    with tabs[0]:
        marks = months.draw(told["months"], currency)
    with tabs[1]:
        marks |= seasons.draw(told["seasons"], currency)
    with tabs[2]:
        st.header(w("page.value.second.title"), anchor=False)
        marks |= returning.draw_second(told["second"], currency)
        st.header(w("page.value.cohorts.title"), anchor=False)
        marks |= returning.draw_cohorts(told["cohorts"], currency)
    with tabs[3]:
        if told["concentration"].figures["customers"]:
            marks |= weight.draw_tops(told["concentration"], currency)
    with tabs[4]:
        marks |= weight.draw_pairs(told["pairs"], currency)
    return marks


def _found(told: dict[str, Report], source: str, held: tuple[str, ...]) -> choice.Chosen | None:
    """Who is chosen, in whichever picture."""
    w = state.say()
    for pictures, report, chosen in (
        (months.PICTURES, "months", months.chosen),
        (seasons.PICTURES, "seasons", seasons.chosen),
        (returning.SECOND, "second", returning.chosen_second),
        (returning.COHORTS, "cohorts", returning.chosen_cohorts),
        (weight.TOPS, "concentration", weight.chosen_tops),
        ((*weight.PAIRS, choice.BESIDE), "pairs", weight.chosen_pairs),
    ):
        if source in pictures:
            return chosen(told[report], held, w)
    return None
