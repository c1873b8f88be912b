"""« Cycle de vie »: how far the contacts have come, as bars; a stage chosen opens its people and its list."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, life_cycle_limits, state
from pages.parts.charts import chart
from pages.parts.home import people
from pages.parts.problem import show
from pages.parts.text import plain
from segmentation.errors import CarnetError

FIELD = "life_cycle"


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
        clicked = chart(spec, w, key=f"home_stages_{state.turn('home_stages')}", alt=_alt(sizes), select=True)
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


def _list(values: object) -> list[object]:
    return list(values) if isinstance(values, (list, tuple)) else []


def _alt(sizes: dict[str, object]) -> str:
    w = state.say()
    said = [f"{w(f'choice.{FIELD}.{key}')} {w.number(size, digits=0)}" for key, size in sizes.items()]
    return f"{w('page.home.stages')} : {w.listing(said)}"
