"""The four figures of the base, each with what it is compared to and its last twelve months."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, state
from segmentation.results import Report

FIGURES = ("contacts", "reachable_email", "active_customers", "revenue")
WITHOUT_SALES = ("contacts", "reachable_email", "reachable_sms", "reachable_post")
"""What a base without purchases can tell instead of nothing."""
OF_BASE = frozenset(name for name in WITHOUT_SALES if name != "contacts")
"""Figures told as a share of the base."""


def draw(report: Report) -> None:
    """Draw them; a figure that the data cannot give says so."""
    w = state.say()
    sold = report.figures["orders"] or report.figures["active_customers"]
    names = FIGURES if sold else WITHOUT_SALES
    for column, name in zip(st.columns(len(names)), names, strict=True):
        value = report.figures.get(name)
        change, beside = _context(name, report)
        with column:
            st.metric(
                w(f"page.home.figure.{name}"),
                _written(name, value),
                delta=change,
                delta_description=beside,
                delta_color="off" if name in OF_BASE else "normal",
                delta_arrow="off" if name in OF_BASE else "auto",
                chart_data=_line(name, report),
                chart_type="bar" if name == "revenue" else "area",
                help=w(f"page.home.figure.{name}.means"),
                border=True,
                height="stretch",
            )


def _line(name: str, report: Report) -> list[float] | None:
    """Its twelve months; None when nothing moved, which no line says better than the figure."""
    chart = report.charts.get(name)
    values = chart.data["values"] if chart is not None else None
    line = [float(str(value)) for value in values] if isinstance(values, list) else []
    return line if len(set(line)) > 1 else None


def _context(name: str, report: Report) -> tuple[str | None, str | None]:
    """What a figure is compared to: the base for a share of it, itself a year before for the others."""
    w, figures = state.say(), report.figures
    value, contacts = figures.get(name), figures.get("contacts")
    if value is None or not contacts:
        return None, None
    if name in OF_BASE:
        return w.percent(float(str(value)) / float(str(contacts)), digits=0), w("page.home.of_base")
    if name == "revenue" and not figures["history"]:
        return None, None
    if name == "revenue":
        return _change(float(str(value)), float(str(figures["revenue_before"])), "page.home.on_year_before")
    before = figures.get(f"{name}_before")
    return _change(float(str(value)), float(str(before or 0)), "page.home.in_a_year")


def _change(now: float, before: float, words: str) -> tuple[str | None, str | None]:
    """« +30 % » and since when; nothing when nothing moved or was. Streamlit looks for an ASCII minus."""
    w = state.say()
    change = now / before - 1 if before > 0 else 0.0
    if not round(change, 2):
        return None, None
    sign = "-" if round(change, 2) < 0 else "+"
    return sign + w.percent(abs(change), digits=0), w(words)


def _written(name: str, value: object) -> str:
    w = state.say()
    if value is None:
        return "–"
    if name == "revenue":
        return w.money(value, cached.workspace().settings.currency, digits=0)
    return w.number(value, digits=0)
