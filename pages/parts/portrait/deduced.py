"""Under the pictures: what of them is deduced, from what and how surely, and where to switch it off."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.portrait.reading import Portrait
from segmentation.traits.deductions import DEDUCTIONS, SETTING, switched_off

PICTURED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "place": ("department|", "region|"),
        "age": ("age_band|",),
        "civility": ("gender|",),
        "first_name": ("gender_deduced|",),
        "address": ("clientele|likely_business", "clientele|likely_consumer"),
        "activity": ("activity_sector|",),
    }
)
"""Each deduction that a portrait may show, by the marks of its parts, or how they begin."""


def draw(seen: Portrait) -> None:
    """One line for those that the portrait shows, one for those switched off."""
    w, base = state.say(), cached.workspace()
    off = switched_off(base.settings.get(SETTING))
    shown = [one for one in DEDUCTIONS if one.code in PICTURED]
    used = [
        w(
            "page.portrait.deduced_one",
            what=w(f"deduction.{one.code}"),
            source=w(f"deduction.{one.code}.from"),
            confidence=w(f"deduction.confidence.{one.confidence}"),
        )
        for one in shown
        if one.code not in off and _applies(seen, PICTURED[one.code])
    ]
    left = [w(f"deduction.{one.code}") for one in shown if one.code in off]
    with st.container(border=True):
        if used:
            st.caption(w("page.portrait.deduced", items=" · ".join(used)))
        if left:
            st.caption(w("page.portrait.deduced_off", items=" · ".join(left)))
        if frame.built("settings") and st.button(
            w("page.portrait.deduced_choose"), icon=":material/tune:", type="tertiary", key="portrait_deduced"
        ):
            frame.go("settings")


def _applies(seen: Portrait, beginnings: tuple[str, ...]) -> bool:
    """Whether a part of the portrait comes from a deduction."""
    marks = (part.mark for parts in seen.themes.values() for part in parts if part.contacts)
    return any(mark.startswith(beginnings) for mark in marks)
