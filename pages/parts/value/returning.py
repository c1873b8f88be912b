"""Do customers come back: how long until the second order, and each cohort followed period by period."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from pages.parts import state
from pages.parts.value import choice
from pages.parts.value.picture import figures, picture
from segmentation.i18n import Words
from segmentation.results import Column, Report

SECOND = ("second", "second_table")
COHORTS = ("cohorts", "cohorts_table")
DELAYS = (
    Column("delay", "report.value.delay"),
    Column("customers", "report.value.customers", "integer"),
    Column("share", "report.value.share", "percent"),
)
CELLS = (
    Column("cohort", "report.value.cohort"),
    Column("size", "report.value.arrived", "integer"),
    Column("after", "report.value.after"),
    Column("customers", "report.value.returned", "integer"),
    Column("share", "report.value.share", "percent"),
)
ROW = 44


def draw_second(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """Customers by the delay of their second order; the marks chosen."""
    w, told = state.say(), report.figures
    if told["share"] is not None and told["median"] is not None:
        st.markdown(
            w(
                "page.value.second.sentence",
                share=w.percent(told["share"], digits=0),
                n=round(float(str(told["median"]))),
            )
        )
    rows: list[Any] = list(report.sheets["delays"].rows)
    names = [_delay(row, w) for row in rows]
    alt = w("page.value.second.alt")
    notes = [
        f"{w.number(row[3], digits=0)} · {w.percent(row[4])}" if row[4] is not None else "–" for row in rows
    ]
    marks = picture("second", report.charts["delays"], alt=alt, currency=currency, labels=names, notes=notes)
    lines = [(name, row[3], row[4]) for name, row in zip(names, rows, strict=True)]
    by_table = figures("second", DELAYS, lines, [row[0] for row in rows], alt=alt, currency=currency)
    return dict(zip(SECOND, (marks, by_table), strict=True))


def chosen_second(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """Whose second order took so long."""
    rows: list[Any] = list(report.sheets["delays"].rows)
    names = {
        row[0]: w("page.value.second.once_name")
        if row[1] is None
        else w("page.value.second.name", delay=_delay(row, w))
        for row in rows
    }
    return choice.of_marks(report.charts["delays"], marks, names, w)


def _delay(row: Any, w: Words) -> str:
    _, low, high, *_ = row
    if low is None:
        return w("page.value.second.once")
    if high is None:
        return w("page.value.second.more", n=low - 1)
    return w("page.value.second.first", n=high) if low == 0 else w("page.value.second.range", a=low, b=high)


def draw_cohorts(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """The cohorts as a grid of clickable cells and as a table; the marks chosen."""
    w, told = state.say(), report.figures
    unit = str(told["unit"])
    cells: list[Any] = list(report.sheets["cells"].rows if told["cohorts"] else ())
    if not any(cell[2] for cell in cells):
        st.info(w("page.value.cohorts.short"), icon=":material/hourglass_empty:")
        return {}
    st.markdown(w(f"page.value.cohorts.sentence.{unit}"))
    spec, alt = report.charts["cohorts"], w("page.value.cohorts.alt")
    sizes = {cell[0]: cell[1] for cell in cells}
    cohorts: list[Any] = list(spec.data["rows"])  # type: ignore[call-overload]
    grid: list[Any] = list(spec.data["values"])  # type: ignore[call-overload]
    marks = picture(
        "cohorts",
        spec,
        alt=alt,
        currency=currency,
        rows=[w("page.value.cohorts.row", period=period(one, unit, w), n=sizes[one]) for one in cohorts],
        shown=[["" if share is None else w.percent(share, digits=0) for share in row] for row in grid],
        row_height=ROW,
        column_title=f"page.value.cohorts.columns.{unit}",
    )
    lines, keys = [], []
    for cohort, size, after, customers, share in cells:
        when = w("page.value.cohorts.all") if not after else w(f"page.value.cohorts.after.{unit}", n=after)
        lines.append((period(cohort, unit, w), size, when, customers, share))
        keys.append(f"{cohort}|{after}" if after else str(cohort))
    by_table = figures("cohorts", CELLS, lines, keys, alt=alt, currency=currency)
    return dict(zip(COHORTS, (marks, by_table), strict=True))


def chosen_cohorts(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """The customers of these cells."""
    unit, names = str(report.figures["unit"]), {}
    cells: list[Any] = list(report.sheets["cells"].rows if report.figures["cohorts"] else ())
    for cohort, _, after, *_ in cells:
        said = period(cohort, unit, w)
        names[f"{cohort}|{after}" if after else str(cohort)] = (
            w(f"page.value.cohorts.name.{unit}", period=said, n=after)
            if after
            else w("page.value.cohorts.name.all", period=said)
        )
    return choice.of_marks(report.charts["cohorts"], marks, names, w) if names else None


def period(day: date, unit: str, w: Words) -> str:
    """A month or a quarter by its first day: « oct. 2026 », « T4 2026 »."""
    if unit == "month":
        return w.month(day)
    return w("page.value.quarter", rank=(day.month + 2) // 3, year=day.year)
