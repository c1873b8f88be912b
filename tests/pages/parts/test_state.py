"""What was being done in one base is not done in another: an undo, a draft or a choice stays behind."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def look(demo: bool) -> None:
    import streamlit as st

    from pages.parts import state

    state.put("contacts.done", ("words", 12, {}))
    state.put("draft_segment", "vip")
    state.choose_language("en")
    state.next_turn("grid")
    state.look_at(demo=demo)
    st.json([state.get("contacts.done"), state.get("draft_segment"), state.language(), state.turn("grid")])
    st.text(str(state.in_demo()))


@pytest.mark.parametrize("demo", [True, False])
def test_another_base_forgets_what_was_under_way(demo: bool) -> None:
    app = AppTest.from_function(look, args=(demo,)).run()
    assert not app.exception
    assert app.json[0].value == '[null, null, "en", 1]'
    assert app.text[0].value == str(demo)
