"""The last twelve months: four figures to the day against the year before, then calendar month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.parts import state
from pages.parts.value import choice
from pages.parts.value.picture import figures, picture
from segmentation.i18n import Words
from segmentation.results import Column, Report

PICTURES = ("months", "months_table")
COLUMNS = (
    Column("month", "report.value.month"),
    Column("who", "report.value.who"),
    Column("customers", "report.value.customers", "integer"),
    Column("revenue", "report.value.revenue", "money"),
)
METRICS = ("revenue", "customers", "orders", "basket")
WIDTHS = (1.4, 1, 1, 1)
"""Revenue takes more room than counts."""


def metrics(report: Report, currency: str, *, everyone: bool) -> None:
    """Revenue, customers, orders and average basket, each with its change in a year when it is known.

    ``everyone``: the whole base, whose revenue counts orders of nobody known too, as on Home.
    """
    w, told = state.say(), report.figures
    nobody = _number(told["revenue_nobody"]) if everyone else None
    for column, name in zip(st.columns(WIDTHS), METRICS, strict=True):
        with column:
            value, before = _number(told[name]), _number(told[f"{name}_before"])
            if name == "revenue" and value is not None and nobody:
                value += nobody
                before = before and before + (_number(told["revenue_nobody_before"]) or 0)
            st.metric(
                w(f"page.value.metric.{name}"),
                _written(name, value, currency, w),
                _change(value / before - 1, w) if value and before else None,
                border=True,
            )
    words = "page.value.since_compared" if told["revenue_before"] is not None else "page.value.since"
    said = w(words, first=w.date(_day(told["first"])))
    if nobody:
        said = f"{said} {w('page.value.nobody_known', nobody=w.money(nobody, currency, digits=0))}"
    st.caption(said)


def draw(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """The stacked months and their table; the marks chosen in each."""
    w, spec = state.say(), report.charts["months"]
    rows: list[Any] = list(report.sheets["months"].rows)
    share = report.figures["fresh_share"]
    if share is not None:
        st.markdown(w("page.value.months.sentence", share=w.percent(share, digits=0)))
    alt = w("page.value.months.alt")
    marks = picture(
        "months",
        spec,
        alt=alt,
        currency=currency,
        labels=_labels(rows, unfinished=bool(report.figures["unfinished"]), w=w),
        series_words="page.value.months.",
    )
    if report.figures["unfinished"]:
        until = w.date(_day(report.figures["as_of"]))
        st.caption(w("page.value.months.unfinished", month=w.month(rows[-1][0]), date=until))
    lines = [
        (w.month(row[0]), w(f"page.value.months.{who}"), row[people], row[money])
        for row in rows
        for who, people, money in (("fresh", 4, 1), ("back", 5, 2))
    ]
    keys = [f"{who}|{row[0]}" for row in rows for who in ("fresh", "back")]
    by_table = figures("months", COLUMNS, lines, keys, alt=alt, currency=currency)
    return dict(zip(PICTURES, (marks, by_table), strict=True))


def chosen(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """The customers of these months."""
    months: list[Any] = [row[0] for row in report.sheets["months"].rows]
    names = {
        f"{who}|{month}": w(f"page.value.months.{who}_name", month=w.month(month))
        for month in months
        for who in ("fresh", "back")
    }
    return choice.of_marks(report.charts["months"], marks, names, w)


def _labels(rows: list[Any], *, unfinished: bool, w: Words) -> list[str]:
    """The months as the axis writes them; a star on the current one, that is not over."""
    labels = [short(row[0], w) for row in rows]
    return [*labels[:-1], f"{labels[-1]} *"] if unfinished and labels else labels


def short(month: date, w: Words) -> str:
    """A month as an axis writes it, with its year when it begins one."""
    name = w.month(month)
    return name if month.month == 1 else name.rsplit(" ", 1)[0]


def _written(name: str, value: Decimal | None, currency: str, w: Words) -> str:
    if value is None:
        return "–"
    if name in ("customers", "orders"):
        return w.number(value, digits=0)
    return w.money(value, currency, digits=0 if name == "revenue" else 2)


def _change(share: Decimal, w: Words) -> str:
    """The sign comes first: it is what colours the figure."""
    return w("page.value.in_a_year", change=f"{'+' if share >= 0 else '-'}{w.percent(abs(share), digits=0)}")


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
