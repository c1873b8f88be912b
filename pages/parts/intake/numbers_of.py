"""The country by which the numbers of a file that does not say it are read: proposed, told, changed."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.intake import draft, to_ask
from pages.parts.intake.under_way import Draft
from segmentation.intake.home_country import COUNTRIES, HOME
from segmentation.reference.countries import country


def choose(now: Draft) -> None:
    """The choice, standing on what the file proves; nothing when a column says it or there is no number."""
    if not to_ask.asks_numbers(now):
        return
    w, held = state.say(), to_ask.country_held(now) or HOME
    key = f"numbers_of_{now.turn}_{held}"

    def answered() -> None:
        said = str(state.widget(key))
        now.country = "" if said == HOME else said
        draft.stale(now)

    st.selectbox(
        w("page.import.numbers_of"),
        COUNTRIES,
        index=COUNTRIES.index(held),
        format_func=name_of,
        key=key,
        on_change=answered,
        help=w("page.import.numbers_of.means"),
    )
    if held != HOME and now.country is None:
        st.caption(w("page.import.numbers_guessed"))


def told(now: Draft) -> str | None:
    """Before saving: as which country's the numbers were read, when it is not the usual one."""
    held = to_ask.country_held(now)
    return state.say()("page.import.numbers_read", country=name_of(held)) if held else None


def name_of(code: str) -> str:
    """A country in the reader's language."""
    known = country(code)
    return known.name(state.say().language) if known else code
