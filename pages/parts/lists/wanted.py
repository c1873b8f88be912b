"""The list this session is preparing: whose, by which channel, and why people to confirm would be written to.

A list is of a saved segment (``?segment=key`` names it) or of a criterion handed over by another screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.parts import cached, frame, state
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.segment import Segment
from segmentation.lists.waterfall import NO_CHANNEL

CHANNELS = ("email", "sms", "phone", "post", NO_CHANNEL)
"""What a list is for, in the order shown; the last one is a working file that nobody is written to from."""
_WANTED = "wanted_list"
TURN = "wanted_list"
"""The turn of the screen's widgets: a list that comes from elsewhere fills fresh ones."""
EVERYONE: Mapping[str, object] = {"all": []}


@dataclass(eq=False, slots=True)
class Wanted:
    """``segment`` is the key of a saved one, "" for everyone, None for ``criterion`` under ``name``."""

    segment: str | None = None
    criterion: Mapping[str, object] | None = None
    name: str = ""
    channel: str = CHANNELS[0]
    reason: str = ""

    def definition(self) -> Segment:
        """Who is asked for. Raises CriterionError when the segment is gone or cannot be read."""
        if self.segment:
            return cached.workspace().segments.definition(self.segment)
        return segment_from_json(self.criterion if self.segment is None and self.criterion else EVERYONE)


def open_list(criterion: Mapping[str, object], name: str, *, channel: str = CHANNELS[0]) -> None:
    """Open the lists screen on the people of ``criterion``, called ``name``."""
    start(Wanted(criterion=criterion, name=name, channel=channel))
    frame.go("lists")


def start(wanted: Wanted) -> None:
    """Prepare this list from now on, in fresh widgets."""
    state.put(_WANTED, wanted)
    state.next_turn(TURN)


def current() -> Wanted | None:
    """What this session is preparing; None until somebody is chosen. The address decides first."""
    asked = st.query_params.get("segment")
    held = state.get(_WANTED)
    wanted = held if isinstance(held, Wanted) else None
    if asked and (wanted is None or wanted.segment != asked):
        wanted = Wanted(segment=asked)
        start(wanted)
    return wanted


def choose(segment: str, channel: str = CHANNELS[0]) -> None:
    """Prepare the list of a saved segment ("" for everyone), and say it in the address."""
    state.put(_WANTED, Wanted(segment=segment, channel=channel))
    if segment:
        st.query_params["segment"] = segment
    else:
        st.query_params.pop("segment", None)
