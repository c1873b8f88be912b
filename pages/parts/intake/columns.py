"""The columns of the file: only the doubtful ones are asked about, all of them can be changed."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.intake import draft, reading, refusing, to_ask
from pages.parts.intake.reading import ORDERS
from pages.parts.intake.under_way import Draft
from pages.parts.text import escape, plain
from segmentation.criteria.fields import CanonicalField, canonical_fields
from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.choices import words_of
from segmentation.intake.masks import SIGN, is_mask
from segmentation.intake.recognise.model import ACCEPTED, ColumnGuess

OWN, OUT = "", "-"
SHOWN = 40
"""Questions drawn at once; a file with more doubts is changed through the table."""
SPEAKS = {
    "contacts": ("contacts",),
    "orders": ("orders", "contacts"),
    "order_lines": ("order_lines", "orders", "contacts"),
    "events": ("events", "contacts"),
}
"""Kind of file → whose fields its columns may hold, nearest first."""


def questions(now: Draft) -> None:
    """One card with the doubtful columns, each with its samples and the field proposed."""
    w = state.say()
    asked, dates = to_ask.doubts(now), to_ask.dates_to_ask(now)
    if not asked and not dates:
        return
    with st.container(border=True):
        st.header(w("page.import.to_check", n=len(asked) + len(dates)), anchor=False)
        st.caption(w("page.import.to_check_means"))
        for guess in asked[:SHOWN]:
            _ask(now, guess)
        if len(asked) > SHOWN:
            st.caption(w("page.import.more_to_check", n=len(asked) - SHOWN))
        for guess in dates:
            _ask_date(now, guess)


def everything(now: Draft) -> None:
    """Every column as it was understood, folded, and one place to change any of them."""
    w = state.say()
    assert now.recognition is not None
    guesses = now.recognition.columns
    sure = sum(guess.accepted and guess.field is not None for guess in guesses)
    label = w("page.import.all_columns", n=len(guesses))
    if sure:
        label += ", " + w("page.import.sure_columns", n=sure)
    with st.expander(label, key=f"all_columns_{now.turn}"):
        st.dataframe(
            [_row(now, guess) for guess in guesses],
            hide_index=True,
            height="content" if len(guesses) < 12 else 420,
        )
        for guess in guesses:
            if guess.inverted and to_ask.column_field(now, guess) == guess.qualified:
                st.caption(w("page.import.inverted", column=escape(guess.header), yes=_yes(guess)))
        left, right = st.columns(2)
        with left:
            index = st.selectbox(
                w("page.import.change_column"),
                range(len(guesses)),
                index=None,
                format_func=lambda at: plain(guesses[at].header),
                placeholder=w("page.import.choose_column"),
                key=f"change_{now.turn}",
            )
        if index is not None:
            with right:
                _select(now, guesses[index], w("page.import.holds"), place="any")
            reading.choices(now, guesses[index])


def field_name(qualified: str | None) -> str:
    """What a column holds, in words: « E-mail », « votre propre champ », « laissée de côté »."""
    w = state.say()
    if qualified in (None, OWN):
        return w("page.import.own_field")
    if qualified == OUT:
        return w("page.import.left_out")
    if is_mask(qualified):
        return w(f"page.import.masked.{str(qualified).removeprefix(SIGN)}")
    entity, key = str(qualified).split(".", 1)
    name = w(f"field.{key}")
    return name if entity == "contacts" else w(f"page.import.of.{entity}", field=name)


def column_name(field: str) -> str:
    """A canonical field in words; a column of the file by its own header, whatever it is made of."""
    entity, _, key = field.partition(".")
    known = any(one.key == key for one in canonical_fields().get(entity, ()))
    return field_name(field) if known else field


def _ask(now: Draft, guess: ColumnGuess) -> None:
    w = state.say()
    left, right = st.columns(2, vertical_alignment="center")
    with left, st.container(gap=None):
        st.markdown(f"**{escape(guess.header)}**")
        st.caption(_samples(guess))
    with right:
        _select(now, guess, w("page.import.column_holds", column=escape(guess.header)), place="ask")
    if guess.inverted:
        st.caption(w("page.import.inverted", column=escape(guess.header), yes=_yes(guess)))
    if guess.sensitive:
        st.caption(w("page.import.sensitive", what=w(f"sensitive.{guess.sensitive}")))
    refusing.beside(now, guess)


def _samples(guess: ColumnGuess) -> str:
    return " · ".join(escape(sample, longest=40) for sample in guess.samples) or state.say()(
        "page.import.no_value"
    )


def _yes(guess: ColumnGuess) -> str:
    """How the column writes a yes: « x », « 1 », else « oui »."""
    words = words_of("boolean")["true"]
    found = next((sample for sample in guess.samples if fold_text(sample) in words), None)
    return escape(found, longest=20) if found else state.say()("value.yes")


def _select(now: Draft, guess: ColumnGuess, label: str, *, place: str) -> None:
    held = to_ask.column_field(now, guess) or OWN
    options = _options(now, guess)
    if held not in options:
        options = [held, *options]
    key = f"field_{place}_{now.turn}_{guess.index}_{held}"
    st.selectbox(
        label,
        options,
        index=options.index(held),
        format_func=field_name,
        key=key,
        label_visibility="collapsed" if place == "ask" else "visible",
        on_change=lambda: draft.decide(now, guess.index, str(state.widget(key)) or None),
    )


def _options(now: Draft, guess: ColumnGuess) -> list[str]:
    """The likely fields, the two ways out, then every field this kind of file may hold."""
    assert now.recognition is not None
    likely = [f"{entity}.{key}" for entity, key, _ in guess.candidates]
    likely += [OUT, guess.mask, OWN] if guess.sensitive else []
    every = [f"{field.entity}.{field.key}" for field in _fields(now.recognition.kind)]
    return list(dict.fromkeys([*likely, OWN, OUT, *every]))


def _fields(kind: str) -> list[CanonicalField]:
    return [field for entity in SPEAKS[kind] for field in canonical_fields()[entity]]


def _ask_date(now: Draft, guess: ColumnGuess) -> None:
    w = state.say()
    left, right = st.columns(2, vertical_alignment="center")
    with left, st.container(gap=None):
        st.markdown(f"**{escape(guess.header)}**")
        st.caption(_samples(guess))
    with right:
        held = now.date_orders.get(guess.index, guess.date_format or ORDERS[0])
        key = f"date_{now.turn}_{guess.index}_{held}"

        def answered() -> None:
            now.date_orders[guess.index] = str(state.widget(key))
            draft.stale(now)

        st.radio(
            w("page.import.date_order", column=escape(guess.header)),
            ORDERS,
            index=ORDERS.index(held),
            format_func=lambda code: w(f"page.import.date_order.{code}"),
            horizontal=True,
            key=key,
            on_change=answered,
            label_visibility="collapsed",
        )


def _row(now: Draft, guess: ColumnGuess) -> dict[str, str]:
    w = state.say()
    held = to_ask.column_field(now, guess)
    if held in (None, OUT) or is_mask(held):
        sure = w("page.import.certainty.own")
    else:
        certain = guess.certainty >= ACCEPTED or guess.index in now.fields
        sure = w("page.import.certainty.sure" if certain else "page.import.certainty.check")
    return {
        w("page.import.table.column"): plain(guess.header),
        w("page.import.table.field"): field_name(held),
        w("page.import.table.certainty"): sure,
        w("page.import.table.samples"): plain("  ·  ".join(guess.samples)),
    }
