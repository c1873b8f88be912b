"""Model files to fill in: the columns that Carnet understands at once, with one invented row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import streamlit as st

from pages.parts import state
from segmentation.i18n import Words, words

COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "contacts": (
            ("first_name", "Camille"),
            ("last_name", "Martin"),
            ("email", "camille.martin@example.com"),
            ("mobile", "06 39 98 00 01"),
            ("postal_code", "69003"),
            ("city", "Lyon"),
            ("birth_date", "14/07/1985"),
        ),
        "orders": (
            ("order_id", "1001"),
            ("order_date", "21/11/2026"),
            ("email", "camille.martin@example.com"),
            ("amount_total", "42,50"),
        ),
        "order_lines": (
            ("order_id", "1001"),
            ("order_date", "21/11/2026"),
            ("email", "camille.martin@example.com"),
            ("product_name", "Thé vert 100 g"),
            ("quantity", "2"),
            ("unit_price", "8,90"),
        ),
        "events": (
            ("event_date", "21/11/2026 10:30"),
            ("email", "camille.martin@example.com"),
            ("event_type", "email_open"),
            ("campaign", "Lettre de novembre"),
        ),
    }
)
"""Kind of file → its columns in order: canonical field and the value of the example row."""


def downloads() -> None:
    """One button per model."""
    w = state.say()
    st.markdown(w("page.import.templates"))
    with st.container(horizontal=True):
        for kind in COLUMNS:
            download(kind)


def download(kind: str) -> None:
    """The button that gives one model."""
    w = state.say()
    st.download_button(
        w(f"page.import.template.{kind}"),
        data=partial(model, kind, w.language),
        file_name=w(f"page.import.template.{kind}.file"),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"template_{kind}",
    )


def model(kind: str, language: str) -> bytes:
    """The model of ``kind`` as the language's spreadsheets open it: ``;`` in French, ``,`` elsewhere."""
    w: Words = words(language)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";" if language == "fr" else ",")
    rows.writerow(w(f"field.{key}") for key, _ in COLUMNS[kind])
    rows.writerow(value for _, value in COLUMNS[kind])
    return text.getvalue().encode("utf-8-sig")
