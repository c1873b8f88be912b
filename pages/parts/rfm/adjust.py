"""The limits of RFM under the hand: typed, tried with the sizes they would give, then kept or let go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from pages.parts import cached, state
from pages.parts.charts.palette import current
from pages.parts.problem import sentence, show
from pages.parts.rfm.reading import Loyalty
from pages.parts.table import table
from segmentation.errors import CarnetError, InputError
from segmentation.i18n import Words
from segmentation.predictive.rfm import Cuts
from segmentation.predictive.rfm_codec import options_from_json, options_to_json
from segmentation.predictive.rfm_limits import Options, typed
from segmentation.results import Column, Report, Sheet

COLUMNS = (
    Column("group", "page.rfm.column.group"),
    Column("now", "report.rfm_trial.now", "integer"),
    Column("then", "report.rfm_trial.then", "integer"),
    Column("change", "report.rfm_trial.change"),
)
_TURN = "rfm.limits"


@dataclass(frozen=True, slots=True)
class Typed:
    """The limits in the boxes now."""

    days: tuple[int, ...]
    orders: tuple[int, ...]
    amounts: tuple[Decimal, ...]

    def same_as(self, cuts: Cuts) -> bool:
        """Whether nothing has been moved."""
        return (self.days, self.orders, self.amounts) == (cuts.days, cuts.orders, cuts.amounts)


def boxes(cuts: Cuts, measure: str, w: Words) -> tuple[int | Decimal, ...]:
    """One box per limit of a measure (days, orders, amounts); what they hold."""
    limits = getattr(cuts, measure)
    whole = all(limit == int(limit) for limit in limits)
    held: list[int | Decimal] = []
    if not limits:
        return ()
    with st.container(horizontal=True):
        for place, limit in enumerate(limits):
            value = st.number_input(
                w(f"page.rfm.limit.{measure}", level=_level(cuts, measure, place)),
                value=int(limit) if whole else float(limit),
                step=1 if whole else 0.01,
                format="%d" if whole else "%.2f",
                key=f"rfm_limit_{measure}_{place}_{state.turn(_TURN)}",
                width=190,
            )
            held.append(Decimal(str(value)) if measure == "amounts" else int(value))
    return tuple(held)


def _level(cuts: Cuts, measure: str, place: int) -> int:
    """The score that a limit, by its place, is the upper end of."""
    if measure == "days":
        return 5 - place
    return 1 + place * (cuts.money_step if measure == "amounts" else 1)


def trial(cuts: Cuts, held: Typed) -> Report | None:
    """What the limits in the boxes would do; None, and a sentence, when they do not rise."""
    try:
        typed(Options(), days=held.days, orders=held.orders, amounts=held.amounts)
    except InputError as problem:
        st.warning(sentence(problem), icon=":material/straighten:")
        return None
    return cached.report(
        "rfm_trial",
        days=held.days,
        orders=held.orders,
        amounts=held.amounts,
        window_months=cuts.window_months,
        combine_fm=cuts.combine_fm,
    )


def verdict(report: Report, held: Typed) -> None:
    """The new sizes beside those of today, and the two buttons."""
    w, look = state.say(), current()
    changed = report.figures["changed"]
    with st.container(border=True, key="rfm_trial"):
        st.markdown(w("page.rfm.trial", n=changed))
        rows = [
            (w(f"rfm.{key}"), now, then, _signed(int(str(change)), w))
            for key, now, then, change in report.sheets["groups"].rows
        ]
        table(
            Sheet("trial", COLUMNS, rows),
            w,
            key="rfm_trial_table",
            alt=w("page.rfm.trial_alt"),
            inks=[look.of(row[0]) for row in report.sheets["groups"].rows],
            widths={"group": 150, "now": 110, "then": 130, "change": 110},
        )
        with st.container(horizontal=True):
            if st.button(w("page.rfm.trial_keep"), key="rfm_limits_keep", icon=":material/check:"):
                keep(held)
            if st.button(w("page.rfm.trial_drop"), key="rfm_limits_drop", type="tertiary"):
                state.next_turn(_TURN)
                st.rerun()


def by_hand() -> bool:
    """Whether the limits in use were typed by a person."""
    return options_from_json(cached.workspace().settings.rfm_options).days is not None


def back(w: Words) -> None:
    """The way back to the limits calculated from today's customers, when those in use were typed."""
    if not by_hand():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(w("page.rfm.by_hand"), width="content")
        if st.button(w("page.rfm.calculated"), key="rfm_limits_reset", icon=":material/restart_alt:"):
            keep(None)


def keep(held: Typed | None) -> None:
    """Keep the limits typed, or (None) calculate them again."""
    base = cached.workspace()
    options = options_from_json(base.settings.rfm_options)
    try:
        asked = (
            typed(options, days=held.days, orders=held.orders, amounts=held.amounts)
            if held
            else typed(options)
        )
        base.set("rfm_options", options_to_json(asked))
        base.recalibrate()
    except CarnetError as problem:
        show(problem)
        return
    state.next_turn(_TURN)
    state.put("rfm.moved", "hand" if held else "calculated")
    st.rerun()


def told(seen: Loyalty, w: Words) -> None:
    """Once, after a change: what has just been kept."""
    moved = state.get("rfm.moved")
    if moved:
        state.drop("rfm.moved")
        st.success(w(f"page.rfm.moved.{moved}", date=w.date(seen.as_of)), icon=":material/check_circle:")


def _signed(change: int, w: Words) -> str:
    return f"{'+' if change > 0 else '−'}{w.number(abs(change), digits=0)}" if change else "="
