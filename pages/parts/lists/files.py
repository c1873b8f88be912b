"""The file itself, made when it is asked for: Excel first, then the tool one sends with; each is recorded."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.parts import cached, state
from pages.parts.ink import inked
from segmentation.criteria.fold import fold_text
from segmentation.i18n import words
from segmentation.lists.formats import FORMATS, ListFormat
from segmentation.lists.making import ListRequest
from segmentation.workspace import Workspace

FOR_ALL = ("xlsx", "csv")
"""Formats always offered, the first as the main button; the others are for one tool each."""

LONGEST_NAME = 40
TOOL = "list_tool"
"""The setting that remembers the tool one sends with."""


def draw(asked: ListRequest, segment: str | None) -> None:
    """One button per format for this list; ``segment`` is the key of its saved segment, if it has one."""
    w = state.say()
    served = [form for form in FORMATS if asked.channel in form.channels]
    tools = [form for form in served if form.code not in FOR_ALL]
    chosen = tool(asked.channel)
    with st.container(horizontal=True):
        for form in served:
            if form.code in FOR_ALL or form.code == chosen:
                _button(form, asked, segment, main=form is served[0])
    if tools:
        _ask_tool(tools, chosen)
    st.caption(w("page.lists.noted"))


def tool(channel: str) -> str:
    """The code of the format of the tool chosen last, if it serves this channel; else ""."""
    chosen = str(cached.workspace().settings.get(TOOL, ""))
    codes = [form.code for form in FORMATS if channel in form.channels and form.code not in FOR_ALL]
    return chosen if chosen in codes else ""


def _ask_tool(tools: Sequence[ListFormat], chosen: str) -> None:
    w = state.say()
    key = f"list_tool_{w.language}_{'_'.join(form.code for form in tools)}_{chosen}"

    def kept() -> None:
        cached.workspace().set(TOOL, state.widget(key) or None)

    st.pills(
        w("page.lists.tool"),
        [form.code for form in tools],
        default=chosen or None,
        format_func=inked(lambda code: w(f"list.format.{code}")),
        key=key,
        on_change=kept,
        help=w("page.lists.tool_help"),
    )


def _button(form: ListFormat, asked: ListRequest, segment: str | None, *, main: bool) -> None:
    w, base = state.say(), cached.workspace()
    tail = "" if form.code in FOR_ALL else f"-{form.code}"
    name = f"{_stem(asked)}{tail}-{base.as_of:%Y-%m-%d}.{form.suffix}"
    tells = w("page.lists.for_tool", name=w(f"list.format.{form.code}"))
    st.download_button(
        w(f"page.lists.download_{form.code}") if form.code in FOR_ALL else tells,
        partial(made, base, replace(asked, form=form.code), w.language, name, segment or None),
        file_name=name,
        mime=form.mime,
        key=f"list_{form.code}",
        type="primary" if main else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )


def made(base: Workspace, asked: ListRequest, language: str, name: str, segment: str | None) -> bytes:
    """The bytes of the file, recorded as it is made; in a thread of its own, without a word to Streamlit."""
    out = io.BytesIO()
    try:
        base.write_list(out, asked, words(language), file_name=name, segment_key=segment)
    except Exception:
        logging.getLogger(__name__).exception("the list could not be made")
        raise
    return out.getvalue()


def _stem(asked: ListRequest) -> str:
    """A plain file name: the list's name in ASCII letters, then its channel."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in fold_text(asked.name))
    return "-".join(f"{plain[:LONGEST_NAME]} {asked.channel}".split())
