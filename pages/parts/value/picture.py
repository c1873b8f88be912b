"""One picture of the value screen and its table below, for the keyboard: both give the marks chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.charts import chart
from pages.parts.table import table
from pages.parts.value.choice import NAME
from segmentation.results import ChartSpec, Column, Sheet, Value

BY_TABLE = "_table"
"""The end of the name of a picture's table."""


def picture(name: str, spec: ChartSpec, *, alt: str, currency: str, **data: Value) -> tuple[str, ...]:
    """Draw ``spec`` with some of its data replaced by words; the marks chosen."""
    return chart(
        replace(spec, data={**spec.data, **data}),
        state.say(),
        key=one_choice.key(NAME, name),
        alt=alt,
        currency=currency,
        select=True,
    )


def figures(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    marks: Sequence[str],
    *,
    alt: str,
    currency: str,
) -> tuple[str, ...]:
    """The same numbers as a folded table; the marks of the rows chosen."""
    w = state.say()
    with st.expander(w("page.value.in_figures")):
        places = table(
            Sheet(name, tuple(columns), rows),
            w,
            key=one_choice.key(NAME, name + BY_TABLE),
            alt=alt,
            currency=currency,
            select=True,
        )
    return tuple(marks[place] for place in places if place < len(marks))
