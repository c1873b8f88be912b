"""The one question about consent, asked when a file does not say who may be written to."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.intake import draft
from pages.parts.intake.draft import Draft
from segmentation.intake.plan import ConsentAnswer

STATES = ("yes", "customer", "professional", "unknown", "no")


def question(now: Draft) -> None:
    """Ask; every answer says at once what it will allow."""
    w = state.say()
    with st.container(border=True):
        st.subheader(w("page.import.consent.question"), anchor=False)
        st.markdown(w("page.import.consent.why"))
        held = now.consent.state if now.consent else "unknown"
        answer = st.radio(
            w("page.import.consent.question"),
            STATES,
            index=STATES.index(held),
            format_func=lambda code: w(f"page.import.consent.{code}"),
            captions=[w(f"page.import.consent.{code}.effect") for code in STATES],
            key=f"consent_{now.turn}",
            label_visibility="collapsed",
        )
        when, where = None, ""
        if answer == "yes":
            left, right = st.columns([1, 2])
            with left:
                when = st.date_input(
                    w("page.import.consent.when"),
                    value=now.consent.date if now.consent else None,
                    format="DD/MM/YYYY",
                    key=f"consent_when_{now.turn}",
                )
            with right:
                where = st.text_input(
                    w("page.import.consent.where"),
                    value=(now.consent.source or "") if now.consent else "",
                    placeholder=w("page.import.consent.where_example"),
                    key=f"consent_where_{now.turn}",
                )
        given = ConsentAnswer(state=answer, date=when, source=where.strip() or None, proof=None)
        if given != now.consent:
            now.consent = given
            draft.stale(now)
