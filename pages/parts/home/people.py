"""Some people in a sentence, and the two things to do with them: see who, prepare their list."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import frame, state
from pages.parts.lists.door import door
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import open_draft


def buttons(
    key: str,
    criterion: Mapping[str, object],
    name: str,
    *,
    care: bool = False,
    outsiders: bool = False,
    repaired: bool = False,
) -> None:
    """« Voir qui » opens the people in the builder, « Préparer la liste » the list filled in.

    ``care``: the people are to be corrected, or none may be written to, so the list is a working file.
    ``repaired``: the screen of quality corrects them at once. ``outsiders``: they are no customers, and asked
    for as such.
    """
    w = state.say()
    if (
        repaired
        and frame.built("quality")
        and st.button(w("page.home.repair"), key=f"{key}_repair", icon=":material/build:")
    ):
        frame.go("quality")
    if frame.built("segments") and st.button(
        w("page.home.see"), key=f"{key}_see", icon=":material/group_search:"
    ):
        open_draft(criterion, name)
    to = door(care=care)
    if frame.built("lists") and st.button(to.label, key=f"{key}_list", icon=to.icon, help=to.help):
        open_list(criterion, name, channel=to.channel, outsiders=outsiders)
