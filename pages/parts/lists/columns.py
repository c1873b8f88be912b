"""The columns of the file: the usual ones of the channel, or those chosen last for it, in their order."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.lists.wanted import TURN
from pages.parts.text import plain
from segmentation.i18n import Words


def held(channel: str) -> tuple[str, ...]:
    """The columns chosen last for this channel, those that still exist; else its usual ones."""
    return cached.workspace().list_columns(channel)


def ask(channel: str) -> None:
    """The choice, folded away; a change is kept for the lists that follow."""
    w = state.say()
    names = _names(w)
    now = held(channel)
    key = f"list_columns_{state.turn(TURN)}_{state.turn('list_columns')}_{channel}_{w.language}"

    def kept() -> None:
        chosen = state.widget(key)
        cached.workspace().choose_list_columns(channel, chosen if isinstance(chosen, list) else None)

    with st.expander(w("page.lists.columns")):
        st.multiselect(
            w("page.lists.columns_help"),
            list(names),
            default=[code for code in now if code in names],
            format_func=lambda code: names.get(code, code),
            placeholder=w("page.lists.columns_hint"),
            key=key,
            on_change=kept,
        )
        st.button(
            w("page.lists.columns_reset"),
            icon=":material/restart_alt:",
            key="list_columns_reset",
            on_click=_reset,
            args=(channel,),
        )


def _reset(channel: str) -> None:
    cached.workspace().choose_list_columns(channel, None)
    state.next_turn("list_columns")


def _names(w: Words) -> dict[str, str]:
    """Every column a list can have, by its name in the reader's words."""
    fields = cached.workspace().catalogue.fields.values()
    return {field.code: plain(field.label) if field.label else w(f"field.{field.code}") for field in fields}
