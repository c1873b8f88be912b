"""In which days the events of a rule count: ever, the last so many, a named period, between two days."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import state
from pages.parts.criterion_inputs import value_input
from pages.parts.criterion_slot import Slot, fitted
from pages.parts.criterion_tree import Node
from segmentation.i18n import Words

WINDOWS: Mapping[str, Mapping[str, object] | None] = {
    "ever": None,
    "last": {"last": 90, "unit": "day"},
    "this": {"this": "month"},
    "previous": {"previous": "month"},
    "older_than": {"older_than": 90, "unit": "day"},
    "ago_between": {"ago_between": [30, 90], "unit": "day"},
    "between": {"between": [None, None]},
}
"""The windows a rule can look at, each with what it starts as."""


def window_kind(within: object) -> str:
    """Which line of ``WINDOWS`` a window is."""
    return next((kind for kind in WINDOWS if isinstance(within, Mapping) and kind in within), "ever")


def draw_window(rule: Node, w: Words, rank: str, key: str) -> None:
    """The window of a rule, and its days when it has some."""
    within = rule["within"]
    kind = window_kind(within)
    name = f"w_{key}"
    st.selectbox(
        w("rule.window", rank=rank),
        list(WINDOWS),
        index=list(WINDOWS).index(kind),
        key=name,
        format_func=lambda one: w(f"window.{one}"),
        label_visibility="collapsed",
        width=fitted(w(f"window.{kind}")),
        on_change=lambda: rule.update(within=_started(str(state.widget(name)))),
    )
    if not isinstance(within, dict):
        return
    label = w("rule.window_value", rank=rank)
    if kind in ("last", "older_than"):
        _span_input(Slot(within, kind, f"{name}_{kind}", label, w))
    elif kind in ("this", "previous"):
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "unit")
    elif kind == "ago_between":
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "range")
        value_input(Slot(within, "unit", f"{name}_u", f"{label} ·", w), "unit")
    else:
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "days")


def _started(kind: str) -> dict[str, object] | None:
    start = WINDOWS[kind]
    return (
        None if start is None else {name: list(v) if isinstance(v, list) else v for name, v in start.items()}
    )


def _span_input(slot: Slot) -> None:
    value_input(slot, "number")
    value_input(Slot(slot.node, "unit", f"{slot.key}_u", f"{slot.label} ·", slot.words), "unit")
