"""« Cycle de vie »: how far the contacts have come, as bars; a stage chosen opens its people and its list."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts import cached, life_cycle_limits, state, unnamed
from pages.parts.charts import chart
from pages.parts.home import people
from pages.parts.problem import show
from pages.parts.text import plain
from segmentation.errors import CarnetError
from segmentation.results import ChartSpec
from segmentation.traits.life_cycle import Limits

FIELD = "life_cycle"
LATELY, HALF_A_YEAR = ("recent", "2_months"), 180
"""The inactive who have been away for no more than these days: they stopped reading too."""


def draw() -> None:
    """The bars, the choice by keyboard beside the limits, and what to do with the stage chosen."""
    w = state.say()
    try:
        spec = cached.report("life_cycle").charts[FIELD]
    except CarnetError as problem:
        show(problem)
        return
    keys, values = [str(key) for key in _list(spec.data["keys"])], _list(spec.data["values"])
    sizes = dict(zip(keys, values, strict=True))
    limits = life_cycle_limits.limits()
    means = w("page.home.stages_means", new=limits.new, inactive=limits.inactive)
    st.header(w("page.home.stages"), anchor=False, help=means)
    if not any(size for key, size in sizes.items() if key not in ("prospect", "outside")):
        st.caption(w("page.home.stages_nothing"))
        return
    with st.container(border=True):
        shown, key = _named(spec, limits.new), f"home_stages_{state.turn('home_stages')}"
        clicked = chart(shown, w, key=key, alt=_alt(sizes), select=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            chosen = st.selectbox(
                w("page.home.stage"),
                keys,
                index=keys.index(clicked[-1]) if clicked and clicked[-1] in keys else None,
                format_func=lambda key: plain(w(f"choice.{FIELD}.{key}")),
                placeholder=w("page.home.stage_choose"),
                key=f"home_stage_{'_'.join(clicked)}",
                label_visibility="collapsed",
            )
            life_cycle_limits.ask()
        _told(sizes, limits)
        if chosen is None:
            return
        st.markdown(w(f"page.home.stage.{chosen}", n=sizes[chosen], days=limits.new))
        criterion = spec.criteria[chosen]
        assert isinstance(criterion, dict)
        with st.container(horizontal=True):
            people.buttons(
                "home_stage",
                criterion,
                w(f"choice.{FIELD}.{chosen}"),
                care=not cached.reachable(criterion),
                outsiders=chosen == "outside",
            )


def _named(spec: ChartSpec, days: int) -> ChartSpec:
    """The stages by their names; who is new is of so many days, which other pages count otherwise."""
    w = state.say()
    names = [w(f"choice.{FIELD}.{key}") for key in _list(spec.data["keys"])]
    names = [
        w("page.home.stages_new", name=name, days=days) if key == "new" else name
        for key, name in zip(_list(spec.data["keys"]), names, strict=True)
    ]
    return replace(spec, data={**spec.data, "labels": names, "words": None})


def _told(sizes: dict[str, object], limits: Limits) -> None:
    """What else would surprise: inactive customers who bought not long ago, prospects of a base of sales."""
    w = state.say()
    tiers = cached.report("life_cycle").sheets["inactive_tier"].rows
    quiet = sum(int(str(row[1])) for row in tiers if row[0] in LATELY)
    if quiet and limits.inactive >= HALF_A_YEAR:
        st.caption(w("page.home.stages_quiet", n=quiet))
    if sizes.get("prospect") and unnamed.sales_only():
        st.caption(w("unnamed.prospects", n=sizes["prospect"]))


def _list(values: object) -> list[object]:
    return list(values) if isinstance(values, (list, tuple)) else []


def _alt(sizes: dict[str, object]) -> str:
    w = state.say()
    said = [f"{w(f'choice.{FIELD}.{key}')} {w.number(size, digits=0)}" for key, size in sizes.items()]
    return f"{w('page.home.stages')} : {w.listing(said)}"
