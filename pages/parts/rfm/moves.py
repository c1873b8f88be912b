"""Who changed group since: three sentences, the largest moves as bars, all of them as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.parts import cached, one_choice, state
from pages.parts.charts import chart
from pages.parts.charts.palette import current
from pages.parts.chosen import see
from pages.parts.ink import inked
from pages.parts.rfm.choice import PICTURES, Chosen, either
from pages.parts.rfm.reading import Json
from pages.parts.table import table
from segmentation.i18n import Words
from segmentation.reports.rfm_migration import TALES
from segmentation.results import ChartSpec, Column, Report, Sheet
from segmentation.traits import PAST

CHART, TABLE, TALE = "moves", "moves_table", "tale"
"""Where moves are chosen: the bars, the table, a sentence's button."""
COLUMNS = (
    Column("before", "report.rfm_migration.before"),
    Column("after", "report.rfm_migration.after"),
    Column("customers", "page.rfm.column.customers", "integer"),
    Column("revenue", "page.rfm.column.revenue", "money"),
)


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves between two days: (key, group before, group now, customers, revenue), largest first."""

    before: date
    as_of: date
    months: int
    stayed: int
    moved: int
    tales: Mapping[str, tuple[int, Json]]
    flows: Sequence[tuple[str, str, str, int, Decimal]]
    picture: ChartSpec


def read(report: Report) -> Moves:
    """The report of ``segmentation.reports.rfm_migration`` in this form."""
    figures: Mapping[str, Any] = report.figures
    rows: Sequence[Any] = report.sheets["flows"].rows
    return Moves(
        figures["before"],
        figures["as_of"],
        figures["months"],
        figures["stayed"],
        figures["moved"],
        {tale: (figures[tale], figures[f"{tale}_criterion"]) for tale in TALES},
        rows,
        report.charts["flows"],
    )


def draw(whom: str, currency: str, *, silent: int) -> tuple[Moves, dict[str, tuple[str, ...]]]:
    """The moves of the span chosen, and the keys of those clicked in the bars and in the table.

    ``silent``: the days without an order from which a customer is drifting away.
    """
    w = state.say()
    seen = read(cached.report("rfm_migration", whom, months=_months(w)))
    said = {"before": w.date(seen.before), "date": w.date(seen.as_of)}
    st.markdown(w("page.rfm.moves.sentence", n=seen.moved, stayed=w.number(seen.stayed), **said))
    if not seen.moved:
        return seen, {}
    _tales(seen, silent, w)
    st.caption(w("page.rfm.moves.largest"))
    alt = w("page.rfm.moves.alt", n=len(seen.flows))
    bars = chart(seen.picture, w, key=one_choice.key("rfm", CHART), alt=alt, currency=currency, select=True)
    with st.expander(w("page.rfm.moves.all")):
        rows = [(w(f"rfm.{one}"), w(f"rfm.{two}"), count, money) for _, one, two, count, money in seen.flows]
        look = current()
        places = table(
            Sheet("moves", COLUMNS, rows),
            w,
            key=one_choice.key("rfm", TABLE),
            alt=alt,
            currency=currency,
            select=True,
            inks=[look.of(flow[1]) for flow in seen.flows],
        )
    return seen, {CHART: bars, TABLE: tuple(seen.flows[place][0] for place in places)}


def chosen(seen: Moves, source: str, marks: Sequence[str], w: Words) -> Chosen | None:
    """The customers of some moves, or of a sentence."""
    if source == TALE:
        count, criterion = seen.tales[marks[0]]
        return Chosen(w(f"page.rfm.moves.{marks[0]}_name"), count, Decimal(0), criterion)
    flows = [flow for flow in seen.flows if flow[0] in marks]
    if not flows:
        return None
    names = [
        w("page.rfm.moves.name", before=w(f"rfm.{one}"), after=w(f"rfm.{two}")) for _, one, two, *_ in flows
    ]
    return Chosen(
        names[0] if len(names) == 1 else w("page.rfm.moves.several", n=len(names)),
        sum(flow[3] for flow in flows),
        sum((flow[4] for flow in flows), Decimal(0)),
        either([_criterion(seen, flow[0]) for flow in flows]),
        w("page.rfm.moves.between", before=w.date(seen.before), date=w.date(seen.as_of)),
    )


def _criterion(seen: Moves, key: str) -> Json:
    found = seen.picture.criteria[key]
    return found if isinstance(found, Mapping) else {}


def _months(w: Words) -> int:
    spans, held = list(PAST.values()), state.get("rfm.months", 3)
    key = f"rfm_months_{w.language}"
    st.segmented_control(
        w("page.rfm.moves.since"),
        spans,
        default=held,
        required=True,
        format_func=inked(lambda months: w("page.rfm.moves.months", n=months)),
        key=key,
        on_change=lambda: state.put("rfm.months", state.widget(key) or held),
    )
    return held if isinstance(held, int) and held in spans else spans[0]


def _tales(seen: Moves, silent: int, w: Words) -> None:
    told = [(tale, count) for tale, (count, _) in seen.tales.items() if count]
    for column, (tale, count) in zip(st.columns(len(told) or 1), told, strict=False):
        with column, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(w(f"page.rfm.moves.{tale}", n=count, days=w.number(silent)))
            if see(f"rfm_tale_{tale}"):
                one_choice.pick("rfm", TALE, (tale,), instead_of=PICTURES)
