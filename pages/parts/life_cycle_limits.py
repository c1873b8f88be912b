"""The limits of the life cycle, in days, to change where it is shown: who is new, who has become inactive."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import cached, state
from segmentation.traits.life_cycle import Limits, limits_from_json, limits_to_json

SHOWN = ("new", "inactive", "quiet", "silent", "maturing")
"""The limits in days that a person may change here, in the order of a life."""
MOST = 3650
SETTING = "life_cycle"
_TURN = "life_cycle_limits"


def limits() -> Limits:
    """Those in use."""
    return limits_from_json(cached.workspace().settings.life_cycle)


def ask() -> None:
    """The limits behind a small button; kept all at once, or put back as they were made."""
    w, now = state.say(), limits()
    with st.popover(w("page.limits.open"), icon=":material/tune:", type="tertiary"):
        with st.form(f"life_cycle_{state.turn(_TURN)}", border=False):
            held = {name: _days(name, getattr(now, name)) for name in SHOWN}
            with st.container(horizontal=True):
                kept = st.form_submit_button(w("page.limits.keep"), type="primary", key="life_cycle_keep")
                usual = st.form_submit_button(
                    w("page.limits.usual"), key="life_cycle_usual", disabled=now == Limits()
                )
        if kept and replace(now, **held) != now:
            _keep(replace(now, **held))
        if usual:
            _keep(Limits())


def _days(name: str, value: int) -> int:
    w = state.say()
    return int(
        st.number_input(
            w(f"page.limits.{name}"),
            min_value=1,
            max_value=MOST,
            value=min(value, MOST),
            step=1,
            key=state.of_base(f"life_cycle_{name}_{state.turn(_TURN)}"),
            help=w(f"page.limits.{name}_help"),
        )
    )


def _keep(said: Limits) -> None:
    usual = limits_to_json(Limits())
    moved = {name: days for name, days in limits_to_json(said).items() if days != usual[name]}
    cached.workspace().set(SETTING, moved or None)
    state.next_turn(_TURN)
    st.rerun()
