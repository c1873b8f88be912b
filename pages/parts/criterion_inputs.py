"""One widget per shape of value: what is typed goes straight into the tree, through a callback."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from pages.parts.criterion_days import ages, days, hours, months, one_day, span, unit, weekdays
from pages.parts.criterion_slot import (
    HIDDEN,
    LETTER,
    Slot,
    fitted,
    keep,
    keep_part,
    one_number,
    pair,
    tidy,
    typed_in,
)
from pages.parts.ink import inked

_SPLIT = re.compile(r"[;\n\t]+")


def value_input(slot: Slot, shape: str) -> None:
    """Draw the widget of ``shape``; nothing for a shape without value."""
    if shape != "none":
        INPUTS[shape](slot)
        if slot.unit and shape in ("number", "range"):
            st.text(slot.unit)


def _text(slot: Slot) -> None:
    """A text: a value a closed field knows, and no other; for an open one, a usual value or any."""
    held = slot.value()
    held = str(held) if held not in (None, "") else None
    if not slot.choices:
        st.text_input(
            slot.label,
            value=held or "",
            key=slot.key,
            on_change=keep,
            args=(slot, slot.key, lambda typed: str(typed).strip() or None),
            placeholder=slot.words("input.text"),
            label_visibility=HIDDEN,
            width=220,
        )
        return
    options = [*dict.fromkeys([*([held] if held else []), *slot.choices])]
    st.selectbox(
        slot.label,
        options,
        index=0 if held else None,
        key=slot.key,
        on_change=keep,
        args=(slot, slot.key, lambda typed: slot.meant(str(typed or "").strip()) or None),
        format_func=slot.shown,
        placeholder=slot.words("input.choose_only" if slot.closed else "input.choose"),
        accept_new_options=not slot.closed,
        label_visibility=HIDDEN,
        width=fitted(slot.shown(held) if held else slot.words("input.choose"), least=170),
    )


def _texts(slot: Slot) -> None:
    """Several, as ``_text``."""
    held = slot.value()
    chosen = [str(item) for item in (held if isinstance(held, (list, tuple)) else [held] if held else [])]
    chips = round(sum(len(slot.shown(item)) * LETTER + 40 for item in chosen))
    st.multiselect(
        slot.label,
        [*dict.fromkeys([*chosen, *slot.choices])],
        default=chosen,
        key=slot.key,
        on_change=keep,
        args=(slot, slot.key, lambda typed: _pieces(slot, typed)),
        format_func=slot.shown,
        placeholder=slot.words("input.several"),
        accept_new_options=not slot.closed,
        label_visibility=HIDDEN,
        width=max(220, min(440, chips + 84)),
    )


def _pieces(slot: Slot, typed: object) -> list[str]:
    """The chosen texts; one pasted from a column or with ``;`` becomes as many."""
    pieces = [piece.strip() for item in typed or () for piece in _SPLIT.split(str(item))]
    return list(dict.fromkeys(slot.meant(piece) for piece in pieces if piece))


def _plain_text(slot: Slot) -> None:
    _text(Slot(slot.node, slot.attr, slot.key, slot.label, slot.words))


def _number(slot: Slot) -> None:
    """A number; with decimals when the field has some."""
    read = (slot, slot.key, lambda typed: typed_in(slot, typed))
    one_number(slot, slot.key, slot.label, slot.value(), keep, read, step=_step(slot))


def _step(slot: Slot) -> float | int:
    return 1.0 if slot.decimals else 1


def _percent(slot: Slot) -> None:
    value = slot.value()
    one_number(
        slot,
        slot.key,
        slot.label,
        value or 10,
        keep,
        (slot, slot.key, tidy),
        min_value=1,
        max_value=100,
        step=1,
    )
    st.text("%")
    if value is None:
        slot.write(10)


def _range(slot: Slot) -> None:
    pair(slot, step=_step(slot))


def _size(slot: Slot) -> None:
    value = slot.value()
    if isinstance(value, int):
        slot.write([value, value])
    pair(slot, min_value=0, step=1)


def _boolean(slot: Slot) -> None:
    value = slot.value()
    if not isinstance(value, bool):
        slot.write(value := True)
    st.segmented_control(
        slot.label,
        [True, False],
        default=value,
        required=True,
        format_func=inked(lambda yes: slot.words("input.yes" if yes else "input.no")),
        key=slot.key,
        on_change=keep,
        args=(slot, slot.key, bool),
        label_visibility=HIDDEN,
    )


def _place(slot: Slot) -> None:
    value = slot.value()
    value = value if isinstance(value, Mapping) else {"of": "", "km": 10}
    key, distance = f"{slot.key}_of", f"{slot.key}_km"
    start = {"of": "", "km": 10}
    one_number(
        slot,
        distance,
        slot.named("km"),
        value.get("km"),
        keep_part,
        (slot, distance, "km", start),
        min_value=1,
        step=5,
    )
    st.text(slot.words("input.km_of"))
    st.text_input(
        slot.named("postal_code"),
        value=str(value.get("of", "")),
        key=key,
        on_change=keep_part,
        args=(slot, key, "of", start),
        placeholder="69003",
        label_visibility=HIDDEN,
        width=110,
    )


INPUTS: Mapping[str, Callable[[Slot], None]] = MappingProxyType(
    {
        "text": _text,
        "texts": _texts,
        "pattern": _plain_text,
        "number": _number,
        "range": _range,
        "percent": _percent,
        "boolean": _boolean,
        "day": one_day,
        "days": days,
        "span": span,
        "ages": ages,
        "unit": unit,
        "months": months,
        "weekdays": weekdays,
        "hours": hours,
        "place": _place,
        "size": _size,
    }
)
"""The widget of each shape of ``segmentation.criteria.shapes``; a shape without one fails a test."""
