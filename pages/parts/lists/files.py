"""The file itself, made when it is asked for: Excel first, CSV beside; its making is recorded."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import streamlit as st

from pages.parts import cached, state
from segmentation.criteria.fold import fold_text
from segmentation.i18n import words
from segmentation.lists.making import ListRequest
from segmentation.workspace import Workspace

FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "xlsx": (
            "page.lists.excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "csv": ("page.lists.csv", "text/csv"),
    }
)
"""Format → the word of its button and its media type; the first is the main one."""

LONGEST_NAME = 40


def draw(asked: ListRequest, segment: str | None) -> None:
    """One button per format for this list; ``segment`` is the key of its saved segment, if it has one."""
    w, base = state.say(), cached.workspace()
    with st.container(horizontal=True):
        for place, (form, (word, mime)) in enumerate(FORMATS.items()):
            name = f"{_stem(asked)}-{base.as_of:%Y-%m-%d}.{form}"
            st.download_button(
                w(word),
                partial(made, base, replace(asked, form=form), w.language, name, segment or None),
                file_name=name,
                mime=mime,
                key=f"list_{form}",
                type="secondary" if place else "primary",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(w("page.lists.noted"))


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
