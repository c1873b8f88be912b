"""The score, the parts it is the mean of, and how each is measured."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from segmentation.reports.quality import FIELDS, MONTHS
from segmentation.results import Report

WIDTH = 150
"""Pixels of a figure: five in a row on a desk, two on a phone."""
PARTS = ("complete", "valid", "fresh", "unique")


def draw(report: Report) -> None:
    """Five figures and the formula."""
    w, figures = state.say(), report.figures
    known = [part for part in PARTS if figures[part] is not None]
    with st.container(horizontal=True):
        _figure(w("page.quality.score"), figures["score"])
        for part in PARTS:
            _figure(w(f"page.quality.part.{part}"), figures[part], how=_how(part))
    said = w.listing([w(f"page.quality.part.{part}").lower() for part in known])
    st.caption(w("page.quality.formula", parts=said, n=len(known)))
    if not figures["heard"]:
        st.caption(w("page.quality.fresh_unknown"))
    with st.expander(w("page.quality.how")):
        for part in PARTS:
            missing = "" if part in known else f" {w('page.quality.part_missing')}"
            st.markdown(f"**{w(f'page.quality.part.{part}')}** – {_how(part)}{missing}")


def _figure(label: str, value: object, *, how: str | None = None) -> None:
    said = "–"
    if isinstance(value, float):
        said = state.say().share(value)
    st.metric(label, said, help=how, border=True, width=WIDTH)


def _how(part: str) -> str:
    w = state.say()
    fields = w.listing([w(f"field.{one.code}").lower() for one in FIELDS])
    return w(f"page.quality.how_{part}", fields=fields, months=MONTHS)
