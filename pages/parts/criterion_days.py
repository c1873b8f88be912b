"""The widgets of dates and of lengths of time: a day, a period, an age, months, weekdays, hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from pages.parts.criterion_slot import (
    HIDDEN,
    Slot,
    day_of,
    fitted,
    iso_day,
    keep,
    keep_part,
    one_number,
    pair,
)

UNITS = ("day", "week", "month", "quarter", "year")


def one_day(slot: Slot) -> None:
    st.date_input(
        slot.label,
        value=day_of(slot.value()),
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="DD/MM/YYYY",
        key=slot.key,
        on_change=keep,
        args=(slot, slot.key, iso_day),
        label_visibility=HIDDEN,
        width=160,
    )


def days(slot: Slot) -> None:
    value = slot.value()
    ends = value if isinstance(value, (list, tuple)) and len(value) == 2 else (None, None)
    for rank, part in enumerate(("from", "to")):
        key = f"{slot.key}_{part}"
        st.date_input(
            slot.named(part),
            value=day_of(ends[rank]),
            min_value=date(1900, 1, 1),
            max_value=date(2100, 12, 31),
            format="DD/MM/YYYY",
            key=key,
            on_change=keep_part,
            args=(slot, key, rank, (None, None)),
            label_visibility=HIDDEN,
            width=150,
        )
        if rank == 0:
            st.text(slot.words("input.and"))


def _span_of(slot: Slot, start: Mapping[str, object], parts: tuple[str, ...]) -> None:
    value = slot.value()
    if isinstance(value, int) and "n" in start:
        value = {"n": value, "unit": "day"}
    if not isinstance(value, Mapping):
        value = start
    slot.write(dict(value))
    for rank, part in enumerate(parts):
        key = f"{slot.key}_{part}"
        one_number(
            slot,
            key,
            slot.named(part),
            value.get(part),
            keep_part,
            (slot, key, part, start),
            min_value=0,
            step=1,
        )
        if rank < len(parts) - 1:
            st.text(slot.words("input.and"))
    _unit_box(
        slot,
        f"{slot.key}unit",
        str(value.get("unit", "day")),
        keep_part,
        (slot, f"{slot.key}unit", "unit", start),
    )


def _unit_box(slot: Slot, key: str, unit: str, write: Callable[..., None], args: tuple) -> None:
    st.selectbox(
        slot.named("unit"),
        UNITS,
        index=UNITS.index(unit),
        format_func=lambda code: slot.words(f"input.unit.{code}"),
        key=key,
        on_change=write,
        args=args,
        label_visibility=HIDDEN,
        width=fitted(slot.words(f"input.unit.{unit}")),
    )


def span(slot: Slot) -> None:
    _span_of(slot, {"n": 90, "unit": "day"}, ("n",))


def ages(slot: Slot) -> None:
    _span_of(slot, {"from": 30, "to": 90, "unit": "day"}, ("from", "to"))


def unit(slot: Slot) -> None:
    value = slot.value()
    unit = str(value) if value in UNITS else "month"
    if value not in UNITS:
        slot.write(unit)
    _unit_box(slot, slot.key, unit, keep, (slot, slot.key, str))


def _named_numbers(slot: Slot, numbers: range, word: str) -> None:
    value = slot.value()
    st.multiselect(
        slot.label,
        list(numbers),
        default=[n for n in (value if isinstance(value, (list, tuple)) else [value]) if n in numbers],
        format_func=lambda n: slot.words(f"input.{word}.{n}"),
        key=slot.key,
        on_change=keep,
        args=(slot, slot.key, list),
        placeholder=slot.words("input.several"),
        label_visibility=HIDDEN,
        width=320,
    )


def months(slot: Slot) -> None:
    _named_numbers(slot, range(1, 13), "month")


def weekdays(slot: Slot) -> None:
    _named_numbers(slot, range(1, 8), "weekday")


def hours(slot: Slot) -> None:
    if not isinstance(slot.value(), (list, tuple)):
        slot.write([9, 18])
    pair(slot, min_value=0, max_value=24, step=1)
