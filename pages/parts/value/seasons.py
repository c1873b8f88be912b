"""Strong and weak months of the year, over the whole months known."""

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

PICTURES = ("seasons", "seasons_table")
COLUMNS = (
    Column("month", "report.value.month"),
    Column("mean", "report.value.mean", "money"),
    Column("index", "report.value.index", "percent"),
    Column("years", "report.value.years", "integer"),
    Column("customers", "report.value.customers", "integer"),
)


def draw(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """The twelve means and their table; the marks chosen in each."""
    w, told = state.say(), report.figures
    if told["first"] is None:
        st.info(w("page.value.seasons.short"), icon=":material/hourglass_empty:")
        return {}
    rows: list[Any] = list(report.sheets["seasons"].rows)
    best, worst = (rows[int(str(told[name])) - 1] for name in ("best", "worst"))
    if best[2] is not None:
        st.markdown(
            w(
                "page.value.seasons.sentence",
                best=w(f"month.{best[0]}").capitalize() if w.language == "fr" else w(f"month.{best[0]}"),
                times=w.number(round(best[2], 1)),
                worst=w(f"month.{worst[0]}"),
                share=w.percent(worst[2], digits=0),
            )
        )
    span: Any = told
    st.caption(w("page.value.seasons.read", first=w.date(span["first"]), last=w.date(span["last"])))
    alt = w("page.value.seasons.alt")
    names = [w(f"month.{row[0]}") for row in rows]
    marks = picture(
        "seasons",
        report.charts["seasons"],
        alt=alt,
        currency=currency,
        labels=[abbreviated(row[0], w) for row in rows],
        values=[Decimal(str(row[1])).quantize(Decimal(1)) for row in rows],
        compact=True,
        notes=[
            w("page.value.seasons.note", month=name, money=w.money(row[1], currency, digits=0))
            for name, row in zip(names, rows, strict=True)
        ],
    )
    lines = [(name, *row[1:]) for name, row in zip(names, rows, strict=True)]
    keys = [str(row[0]) for row in rows]
    by_table = figures("seasons", COLUMNS, lines, keys, alt=alt, currency=currency)
    return dict(zip(PICTURES, (marks, by_table), strict=True))


def abbreviated(rank: int, w: Words) -> str:
    """A month of the year, short: « janv. »."""
    return w.month(date(2000, rank, 1)).rsplit(" ", 1)[0]


def chosen(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """Who ordered in these months of the year."""
    if "seasons" not in report.charts:
        return None
    names = {str(rank): w("page.value.seasons.name", month=w(f"month.{rank}")) for rank in range(1, 13)}
    return choice.of_marks(report.charts["seasons"], marks, names, w)
