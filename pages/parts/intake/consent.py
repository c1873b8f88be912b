"""The one question about consent, asked when a file does not say who may be written to."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.intake import again, draft, to_ask
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape, inside, plain
from segmentation.intake.plan import ConsentAnswer
from segmentation.workspace import departed

ROWS = 3
"""People shown of a list of those who left."""
_WHO = frozenset(
    f"contacts.{key}"
    for key in ("email", "mobile", "phone", "first_name", "last_name", "full_name", "optout_date")
)
STATES = ("yes", "customer", "professional", "unknown", "no")


def question(now: Draft) -> None:
    """Ask; every answer says at once what it will allow."""
    w = state.say()
    with st.container(border=True):
        st.header(w("page.import.consent.question"), anchor=False)
        if now.recognition and now.recognition.closed:
            _who_left(now, now.recognition.closed)
        else:
            st.markdown(w(f"page.import.consent.{'others' if to_ask.refuses(now) else 'why'}"))
            again.consent_left(now)
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
        if now.recognition and answer == "no":
            given = departed(now.recognition) or given
        if given != now.consent:
            now.consent = given
            draft.stale(now)


def _who_left(now: Draft, closed: tuple[str, ...]) -> None:
    """What the name of the file announces, and its first people: the answer is seen before it counts."""
    w = state.say()
    assert now.table is not None
    assert now.recognition is not None
    named = f"{now.table.name} · {now.table.sheet}" if now.table.sheet else now.table.name
    channels = w.listing([inside(w(f"channel.{channel}")) for channel in closed])
    st.markdown(w("page.import.consent.closed", name=escape(named), channels=channels))
    shown = [guess.index for guess in now.recognition.columns if to_ask.column_field(now, guess) in _WHO]
    st.dataframe(
        [
            {plain(now.table.headers[index]): plain(cells[index]) for index in shown}
            for cells in now.table.sample(ROWS)
        ],
        hide_index=True,
        height="content",
    )
