"""Among several pictures, the last one clicked is the choice, and a button can replace them all."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def screen() -> None:
    import streamlit as st

    from pages.parts import one_choice

    marks = {
        picture: tuple(st.multiselect(picture, ["a", "b"], key=one_choice.key("test", picture)))
        for picture in ("left", "right")
    }
    if st.button("both"):
        one_choice.pick("test", "button", ("a", "b"), instead_of=("left", "right"))
        st.rerun()
    if st.button("none"):
        one_choice.clear("test", instead_of=("left", "right"))
        st.rerun()
    source, chosen = one_choice.settle("test", marks)
    st.text(f"{source}:{','.join(chosen)}")


def chosen(app: AppTest) -> str:
    assert not app.exception
    return str(app.text[0].value)


def test_the_last_picture_clicked_is_the_choice() -> None:
    app = AppTest.from_function(screen).run()
    assert chosen(app) == ":"
    assert chosen(app.multiselect[0].set_value(["a"]).run()) == "left:a"
    assert chosen(app.multiselect[1].set_value(["b"]).run()) == "right:b"
    assert app.multiselect[0].value == [], "the first picture lets its choice go"
    assert chosen(app.multiselect[0].set_value(["a", "b"]).run()) == "left:a,b"
    assert app.multiselect[1].value == []
    assert chosen(app.multiselect[0].set_value([]).run()) == ":"


def test_a_button_replaces_what_was_clicked_and_a_click_replaces_the_button() -> None:
    app = AppTest.from_function(screen).run()
    app.multiselect[0].set_value(["a"]).run()
    assert chosen(app.button[0].click().run()) == "button:a,b"
    assert app.multiselect[0].value == []
    assert chosen(app.run()) == "button:a,b", "it stays"
    assert chosen(app.multiselect[1].set_value(["a"]).run()) == "right:a"
    assert chosen(app.button[1].click().run()) == ":"
    assert app.multiselect[1].value == []
