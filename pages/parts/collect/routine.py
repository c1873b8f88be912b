"""Every month: a short list of what keeps the base alive, each with the day it was last done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.parts import cached, frame, state

SETTING = "routine"
"""The setting that keeps, by step, the day it was last done."""
STEPS: Mapping[str, str] = {
    "import": "import",
    "twins": "quality",
    "weak": "quality",
    "ask": "collect",
    "inactive": "quality",
    "backup": "settings",
}
"""Each step of the month, and the screen where it is done."""
MONTH = 31
"""Days after which a step is due again."""


def draw() -> None:
    """The steps, with a box to tick."""
    w, kept = state.say(), _kept()
    today = date.today()
    left = [step for step in STEPS if _due(kept.get(step), today)]
    st.markdown(w("page.collect.routine_left", n=len(left)) if left else w("page.collect.routine_done"))
    for step, screen in STEPS.items():
        _line(step, screen, kept.get(step), today)


def _kept() -> dict[str, date]:
    return _days(cached.workspace().settings.get(SETTING))


def _days(kept: object) -> dict[str, date]:
    days: dict[str, date] = {}
    for step, day in kept.items() if isinstance(kept, dict) else ():
        try:
            days[str(step)] = date.fromisoformat(str(day))
        except ValueError:
            continue
    return days


def _due(day: date | None, today: date) -> bool:
    return day is None or (today - day).days >= MONTH


def _line(step: str, screen: str, day: date | None, today: date) -> None:
    w, due = state.say(), _due(day, today)
    with st.container(border=True):
        text, buttons = st.columns([2, 1], vertical_alignment="center", gap="small")
        icon = ":material/radio_button_unchecked:" if due else ":material/check_circle:"
        with text, st.container(gap="xsmall"):
            st.markdown(f"{icon} **{w(f'routine.{step}')}**")
            told = w("page.collect.last_done", date=w.date(day)) if day else w("page.collect.never_done")
            st.caption(f"{w(f'routine.{step}.why')} {told}")
        with buttons, st.container(horizontal=True):
            if (
                screen != "collect"
                and frame.built(screen)
                and st.button(w("page.collect.go"), key=f"routine_go_{step}", icon=":material/arrow_forward:")
            ):
                frame.go(screen)
            if st.button(
                w("page.collect.done" if due else "page.collect.undone"),
                key=f"routine_done_{step}_{due}",
                icon=":material/check:" if due else ":material/undo:",
            ):
                now = {step: today.isoformat()} if due else {}
                cached.workspace().change(
                    SETTING,
                    lambda held: {
                        **{name: one.isoformat() for name, one in _days(held).items() if name != step},
                        **now,
                    },
                )
                st.rerun()
