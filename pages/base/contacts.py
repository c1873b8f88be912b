"""Contacts: show me one person; a search that forgives, a page of people, and each one's card."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.contacts import card, form, people
from pages.parts.problem import show
from segmentation.errors import CarnetError

LONGEST_NUMBER = 10


def render() -> None:
    """Draw the screen: the card of ``?contact=number``, else the people found."""
    asked = st.query_params.get("contact")
    if asked is None:
        _everyone()
        return
    try:
        named = asked.isdecimal() and len(asked) < LONGEST_NUMBER
        number = int(asked) if named else cached.workspace().find_contact(asked)
    except CarnetError as problem:
        show(problem)
        number = 0
    if number:
        card.draw(number)
    elif st.button(state.say()("page.contacts.back"), icon=":material/arrow_back:", key="contacts_back"):
        del st.query_params["contact"]
        st.rerun()


def _everyone() -> None:
    w, base = state.say(), cached.workspace()
    with frame.head(w("page.contacts.title"), w("page.contacts.sentence")):
        if st.button(
            w("page.contacts.add"), type="primary", icon=":material/person_add:", key="contacts_add"
        ):
            form.ask("add")
    form.add()
    if base.contacts:
        people.draw()
        return
    st.info(w("page.contacts.none"), icon=":material/upload_file:")
    if st.button(w("page.contacts.import"), icon=":material/upload_file:", key="contacts_import"):
        frame.go("import")
