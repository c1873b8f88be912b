"""How much rests on how few customers, and what the same customers buy."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import state
from pages.parts.text import escape, plain
from pages.parts.value import choice
from pages.parts.value.picture import figures, picture
from segmentation.i18n import Words
from segmentation.results import Column, Report

TOPS = ("tops", "tops_table")
PAIRS = ("pairs", "pairs_table")
SAID = 20
"""The share of customers, in per cent, that the sentence is about."""
TOP_COLUMNS = (
    Column("top", "report.value.first_percent"),
    Column("customers", "report.value.customers", "integer"),
    Column("least", "report.value.least", "money"),
    Column("revenue", "report.value.revenue", "money"),
    Column("share", "report.value.revenue_share", "percent"),
)
PAIR_COLUMNS = (
    Column("one", "report.value.item"),
    Column("other", "report.value.other_item"),
    Column("both", "report.value.both", "integer"),
    Column("times", "report.value.times", "number"),
    Column("only_one", "report.value.only_one", "integer"),
    Column("only_other", "report.value.only_other", "integer"),
)


def draw_tops(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """The share of revenue of the first customers; the marks chosen."""
    w, told = state.say(), report.figures
    rows: list[Any] = list(report.sheets["tops"].rows)
    (said,) = [row for row in rows if row[0] == SAID]
    st.markdown(
        w(
            "page.value.tops.sentence",
            percent=w.percent(SAID / 100, digits=0),
            share=w.percent(said[4], digits=0),
            n=told["half"],
        )
    )
    names = [w("page.value.tops.first", share=w.percent(row[0] / 100, digits=0)) for row in rows]
    alt = w("page.value.tops.alt")
    notes = [
        w(
            "page.value.tops.note",
            n=row[1],
            share=w.percent(row[4]),
            money=w.money(row[3], currency, digits=0),
        )
        for row in rows
    ]
    marks = picture("tops", report.charts["tops"], alt=alt, currency=currency, labels=names, notes=notes)
    lines = [(name, *row[1:]) for name, row in zip(names, rows, strict=True)]
    by_table = figures("tops", TOP_COLUMNS, lines, [str(row[0]) for row in rows], alt=alt, currency=currency)
    return dict(zip(TOPS, (marks, by_table), strict=True))


def chosen_tops(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """The customers who spent most."""
    if "tops" not in report.charts:
        return None
    rows: list[Any] = list(report.sheets["tops"].rows)
    names = {str(row[0]): w("page.value.tops.name", share=w.percent(row[0] / 100, digits=0)) for row in rows}
    return choice.of_marks(report.charts["tops"], marks, names, w)


def draw_pairs(report: Report, currency: str) -> dict[str, tuple[str, ...]]:
    """What is bought by the same customers; the marks chosen."""
    w = state.say()
    rows: list[Any] = list(report.sheets["pairs"].rows if "pairs" in report.sheets else ())
    if not rows:
        words = "page.value.pairs.none" if report.figures["field"] else "page.value.pairs.no_lines"
        st.info(w(words), icon=":material/shopping_basket:")
        return {}
    best = rows[0]
    st.markdown(
        w(
            "page.value.pairs.sentence",
            one=escape(best[0]),
            other=escape(best[1]),
            times=w.number(round(best[3], 1)),
            n=best[2],
        )
    )
    alt = w("page.value.pairs.alt")
    notes = [w("page.value.pairs.note", n=row[2], times=w.number(round(row[3], 1))) for row in rows]
    marks = picture(
        "pairs",
        report.charts["pairs"],
        alt=alt,
        currency=currency,
        labels=[w("page.value.pairs.label", one=plain(row[0]), other=plain(row[1])) for row in rows],
        notes=notes,
        texts=[
            w("page.value.pairs.text", n=w.number(row[2]), times=w.number(round(row[3], 1))) for row in rows
        ],
    )
    keys = [str(place) for place in range(len(rows))]
    lines = [(*row[:3], round(row[3], 2), *row[4:]) for row in rows]
    by_table = figures("pairs", PAIR_COLUMNS, lines, keys, alt=alt, currency=currency)
    return dict(zip(PAIRS, (marks, by_table), strict=True))


def chosen_pairs(report: Report, marks: tuple[str, ...], w: Words) -> choice.Chosen | None:
    """Who bought both, or, beside, the one without the other."""
    if "pairs" not in report.charts:
        return None
    rows: list[Any] = list(report.sheets["pairs"].rows)
    names: dict[str, str] = {}
    for place, (one, other, *_) in enumerate(rows):
        names[f"{place}"] = w("page.value.pairs.label", one=plain(one), other=plain(other))
        names[f"{place}>"] = w("page.value.pairs.without", one=plain(one), other=plain(other))
        names[f"{place}<"] = w("page.value.pairs.without", one=plain(other), other=plain(one))
    found = choice.of_marks(report.charts["pairs"], marks, names, w)
    if found is None or len(marks) != 1 or not marks[0].isdecimal():
        return found
    row, beside = rows[int(marks[0])], (f"{marks[0]}>", f"{marks[0]}<")
    others = [
        (mark, w("page.value.pairs.other", name=names[mark], n=count))
        for mark, count in zip(beside, row[4:6], strict=True)
        if count
    ]
    return choice.Chosen(found.name, found.criterion, others)
