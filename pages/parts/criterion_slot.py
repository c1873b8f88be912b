"""Where a value of a rule stands: its node, its widget, its unit; and how what is typed is written there.

A widget takes its first value from the tree and its key from the node's id, field and operator: a changed
field or operator gets fresh widgets, and a widget's key is only read back in its own callback.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from pages.parts import state
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_tree import Node
from pages.parts.text import plain
from segmentation.criteria.catalogue import Field
from segmentation.criteria.fold import fold_text
from segmentation.i18n import Words

DECIMAL_TYPES = frozenset({"money", "number", "percent"})
HIDDEN = "collapsed"


LETTER, _AROUND = 7.3, 52


def fitted(text: str, *, least: int = 64, most: int = 250, around: int = _AROUND) -> int:
    """The width in pixels of a widget that shows ``text`` whole, so that a rule reads as a line."""
    return max(least, min(most, round(len(text) * LETTER) + around))


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

    ``names`` says how a value is shown; a ``closed`` field takes no other value than its choices.
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
    closed: bool = False
    unit: str = ""
    scale: int = 1

    def value(self) -> object:
        return self.node.get(self.attr)

    def write(self, value: object) -> None:
        self.node[self.attr] = value

    def shown(self, value: object) -> str:
        """A value by its name, else as it is written."""
        return plain(self.names.get(str(value), value))

    def meant(self, typed: str) -> str:
        """The value whose other name was typed (« Germany » for « Allemagne »), else what was typed."""
        asked = fold_text(typed)
        renamed = ((value, name) for value, name in self.names.items() if name != value)
        return next((value for value, name in renamed if fold_text(name) == asked), typed)

    def named(self, part: str) -> str:
        """The spoken label of one part of the value, unlike any other on the page."""
        return f"{self.label} — {self.words(f'input.{part}')}"


def keep(slot: Slot, key: str, read: Callable[[object], object]) -> None:
    slot.write(read(state.widget(key)))


def keep_part(slot: Slot, key: str, name: str | int, start: object) -> None:
    """Write one part of a composite value, the others as they stand."""
    value = slot.value()
    if isinstance(name, int):
        pair = list(value) if isinstance(value, (list, tuple)) and len(value) == 2 else list(start)
        pair[name] = typed_in(slot, state.widget(key))
        slot.write(pair)
    else:
        whole = dict(value) if isinstance(value, Mapping) else dict(start)
        slot.write({**whole, name: state.widget(key)})


def typed_in(slot: Slot, value: object) -> object:
    """What the value is, from what its widget shows: a day as text, a share from its percentage."""
    if slot.scale != 1 and isinstance(value, (int, float)):
        return tidy(round(value / slot.scale, 6))
    return tidy(iso_day(value))


def iso_day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def day_of(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _number_of(value: object) -> float | int | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def tidy(value: object) -> object:
    """A whole number without its decimals, so that the sentence says 2 and not 2.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def one_number(
    slot: Slot, key: str, label: str, value: object, write: Callable[..., None], args: tuple, **more: object
) -> None:
    shown = _number_of(value)
    if shown is not None and slot.scale != 1:
        shown = tidy(round(shown * slot.scale, 6))
    if isinstance(more.get("step"), float) or isinstance(shown, float):
        shown = None if shown is None else float(shown)
        more = {name: float(value) for name, value in more.items() if isinstance(value, (int, float))}
        more["format"] = "%.2f" if shown is not None and not shown.is_integer() else "%.0f"
    st.number_input(
        label,
        value=shown,
        key=key,
        on_change=write,
        args=args,
        placeholder=slot.words("input.number"),
        label_visibility=HIDDEN,
        width=fitted(f"{shown or 0:.0f}", least=72, around=40),
        **more,
    )


def pair(slot: Slot, **more: object) -> None:
    value = slot.value()
    low, high = value if isinstance(value, (list, tuple)) and len(value) == 2 else (None, None)
    for rank, (part, end) in enumerate((("from", low), ("to", high))):
        key = f"{slot.key}_{part}"
        one_number(slot, key, slot.named(part), end, keep_part, (slot, key, rank, (None, None)), **more)
        if rank == 0:
            st.text(slot.words("input.and"))
