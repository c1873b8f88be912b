"""Accueil: where do we stand, what do I do this week; an empty base offers the drop zone and the demo."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.home import figures, mine, money, quality, stages, stories, to_do, welcome
from pages.parts.intake import history, stopped
from pages.parts.text import escape


def render() -> None:
    """Draw the screen."""
    if not cached.workspace().contacts:
        welcome.draw()
        return
    w = state.say()
    with frame.head(w("page.home.title"), _sentence()):
        if st.button(w("page.home.import"), type="primary", icon=":material/upload_file:", key="home_import"):
            frame.go("import")
    stopped.ask()
    money.draw()
    figures.draw(cached.overview())
    left, right = st.columns([11, 9], gap="medium")
    with left:
        to_do.draw()
    with right:
        stages.draw()
    stories.draw()
    mine.draw()
    quality.draw()


def _sentence() -> str:
    """The last import in one sentence; what the page is for when there is none to tell."""
    w = state.say()
    imports = [row for row in cached.workspace().imports() if row.undone_at is None]
    if not imports or state.in_demo():
        return w("page.home.sentence")
    last = imports[0]
    name = escape(last.file_name or w(f"kind.{last.kind}"))
    facts = history.account(last)
    return w("page.home.last_import", date=w.date(last.created_at), name=name, facts=facts)
