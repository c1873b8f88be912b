"""The refused rows of an import, given back as an Excel file with their reason."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts import cached, state
from segmentation.i18n import Words
from segmentation.intake.refused import refused_workbook
from segmentation.workspace import Workspace

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def refused_download(import_id: int, count: int, *, key: str) -> None:
    """The refused rows as an Excel file, made at the click, outside of this run."""
    w = state.say()
    st.download_button(
        w("page.import.refused_excel", n=count),
        data=partial(refused_file, cached.workspace(), import_id, w),
        file_name=w("page.import.refused_file", id=import_id),
        mime=EXCEL,
        icon=":material/download:",
        on_click="ignore",
        key=f"refused_{key}_{import_id}",
    )


def refused_file(base: Workspace, import_id: int, w: Words) -> bytes:
    """The workbook of an import's refused rows, under the headers of its file."""
    headers = next(tuple(row.mapping) for row in base.imports() if row.import_id == import_id)
    return refused_workbook(headers, base.rejects(import_id), w, import_id=import_id)
