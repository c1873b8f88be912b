"""The figures behind the score: field by field, source by source, import by import."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.charts import chart
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.results import ChartSpec, Report, Sheet, Value


def draw(report: Report) -> None:
    """Three tables, and the line of the trend once there are two imports."""
    w = state.say()
    fields: list[tuple[Value, ...]] = [
        (w(f"field.{row[0]}"), *row[1:]) for row in report.sheets["fields"].rows
    ]
    st.header(w("page.quality.by_field"), anchor=False)
    table(
        Sheet("fields", report.sheets["fields"].columns, fields),
        w,
        key="quality_fields",
        alt=w("page.quality.table_alt"),
    )
    sources = [(plain(row[0]), *row[1:]) for row in report.sheets["sources"].rows]
    if sources:
        st.header(w("page.quality.by_source"), anchor=False)
        table(
            Sheet("sources", report.sheets["sources"].columns, sources),
            w,
            key="quality_sources",
            alt=w("page.quality.table_alt"),
        )
    _trend(report)


def _trend(report: Report) -> None:
    w, sheet = state.say(), report.sheets["trend"]
    if not sheet.rows:
        return
    st.header(w("page.quality.trend"), anchor=False)
    st.caption(w("page.quality.trend_help"))
    rows = [
        (at, plain(w(f"kind.{name}") if name in ("edit", "merge") else name), *rest)
        for _, at, name, *rest in sheet.rows
    ]
    if len(rows) > 1:
        data: dict[str, Value] = {
            "labels": [f"{row[1]} · {w.date(row[0])}" for row in rows],
            "keys": [str(place) for place in range(len(rows))],
            "values": [row[3] for row in rows],
            "unit": "percent",
        }
        chart(ChartSpec("bars", data), w, key="quality_trend", alt=w("page.quality.trend_help"))
    table(Sheet("trend", sheet.columns[1:], rows), w, key="quality_imports", alt=w("page.quality.table_alt"))
