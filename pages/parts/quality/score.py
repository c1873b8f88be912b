"""The score, the parts it is the mean of, and how each is measured."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from segmentation.reports.quality import FIELDS, MONTHS
from segmentation.results import Report

PARTS = ("complete", "valid", "fresh", "unique")


def draw(report: Report) -> None:
    """Five figures and the formula."""
    w, figures = state.say(), report.figures
    whole, *places = st.columns(5)
    known = [part for part in PARTS if figures[part] is not None]
    with whole.container(border=True):
        st.metric(w("page.quality.score"), w.percent(figures["score"] or 0, digits=0))
    for place, part in zip(places, PARTS, strict=True):
        value = figures[part]
        with place.container(border=True):
            st.metric(
                w(f"page.quality.part.{part}"),
                w.percent(value, digits=0 if value == 1 else 1) if isinstance(value, float) else "–",
                help=_how(part),
            )
    said = w.listing([w(f"page.quality.part.{part}").lower() for part in known])
    st.caption(w("page.quality.formula", parts=said, n=len(known)))
    with st.expander(w("page.quality.how"), icon=":material/calculate:"):
        for part in PARTS:
            missing = "" if part in known else f" {w('page.quality.part_missing')}"
            st.markdown(f"**{w(f'page.quality.part.{part}')}** – {_how(part)}{missing}")


def _how(part: str) -> str:
    w = state.say()
    fields = w.listing([w(f"field.{one.code}").lower() for one in FIELDS])
    return w(f"page.quality.how_{part}", fields=fields, months=MONTHS)
