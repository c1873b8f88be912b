"""What a person accepts, channel by channel, and the place to note what they have just said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts import done, values
from pages.parts.problem import show
from segmentation.errors import CarnetError
from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.said_by_hand import STATES
from segmentation.results import Report, Value

_TURN = "contact_said"


def draw(report: Report, known: Mapping[object, Value]) -> None:
    """The table with its proofs, then the form; a channel refused is not asked about again."""
    values.consents(report, known)
    w = state.say()
    rows = report.sheets["consents"].rows
    open_ = [str(row[0]) for row in rows if row[1] != "no"]
    refused = [w(f"channel.{row[0]}") for row in rows if row[1] == "no"]
    if refused:
        st.caption(w("page.contact.refused", channels=w.listing(refused)))
    if open_:
        with st.expander(w("page.contact.say")):
            _form(int(str(report.figures["contact"])), open_)


def _form(number: int, channels: list[str]) -> None:
    w, turn = state.say(), state.turn(_TURN)
    with st.form(f"contact_said_{number}_{turn}", border=False):
        left, right = st.columns(2)
        with left:
            chosen = st.multiselect(
                w("page.contact.say_channels"),
                channels,
                format_func=lambda channel: w(f"channel.{channel}"),
                placeholder=w("page.contact.say_channels_hint"),
                key=f"contact_said_channels_{turn}",
            )
            day = st.date_input(
                w("page.contact.say_date"),
                value=date.today(),
                max_value=date.today(),
                format="DD/MM/YYYY",
                key=f"contact_said_date_{turn}",
            )
        with right:
            answer = st.selectbox(
                w("page.contact.say_answer"),
                STATES,
                format_func=lambda one: w(f"consent.{one}"),
                key=f"contact_said_answer_{turn}",
            )
            source = st.text_input(
                w("page.contact.say_source"),
                placeholder=w("page.contact.say_source_hint"),
                max_chars=200,
                key=f"contact_said_source_{turn}",
            )
        proof = st.text_input(w("page.contact.say_proof"), max_chars=200, key=f"contact_said_proof_{turn}")
        if not st.form_submit_button(
            w("page.contact.say_keep"), icon=":material/check:", disabled=jobs.running() is not None
        ):
            return
    said = ConsentAnswer(
        answer, day if isinstance(day, date) else None, source, proof, tuple(map(str, chosen))
    )
    try:
        made = cached.workspace().say_consent(number, said)
    except CarnetError as problem:
        show(problem)
        return
    done.tell("page.contacts.said", made.import_id)
    state.next_turn(_TURN)
    state.next_turn("contacts_grid")
    st.rerun()
