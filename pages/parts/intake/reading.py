"""How the values of one column are read: the type of one’s own field, day or month first, comma or point."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence

import streamlit as st

from pages.parts import cached, state
from pages.parts.intake import draft, to_ask
from pages.parts.intake.under_way import Draft
from segmentation.criteria.fields import canonical_fields
from segmentation.intake.masks import is_mask
from segmentation.intake.recognise.model import LEFT_OUT, ColumnGuess
from segmentation.store.user_columns import read_user_columns

OWN_TYPES = ("text", "number", "date", "boolean", "list")
ORDERS = ("dmy", "mdy")
MARKS: Mapping[str, str] = {",": "comma", ".": "point"}
_DATED = frozenset({"date", "datetime"})
_FIGURES = frozenset({"integer", "number", "money", "percent"})


def choices(now: Draft, guess: ColumnGuess) -> None:
    """What can still be decided about a column, beside the field it holds; nothing when nothing can."""
    held = to_ask.column_field(now, guess)
    if held == LEFT_OUT or is_mask(held):
        return
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        kind = _own_type(now, guess) if not held else _type_of(held)
    with right:
        if kind in _DATED:
            found = guess.date_format if guess.date_format in ORDERS else ORDERS[0]
            _choice(now, guess, "date_mark", ORDERS, now.date_orders, found)
        elif kind in _FIGURES:
            _choice(now, guess, "decimal", tuple(MARKS), now.decimals, guess.decimal or ".")


def _own_type(now: Draft, guess: ColumnGuess) -> str:
    """The type of a field of one’s own; the base keeps the one it gave that header at an earlier import."""
    assert now.recognition is not None
    kept = {
        column.header: column.type
        for column in read_user_columns(cached.workspace().database, now.recognition.kind)
    }
    if guess.header in kept:
        st.caption(state.say()("page.import.own_type_kept", type=_named("own_type", kept[guess.header])))
        return kept[guess.header]
    return _choice(now, guess, "own_type", OWN_TYPES, now.own_types, guess.own_type)


def _type_of(qualified: str) -> str:
    entity, _, key = qualified.partition(".")
    return next((field.type for field in canonical_fields()[entity] if field.key == key), "text")


def _choice(
    now: Draft,
    guess: ColumnGuess,
    name: str,
    options: Sequence[str],
    answers: MutableMapping[int, str],
    found: str,
) -> str:
    """A select box on what was found or answered; an answer is kept, and the preview worked out again."""
    w, held = state.say(), answers.get(guess.index, found)
    key = f"{name}_{now.turn}_{guess.index}_{held}"

    def answered() -> None:
        answers[guess.index] = str(state.widget(key))
        draft.stale(now)

    st.selectbox(
        w(f"page.import.{name}"),
        options,
        index=options.index(held),
        format_func=lambda code: _named(name, code),
        key=key,
        on_change=answered,
        help=w(f"page.import.{name}.means"),
    )
    return held


def _named(name: str, code: str) -> str:
    return state.say()(f"page.import.{name}.{MARKS.get(code, code)}")
