"""Qui nous lit: tiers by month, from sent to bought, campaigns, last sign, when; each click a segment."""

from __future__ import annotations

import streamlit as st

from pages.parts import about_whom, cached, chosen, frame, ink, one_choice, state
from pages.parts.engagement import choice, facts, mailing, tiers
from pages.parts.engagement.reading import Listening, read
from pages.parts.intake.templates import download
from pages.parts.problem import show
from segmentation.errors import CarnetError


def render() -> None:
    """Draw the screen."""
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.engagement.title"), w("page.engagement.sentence")):
        pass
    if not base.contacts:
        _teach("page.engagement.no_contacts")
        return
    try:
        with st.columns(about_whom.ALONE)[0]:
            whom = about_whom.choose("engagement")
        with st.spinner(w("page.engagement.reading"), show_time=False):
            seen = read(cached.report("engagement", whom))
        if not seen.contacts:
            st.info(w("page.engagement.nobody"), icon=":material/group_off:")
            return
        if not seen.heard and not seen.rated:
            _teach("page.engagement.no_events")
            return
        _full(seen, whom)
    except CarnetError as problem:
        show(problem)


def _full(seen: Listening, whom: str) -> None:
    """Facts, the choice, then one tab per question, as far as the data go."""
    w = state.say()
    if seen.heard:
        facts.draw(seen)
    if not seen.mailed:
        st.info(w("page.engagement.from_file"), icon=":material/info:")
        download("events")
    panel = st.container()
    marks: dict[str, tuple[str, ...]] = {}
    shown = {
        "tiers": (seen.heard, tiers.draw),
        "funnel": (seen.mailed, mailing.funnel),
        "campaigns": (seen.mailed, mailing.campaigns),
        "recency": (seen.heard, mailing.recency),
        "moments": (seen.mailed, mailing.moments),
        "rates": (seen.rated > 0, mailing.rates),
    }
    names = [name for name, (there, _) in shown.items() if there]
    said = [w(f"page.engagement.tab.{name}") for name in names]
    if not seen.mailed and "tiers" in names:
        said[names.index("tiers")] = w("page.engagement.tab.tiers_now")
    for tab, name in zip(ink.tabs(said), names, strict=True):
        with tab:
            marks |= shown[name][1](seen)
    held = one_choice.settle("engagement", marks)[1]
    with panel:
        found = choice.of_marks(seen, held, whom)
        hint = w("page.engagement.choose")
        chosen.panel("engagement", found, seen.contacts, hint=hint, pictures=choice.PICTURES)


def _teach(words: str) -> None:
    """Nothing to show: which file lights this page up, and a model of it."""
    w = state.say()
    st.info(w(words), icon=":material/upload_file:")
    with st.container(horizontal=True):
        label = w("page.engagement.import")
        if st.button(label, type="primary", icon=":material/upload_file:", key="engagement_import"):
            frame.go("import")
        download("events")
