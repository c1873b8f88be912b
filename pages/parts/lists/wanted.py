"""The list this session is preparing: whose, by which channel, how narrowed, why people to confirm are in it.

A list is of a saved segment (``?segment=key`` names it) or of a criterion handed over by another screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any as Any_

import streamlit as st

from pages.parts import cached, frame, state
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.nodes import All, Any, InSegment, Not
from segmentation.criteria.segment import Segment
from segmentation.lists.options import ListOptions
from segmentation.lists.waterfall import NO_CHANNEL

CHANNELS = ("email", "sms", "phone", "post", NO_CHANNEL)
"""What a list is for, in the order shown; the last one is a working file that nobody is written to from."""
_WANTED = "wanted_list"
TURN = "wanted_list"
"""The turn of the screen's widgets: a list that comes from elsewhere fills fresh ones."""
EVERYONE: Mapping[str, object] = {"all": []}
EVERY = Segment(All())


@dataclass(eq=False, slots=True)
class Wanted:
    """``segment`` is the key of a saved one, "" for everyone, None for ``criterion`` under ``name``.

    ``also`` are the keys of saved segments whose members are in it too.
    """

    segment: str | None = None
    criterion: Mapping[str, object] | None = None
    name: str = ""
    channel: str = CHANNELS[0]
    reason: str = ""
    also: tuple[str, ...] = ()
    options: ListOptions = field(default_factory=ListOptions)

    def definition(self) -> Segment:
        """Who is asked for. Raises CriterionError when a segment is gone or cannot be read."""
        whole = self._asked()
        if not self.also:
            return whole
        others = tuple(InSegment(key) for key in self.also)
        if self.segment:
            return Segment(Any((InSegment(self.segment), *others)))
        kept = whole.include if whole.exclude is None else All((whole.include, Not(whole.exclude)))
        return Segment(Any((kept, *others)))

    def joins(self) -> bool:
        """Whether other segments can be added: a hand-picked or limited group is no criterion."""
        asked = self._asked() if self.segment is None else EVERY
        return not (asked.limit or asked.added or asked.removed)

    def change(self, **changes: Any_) -> None:
        """Narrow the list otherwise. Raises ListError for an option that cannot be."""
        self.options = replace(self.options, **changes)

    def _asked(self) -> Segment:
        if self.segment:
            return cached.workspace().segments.definition(self.segment)
        return segment_from_json(self.criterion if self.segment is None and self.criterion else EVERYONE)


def open_list(
    criterion: Mapping[str, object], name: str, *, channel: str = CHANNELS[0], outsiders: bool = False
) -> None:
    """Open the lists screen on the people of ``criterion``, called ``name``, who may be ``outsiders``."""
    start(Wanted(criterion=criterion, name=name, channel=channel, options=ListOptions(outsiders=outsiders)))
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
