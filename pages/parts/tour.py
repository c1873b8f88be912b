"""The tour of the demonstration: four steps that follow the screens, each can be skipped, closed for ever.

A cell of the crossing → its segment → another rule → its Excel list. Nothing is drawn on a base of one's own.
"""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import current, open_draft

CLOSED = "tour_closed"
"""The setting of the demonstration's base that says the tour is over."""
STEPS = ("cell", "segment", "rule", "excel")
TOWN = "Villeurbanne"
"""The people shown to whoever skips the choice of a cell: the town that answers."""


def draw(screen: str) -> None:
    """The panel over ``screen``: where the tour is, what to do here, the next step, the way out."""
    base = cached.workspace()
    if not state.in_demo() or base.settings.get(CLOSED):
        return
    w, at = state.say(), place(screen)
    with st.container(border=True, gap="xsmall", key="tour"):
        said = "start" if screen not in ("crossing", "segments", "lists") else STEPS[at]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_line(at), width="stretch")
            if st.button(w("tour.close"), key="tour_close", icon=":material/close:", type="tertiary"):
                _close()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(w(f"tour.{said}.do"), width="stretch")
            if st.button(w(f"tour.{said}.next"), key="tour_next", icon=":material/arrow_forward:"):
                _next(said)


def place(screen: str) -> int:
    """The step that a screen is about, from 0."""
    if screen == "segments":
        return 2 if current() is not None else 1
    return 3 if screen == "lists" else 0


def _line(at: int) -> str:
    """« 1 Une case → **2 Un segment** → … », those done ticked."""
    w = state.say()
    told = []
    for number, step in enumerate(STEPS):
        name = w(f"tour.{step}")
        mark = ":material/check: " if number < at else f"{number + 1}. "
        told.append(f"**{mark}{name}**" if number == at else f"{mark}{name}")
    return f"{w('tour.title')} {' → '.join(told)}"


def _next(said: str) -> None:
    """What skipping this step opens."""
    town = {"field": "city", "op": "is", "value": TOWN}
    if said == "start":
        frame.go("crossing")
    elif said in ("cell", "segment"):
        open_draft(town, TOWN)
    elif said == "rule":
        draft = current()
        open_list(draft.definition() if draft else town, draft.name if draft and draft.name else TOWN)
    else:
        _close()


def _close() -> None:
    cached.workspace().set(CLOSED, True)
    st.rerun()
