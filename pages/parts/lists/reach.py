"""By which channel: each with how many it reaches, chosen in one click."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import state
from pages.parts.ink import inked
from pages.parts.lists.wanted import CHANNELS, TURN, Wanted
from segmentation.audience.reach import ReachCount


def ask(wanted: Wanted, reach: Mapping[str, ReachCount], *, members: int) -> None:
    """The channels, and a working file of all the ``members``; a change is kept at once."""
    w, key = state.say(), f"list_channel_{state.turn(TURN)}_{state.language()}"

    def kept() -> None:
        wanted.channel, wanted.reason = str(state.widget(key) or wanted.channel), ""

    def said(channel: str) -> str:
        number = w.number(reach[channel].reachable if channel in reach else members, digits=0)
        return w("page.lists.channel_option", channel=w(f"channel.{channel}"), n=number)

    st.segmented_control(
        w("page.lists.channel"),
        CHANNELS,
        default=wanted.channel,
        required=True,
        format_func=inked(said),
        key=key,
        on_change=kept,
        help=w("page.lists.channel_help"),
    )
