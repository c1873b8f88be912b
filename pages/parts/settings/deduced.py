"""What is worked out rather than given: from what, how surely, for how many, each with its switch."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import cached, jobs, state
from segmentation.traits.deductions import DEDUCTIONS, SETTING, Deduction, switched_off


def draw() -> None:
    """One line per deduction."""
    w, base = state.say(), cached.workspace()
    st.markdown(w("page.settings.deduced_means"))
    off = switched_off(base.settings.get(SETTING))
    for one in DEDUCTIONS:
        _line(one, off)


def _line(one: Deduction, off: frozenset[str]) -> None:
    w, key = state.say(), state.of_base(f"settings_deduced_{one.code}")
    color = "green" if one.confidence == "sure" else "orange"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.toggle(
            w(f"deduction.{one.code}"),
            value=one.code not in off,
            key=key,
            on_change=_switch(one.code, key),
            disabled=jobs.running() is not None,
            wrap=True,
            width=400,
        )
        st.badge(w(f"deduction.confidence.{one.confidence}"), color=color)
        st.caption(w(f"deduction.{one.code}.how"))


def _switch(code: str, key: str) -> Callable[[], None]:
    def changed() -> None:
        on = bool(state.widget(key))

        def switch(held: object) -> list[str] | None:
            off = set(switched_off(held))
            (off.discard if on else off.add)(code)
            return sorted(off) or None

        cached.workspace().change(SETTING, switch)

    return changed
