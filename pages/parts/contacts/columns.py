"""The columns of the page of people: the usual ones that hold something, or those chosen for this base."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from pages.parts.text import plain
from segmentation.i18n import Words

SETTING = "contacts_columns"


def chosen() -> tuple[str, ...]:
    """The codes chosen, none when nobody has chosen."""
    kept = cached.workspace().settings.get(SETTING)
    return tuple(str(code) for code in kept) if isinstance(kept, list) else ()


def ask(w: Words) -> None:
    """The choice, in a popover; a change is kept."""
    names = {
        field.code: plain(field.label) if field.label else w(f"field.{field.code}")
        for field in cached.workspace().catalogue.fields.values()
    }
    now = [code for code in chosen() if code in names] or _shown()
    key = f"contacts_columns_{state.turn('contacts_columns')}_{w.language}"

    def kept() -> None:
        codes = state.widget(key)
        _keep(list(codes) if isinstance(codes, list) and codes else None)

    with st.popover(w("page.contacts.columns"), icon=":material/view_column:"):
        st.multiselect(
            w("page.contacts.columns_help"),
            list(names),
            default=now,
            format_func=lambda code: names.get(code, code),
            placeholder=w("page.contacts.columns_hint"),
            key=key,
            on_change=kept,
            width=420,
        )
        st.button(
            w("page.contacts.columns_reset"),
            icon=":material/restart_alt:",
            key="contacts_columns_reset",
            on_click=_keep,
            args=(None,),
        )


def _shown() -> list[str]:
    """The usual columns of this base, as the page shows them."""
    shown = cached.report("contacts", size=1).sheets["people"].columns[1:]
    return [column.key for column in shown]


def _keep(codes: list[str] | None) -> None:
    cached.workspace().set(SETTING, codes)
    state.next_turn("contacts_columns")
    state.next_turn("contacts_grid")
