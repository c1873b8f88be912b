"""The form to print: its fields, its agreements, whose it is and how to reach them; one page to download."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import cached, state
from segmentation.lists.paper_form import CHANNELS, FIELDS, USUAL, consent_text, mentions, paper_form

SETTING = "form"
"""What the form holds: fields, channels, contact."""


def asked() -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The fields of the form, the channels agreed to, and how to reach the owner."""
    kept = _dict(cached.workspace().settings.get(SETTING))
    fields = tuple(f for f in FIELDS if f in _texts(kept.get("fields"), USUAL))
    channels = tuple(c for c in CHANNELS if c in _texts(kept.get("channels"), ("email", "sms")))
    return fields, channels, str(kept.get("contact") or "")


def _dict(kept: object) -> dict[str, object]:
    return dict(kept) if isinstance(kept, dict) else {}


def owner() -> str:
    """Whose form it is."""
    return cached.workspace().settings.name or state.say()("form.owner")


def _texts(kept: object, usual: Sequence[str]) -> Sequence[str]:
    return [str(one) for one in kept] if isinstance(kept, list) else usual


def draw() -> None:
    """What the form asks, what it will say, and its page."""
    w, (fields, channels, contact) = state.say(), asked()
    st.markdown(w("page.collect.paper_means"))
    if not cached.workspace().settings.name:
        st.info(w("page.collect.no_name"), icon=":material/badge:")
    with st.container(border=True):
        _choose("fields", w("page.collect.fields"), FIELDS, fields, hint=w("page.collect.fields_help"))
        _choose("channels", w("page.collect.channels"), CHANNELS, channels)
        key = state.of_base("collect_contact")
        st.text_input(
            w("page.collect.contact"),
            value=contact,
            max_chars=120,
            placeholder=w("page.collect.contact_hint"),
            key=key,
            on_change=lambda: _keep("contact", state.widget(key)),
        )
    with st.container(border=True):
        st.header(w("page.collect.says"), anchor=False)
        for channel in channels:
            st.text(f"☐ {consent_text(channel, w, owner=owner())}")
        st.caption(w("page.collect.mentions"))
        st.text(mentions(w, owner=owner(), contact=contact))
    st.download_button(
        w("page.collect.download"),
        data=paper_form(fields, w, owner=owner(), contact=contact, channels=channels),
        file_name=w("page.collect.file", date=date.today().isoformat()),
        mime="text/html",
        icon=":material/print:",
        type="primary",
        on_click="ignore",
        key="collect_download",
    )
    st.caption(w("page.collect.print"))


def _choose(
    name: str, label: str, offered: Sequence[str], chosen: Sequence[str], *, hint: str | None = None
) -> None:
    """Several of what the form offers, kept as they are chosen; ``name`` is ``fields`` or ``channels``."""
    w, key = state.say(), state.of_base(f"collect_{name}")
    st.multiselect(
        label,
        offered,
        default=list(chosen),
        format_func=lambda code: w(f"{name.removesuffix('s')}.{code}"),
        key=key,
        on_change=lambda: _keep(name, state.widget(key)),
        help=hint,
    )


def _keep(name: str, value: object) -> None:
    fields, channels, contact = asked()
    kept = {"fields": list(fields), "channels": list(channels), "contact": contact}
    cached.workspace().change(SETTING, lambda held: {**kept, **_dict(held), name: value})
