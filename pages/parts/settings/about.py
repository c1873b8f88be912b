"""About: the version, the libraries and the open data, with who made them and under which licence."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.table import table
from segmentation.reference.credits import OPEN_DATA, PUBLIC, libraries, version
from segmentation.results import Column, Sheet

SITE = "MIT"
"""The licence of Carnet itself."""


def draw() -> None:
    """Version, then open data, then libraries."""
    w = state.say()
    st.markdown(w("page.settings.version", version=version(), licence=SITE))
    st.header(w("page.settings.sources"), anchor=False)
    st.caption(w("page.settings.sources_help"))
    rows = [
        (
            w(f"source.{one.code}"),
            one.owner,
            w("source.licence.public") if one.licence == PUBLIC else one.licence,
            one.period or None,
            one.packages,
        )
        for one in OPEN_DATA
    ]
    names = ("what", "owner", "licence", "period", "packages")
    columns = tuple(Column(name, f"page.settings.source.{name}") for name in names)
    table(
        Sheet("sources", columns, rows),
        w,
        key="settings_sources",
        alt=w("page.settings.sources"),
        widths={"what": 190, "owner": 180, "packages": 300},
    )
    st.header(w("page.settings.libraries"), anchor=False)
    made = [(one.name, one.version, one.licence) for one in libraries()]
    names = ("name", "version", "licence")
    columns = tuple(Column(name, f"page.settings.library.{name}") for name in names)
    table(Sheet("libraries", columns, made), w, key="settings_libraries", alt=w("page.settings.libraries"))
