"""The tour follows the screens of the demonstration, closes for ever, and stands on no other base."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from segmentation.i18n import LANGUAGES
from tests.pages.conftest import press, said
from tests.pages.shops import fill


def panel() -> None:
    import streamlit as st

    from pages.parts import tour

    tour.draw(st.query_params.get("screen", "home"))


def drawn(screen: str, lang: str = "fr", *, demo: bool = True) -> AppTest:
    app = AppTest.from_function(panel, default_timeout=30)
    app.query_params["lang"], app.query_params["screen"] = lang, screen
    if demo:
        app.session_state["carnet.demo"] = True
    return app.run()


@pytest.fixture
def shop(base: Path) -> Path:
    fill(base.with_name("demo.duckdb"), 3)
    return base


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_screen_has_its_step(shop: Path, lang: str) -> None:
    bold = {}
    for screen in ("home", "crossing", "segments", "lists", "value"):
        app = drawn(screen, lang)
        assert not app.exception
        assert "tour." not in said(app)
        (line,) = [one.value for one in app.markdown]
        bold[screen] = line.count("check")
    assert bold == {"home": 0, "crossing": 0, "segments": 1, "lists": 3, "value": 0}


def test_it_is_closed_for_ever_and_only_stands_on_the_demonstration(shop: Path) -> None:
    assert not drawn("home", demo=False).markdown
    app = press(drawn("home"), "Ne plus montrer")
    assert not app.exception
    assert not app.markdown
    cached.forget()
    assert not drawn("crossing").markdown
