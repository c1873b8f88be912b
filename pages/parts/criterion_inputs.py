"""One widget per shape of value: what is typed goes straight into the tree, through a callback.

A widget takes its first value from the tree and its key from the node's id, field and operator: a changed
field or operator gets fresh widgets, and a widget's key is only read back in its own callback.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import streamlit as st

from pages.parts import state
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_tree import Node
from pages.parts.text import plain
from segmentation.criteria.catalogue import Field
from segmentation.i18n import Words

DECIMAL_TYPES = frozenset({"money", "number", "percent"})
UNITS = ("day", "week", "month", "quarter", "year")
_SPLIT = re.compile(r"[;\n\t]+")
_HIDDEN = "collapsed"


_LETTER, _AROUND = 7.3, 52


def fitted(text: str, *, least: int = 64, most: int = 250, around: int = _AROUND) -> int:
    """The width in pixels of a widget that shows ``text`` whole, so that a rule reads as a line."""
    return max(least, min(most, round(len(text) * _LETTER) + around))


def unit_of(field: Field | None, askable: Askable) -> str:
    """What is written after a value of a field: the base's currency, %, or nothing."""
    if field is None or field.type not in ("money", "percent"):
        return ""
    w = askable.words
    return (
        "%"
        if field.type == "percent"
        else w.money(0, askable.catalogue.currency, digits=0).strip("0 \u202f\xa0")
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands and how it is asked: node, attribute, the widget's key and its spoken label.

    ``unit`` is written after the value; ``scale`` is what the value is times on screen (100 for a share).
    """

    node: Node
    attr: str
    key: str
    label: str
    words: Words
    choices: Sequence[str] = ()
    decimals: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    scale: int = 1

    def value(self) -> object:
        return self.node.get(self.attr)

    def write(self, value: object) -> None:
        self.node[self.attr] = value

    def shown(self, value: object) -> str:
        """A value of a closed field in words, else as it is written."""
        return self.names.get(str(value)) or plain(value)

    def named(self, part: str) -> str:
        """The spoken label of one part of the value, unlike any other on the page."""
        return f"{self.label} — {self.words(f'input.{part}')}"


def value_input(slot: Slot, shape: str) -> None:
    """Draw the widget of ``shape``; nothing for a shape without value."""
    if shape != "none":
        INPUTS[shape](slot)
        if slot.unit and shape in ("number", "range"):
            st.text(slot.unit)


def _keep(slot: Slot, key: str, read: Callable[[object], object]) -> None:
    slot.write(read(state.widget(key)))


def _part(slot: Slot, key: str, name: str | int, start: object) -> None:
    """Write one part of a composite value, the others as they stand."""
    value = slot.value()
    if isinstance(name, int):
        pair = list(value) if isinstance(value, (list, tuple)) and len(value) == 2 else list(start)
        pair[name] = _typed_in(slot, state.widget(key))
        slot.write(pair)
    else:
        whole = dict(value) if isinstance(value, Mapping) else dict(start)
        slot.write({**whole, name: state.widget(key)})


def _typed_in(slot: Slot, value: object) -> object:
    """What the value is, from what its widget shows: a day as text, a share from its percentage."""
    if slot.scale != 1 and isinstance(value, (int, float)):
        return _tidy(round(value / slot.scale, 6))
    return _tidy(_day(value))


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _number_of(value: object) -> float | int | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _tidy(value: object) -> object:
    """A whole number without its decimals, so that the sentence says 2 and not 2.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(slot: Slot) -> None:
    held = slot.value()
    held = str(held) if held not in (None, "") else None
    if not slot.choices:
        st.text_input(
            slot.label,
            value=held or "",
            key=slot.key,
            on_change=_keep,
            args=(slot, slot.key, lambda typed: str(typed).strip() or None),
            placeholder=slot.words("input.text"),
            label_visibility=_HIDDEN,
            width=220,
        )
        return
    options = [*dict.fromkeys([*([held] if held else []), *slot.choices])]
    st.selectbox(
        slot.label,
        options,
        index=0 if held else None,
        key=slot.key,
        on_change=_keep,
        args=(slot, slot.key, lambda typed: str(typed).strip() or None if typed is not None else None),
        format_func=slot.shown,
        placeholder=slot.words("input.choose"),
        accept_new_options=True,
        label_visibility=_HIDDEN,
        width=fitted(slot.shown(held) if held else slot.words("input.choose"), least=170),
    )


def _texts(slot: Slot) -> None:
    held = slot.value()
    chosen = [str(item) for item in (held if isinstance(held, (list, tuple)) else [held] if held else [])]
    chips = round(sum(len(slot.shown(item)) * _LETTER + 40 for item in chosen))
    st.multiselect(
        slot.label,
        [*dict.fromkeys([*chosen, *slot.choices])],
        default=chosen,
        key=slot.key,
        on_change=_keep,
        args=(slot, slot.key, _pieces),
        format_func=slot.shown,
        placeholder=slot.words("input.several"),
        accept_new_options=True,
        label_visibility=_HIDDEN,
        width=max(220, min(440, chips + 84)),
    )


def _pieces(typed: object) -> list[str]:
    """The chosen texts; one pasted from a column or with ``;`` becomes as many."""
    pieces = [piece.strip() for item in typed or () for piece in _SPLIT.split(str(item))]
    return list(dict.fromkeys(piece for piece in pieces if piece))


def _plain_text(slot: Slot) -> None:
    _text(Slot(slot.node, slot.attr, slot.key, slot.label, slot.words))


def _one_number(
    slot: Slot, key: str, label: str, value: object, write: Callable[..., None], args: tuple, **more: object
) -> None:
    shown = _number_of(value)
    if shown is not None and slot.scale != 1:
        shown = _tidy(round(shown * slot.scale, 6))
    if isinstance(more.get("step"), float):
        shown = None if shown is None else float(shown)
        more["format"] = "%.2f" if shown is not None and not shown.is_integer() else "%.0f"
    st.number_input(
        label,
        value=shown,
        key=key,
        on_change=write,
        args=args,
        placeholder=slot.words("input.number"),
        label_visibility=_HIDDEN,
        width=fitted(f"{shown or 0:.0f}", least=72, around=40),
        **more,
    )


def _number(slot: Slot) -> None:
    """A number; with decimals when the field has some."""
    keep = (slot, slot.key, lambda typed: _typed_in(slot, typed))
    _one_number(slot, slot.key, slot.label, slot.value(), _keep, keep, step=_step(slot))


def _step(slot: Slot) -> float | int:
    return 1.0 if slot.decimals else 1


def _percent(slot: Slot) -> None:
    value = slot.value()
    _one_number(
        slot,
        slot.key,
        slot.label,
        value or 10,
        _keep,
        (slot, slot.key, _tidy),
        min_value=1,
        max_value=100,
        step=1,
    )
    st.text("%")
    if value is None:
        slot.write(10)


def _pair(slot: Slot, **more: object) -> None:
    value = slot.value()
    low, high = value if isinstance(value, (list, tuple)) and len(value) == 2 else (None, None)
    for rank, (part, end) in enumerate((("from", low), ("to", high))):
        key = f"{slot.key}_{part}"
        _one_number(slot, key, slot.named(part), end, _part, (slot, key, rank, (None, None)), **more)
        if rank == 0:
            st.text(slot.words("input.and"))


def _range(slot: Slot) -> None:
    _pair(slot, step=_step(slot))


def _size(slot: Slot) -> None:
    value = slot.value()
    if isinstance(value, int):
        slot.write([value, value])
    _pair(slot, min_value=0, step=1)


def _boolean(slot: Slot) -> None:
    value = slot.value()
    if not isinstance(value, bool):
        slot.write(value := True)
    st.segmented_control(
        slot.label,
        [True, False],
        default=value,
        required=True,
        format_func=lambda yes: slot.words("input.yes" if yes else "input.no"),
        key=slot.key,
        on_change=_keep,
        args=(slot, slot.key, bool),
        label_visibility=_HIDDEN,
    )


def _one_day(slot: Slot) -> None:
    st.date_input(
        slot.label,
        value=_typed(slot.value()),
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="DD/MM/YYYY",
        key=slot.key,
        on_change=_keep,
        args=(slot, slot.key, _day),
        label_visibility=_HIDDEN,
        width=160,
    )


def _days(slot: Slot) -> None:
    value = slot.value()
    ends = value if isinstance(value, (list, tuple)) and len(value) == 2 else (None, None)
    for rank, part in enumerate(("from", "to")):
        key = f"{slot.key}_{part}"
        st.date_input(
            slot.named(part),
            value=_typed(ends[rank]),
            min_value=date(1900, 1, 1),
            max_value=date(2100, 12, 31),
            format="DD/MM/YYYY",
            key=key,
            on_change=_part,
            args=(slot, key, rank, (None, None)),
            label_visibility=_HIDDEN,
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
        _one_number(
            slot, key, slot.named(part), value.get(part), _part, (slot, key, part, start), min_value=0, step=1
        )
        if rank < len(parts) - 1:
            st.text(slot.words("input.and"))
    _unit_box(
        slot,
        f"{slot.key}_unit",
        str(value.get("unit", "day")),
        _part,
        (slot, f"{slot.key}_unit", "unit", start),
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
        label_visibility=_HIDDEN,
        width=fitted(slot.words(f"input.unit.{unit}")),
    )


def _span(slot: Slot) -> None:
    _span_of(slot, {"n": 90, "unit": "day"}, ("n",))


def _ages(slot: Slot) -> None:
    _span_of(slot, {"from": 30, "to": 90, "unit": "day"}, ("from", "to"))


def _unit(slot: Slot) -> None:
    value = slot.value()
    unit = str(value) if value in UNITS else "month"
    if value not in UNITS:
        slot.write(unit)
    _unit_box(slot, slot.key, unit, _keep, (slot, slot.key, str))


def _named_numbers(slot: Slot, numbers: range, word: str) -> None:
    value = slot.value()
    st.multiselect(
        slot.label,
        list(numbers),
        default=[n for n in (value if isinstance(value, (list, tuple)) else [value]) if n in numbers],
        format_func=lambda n: slot.words(f"input.{word}.{n}"),
        key=slot.key,
        on_change=_keep,
        args=(slot, slot.key, list),
        placeholder=slot.words("input.several"),
        label_visibility=_HIDDEN,
        width=320,
    )


def _months(slot: Slot) -> None:
    _named_numbers(slot, range(1, 13), "month")


def _weekdays(slot: Slot) -> None:
    _named_numbers(slot, range(1, 8), "weekday")


def _hours(slot: Slot) -> None:
    if not isinstance(slot.value(), (list, tuple)):
        slot.write([9, 18])
    _pair(slot, min_value=0, max_value=24, step=1)


def _place(slot: Slot) -> None:
    value = slot.value()
    value = value if isinstance(value, Mapping) else {"of": "", "km": 10}
    key, distance = f"{slot.key}_of", f"{slot.key}_km"
    start = {"of": "", "km": 10}
    _one_number(
        slot,
        distance,
        slot.named("km"),
        value.get("km"),
        _part,
        (slot, distance, "km", start),
        min_value=1,
        step=5,
    )
    st.text(slot.words("input.km_of"))
    st.text_input(
        slot.named("postal_code"),
        value=str(value.get("of", "")),
        key=key,
        on_change=_part,
        args=(slot, key, "of", start),
        placeholder="69003",
        label_visibility=_HIDDEN,
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
        "day": _one_day,
        "days": _days,
        "span": _span,
        "ages": _ages,
        "unit": _unit,
        "months": _months,
        "weekdays": _weekdays,
        "hours": _hours,
        "place": _place,
        "size": _size,
    }
)
"""The widget of each shape of ``segmentation.criteria.shapes``; a shape without one fails a test."""
