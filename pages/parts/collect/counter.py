"""At the counter: the fields of the form, an agreement per channel with its text, one person at a time."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.collect.paper import asked, owner
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.text import escape
from segmentation.errors import CarnetError
from segmentation.lists.paper_form import consent_text
from segmentation.workspace.counter import enter, still_refused

SENTENCE = 400
"""Characters of an agreement shown at most: the sentence and the name of the base."""


def draw() -> None:
    """Fresh fields after each person."""
    w, (fields, channels, _) = state.say(), asked()
    turn = state.turn("counter")
    st.markdown(w("page.collect.counter_means"))
    with st.form(f"counter_{turn}"):
        values = {
            code: st.text_input(
                w(f"field.{code}"),
                key=f"counter_{code}_{turn}",
                max_chars=200,
                placeholder=w("page.collect.day") if code == "birth_date" else None,
            )
            for code in fields
        }
        if channels:
            st.markdown(f"**{w('form.agree')}**")
        agreed = [
            channel
            for channel in channels
            if st.checkbox(
                escape(consent_text(channel, w, owner=owner()), longest=SENTENCE),
                key=f"counter_yes_{channel}_{turn}",
            )
        ]
        sent = st.form_submit_button(
            w("page.collect.enter"),
            type="primary",
            icon=":material/person_add:",
            disabled=jobs.running() is not None,
        )
    if sent:
        _enter({code: str(value or "") for code, value in values.items()}, agreed)


def _enter(values: dict[str, str], agreed: list[str]) -> None:
    w = state.say()
    texts = [consent_text(channel, w, owner=owner()) for channel in agreed]
    proof = f"{w('form.agree')} {' · '.join(texts)}" if agreed else ""
    try:
        report = enter(
            cached.workspace(), values, agreed=agreed, form=w("page.collect.form_name"), proof=proof
        )
    except CarnetError as problem:
        show(problem)
        return
    known = "new" if report.preview.contacts_new else "known"
    if refused := still_refused(cached.workspace(), report.import_id, agreed):
        channels = w.listing([w(f"channel.{channel}") for channel in refused])
        done.tell("page.collect.entered_refused", report.import_id, channels=channels)
    else:
        done.tell(f"page.collect.entered_{known}", report.import_id)
    state.next_turn("counter")
    st.rerun()
