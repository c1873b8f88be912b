"""The first people of the list, as they are in the file, to see at a glance that it is the right one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.parts import cached, state
from pages.parts.table import table
from segmentation.lists.columns import list_columns, list_rows
from segmentation.lists.waterfall import Waterfall
from segmentation.results import Column, Sheet

SHOWN = 10


def draw(found: Waterfall, codes: Sequence[str]) -> None:
    """The first ones, in the columns of the file, folded away; a country is named as the file names it."""
    w, base = state.say(), cached.workspace()
    first = found.ids[:SHOWN]
    if not len(first) or not codes:
        return
    columns = list_columns(base.catalogue, codes, w)
    mask = np.zeros(int(first[-1]) + 1, dtype=np.bool_)
    mask[first] = True
    with base.audience(mask) as session:
        rows = list(list_rows(session, base.catalogue, columns))
    headers = tuple(
        Column(one.code, one.header, "text" if one.type == "country" else one.type, literal=True)
        for one in columns
    )
    title = w("page.lists.people", n=len(rows))
    with st.expander(title):
        table(Sheet("people", headers, rows), w, key="list_people", alt=title,
              currency=base.settings.currency)  # fmt: skip
