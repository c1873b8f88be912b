"""The three sentences on top: who carries the shop, who is drifting away, who ordered only once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from pages.parts import one_choice, state
from pages.parts.chosen import see
from pages.parts.rfm.choice import PICTURES, Chosen, of_groups
from pages.parts.rfm.reading import Loyalty
from segmentation.i18n import Words
from segmentation.predictive.rfm import SMALL_CELL

BEST = ("champions",)
LOSING = ("at_risk", "cant_lose")
NAMES = ("best", "losing", "once")


def draw(seen: Loyalty, currency: str) -> None:
    """One line per fact, each a click away from its people."""
    w = state.say()
    told = list(_sentences(seen, currency, w))
    for column, (name, sentence) in zip(st.columns(len(told) or 1), told, strict=False):
        with column, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(sentence)
            if see(f"rfm_fact_{name}"):
                one_choice.pick("rfm", "fact", (name,), instead_of=PICTURES)


def chosen(seen: Loyalty, name: str, w: Words) -> Chosen | None:
    """The customers a fact is about."""
    if name == "once":
        return Chosen(w("page.rfm.fact.once_name"), seen.once, Decimal(0), seen.once_criterion)
    groups = {"best": BEST, "losing": LOSING}.get(name, ())
    return of_groups(seen, groups, w, name=w(f"page.rfm.fact.{name}_name") if groups else "")


def _sentences(seen: Loyalty, currency: str, w: Words) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        people = chosen(seen, name, w)
        if people is None or people.customers < (SMALL_CELL if seen.few else 1):
            continue
        yield (
            name,
            w(
                f"page.rfm.fact.{name}",
                n=people.customers,
                share=w.percent(people.customers / seen.customers, digits=0),
                money=w.money(people.revenue, currency, digits=0),
                money_share=w.percent(people.revenue / seen.revenue if seen.revenue else 0, digits=0),
                days=w.number(seen.cuts.days[2], digits=0),
                months=seen.cuts.window_months,
                groups=w.listing(w(f"rfm.{key}") for key in LOSING),
            ),
        )
