"""A column that would have most people of the file refused is said where it is chosen, and before saving."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.intake import to_ask
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape, inside
from segmentation.errors import CarnetError
from segmentation.intake.clean.consent import CHANNELS, OPT_IN
from segmentation.intake.recognise.model import ColumnGuess
from segmentation.intake.refusing import Refusing
from segmentation.intake.report import Preview


def beside(now: Draft, guess: ColumnGuess) -> None:
    """Under a column: what it would do as it is understood now."""
    held = to_ask.column_field(now, guess)
    if held is None or _expected(now, guess.index, held) or now.table is None:
        return
    asked = (now.table.path, guess.index, held)
    if asked not in now.refusing:
        now.refusing[asked] = _would(now, guess.index, held)
    found = now.refusing[asked]
    if found is not None:
        of_people = now.recognition is not None and now.recognition.kind == "contacts"
        _say(now, found, "count.contacts" if of_people else "count.rows")


def others(now: Draft) -> None:
    """Under all the columns: what those that no question shows would do."""
    asked = to_ask.doubts(now)
    for guess in now.recognition.columns if now.recognition else ():
        if guess not in asked:
            beside(now, guess)


def before(now: Draft, preview: Preview) -> None:
    """Beside the yes: what the columns of the prepared import would do."""
    for found in preview.refusing:
        if not _expected(now, found.index, found.field):
            _say(now, found, "count.contacts")


def _expected(now: Draft, index: int, field: str) -> bool:
    """Whether nobody wonders: the file says it is of people who left, or its own column of agreements was
    recognised as such."""
    if now.recognition is None or now.recognition.closed or (now.consent and now.consent.state == "no"):
        return True
    inverted = any(guess.index == index and guess.inverted for guess in now.recognition.columns)
    return field.removeprefix("contacts.") in OPT_IN and not inverted and index not in now.fields


def _would(now: Draft, index: int, field: str) -> Refusing | None:
    base = cached.workspace()
    assert now.table is not None
    assert now.recognition is not None
    try:
        return base.would_refuse(base.request(now.table, now.recognition, mapping={index: field}), index)
    except CarnetError:  # the preview, which reads the same file, says what is wrong with it
        return None


def _say(now: Draft, found: Refusing, counted: str) -> None:
    w = state.say()
    assert now.table is not None
    every = set(found.channels) == set(CHANNELS)
    st.warning(
        w(
            "page.import.refusing" if every else "page.import.refusing_some",
            column=escape(now.table.headers[found.index]),
            who=w(counted, n=found.people),
            everyone=w.number(found.everyone, digits=0),
            channels=w.listing([inside(w(f"channel.{channel}")) for channel in found.channels]),
        ),
        icon=":material/do_not_disturb_on:",
    )
