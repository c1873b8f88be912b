"""Three sentences on top: who listens, who is drifting away, who never opens and what that costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from pages.parts import cached, one_choice, state
from pages.parts.chosen import see
from pages.parts.engagement.choice import PICTURES
from pages.parts.engagement.reading import Listening
from segmentation.i18n import Words
from segmentation.reports.engagement_people import HIGH

FACTS = ("listening", "down", "silent")


def draw(seen: Listening) -> None:
    """One box per fact, each a click away from its people."""
    w = state.say()
    told = list(_sentences(seen, w))
    for column, (name, sentence) in zip(st.columns(len(told) or 1), told, strict=False):
        with column, st.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(sentence)
            if see(f"engagement_fact_{name}"):
                one_choice.pick("engagement", "fact", (f"fact|{name}",), instead_of=PICTURES)
                st.rerun()


def _sentences(seen: Listening, w: Words) -> Iterator[tuple[str, str]]:
    tiers = seen.tiers()
    high, everyone = sum(tiers[key] for key in HIGH[:2]), sum(tiers.values())
    yield (
        "listening",
        w(
            "page.engagement.fact.listening",
            n=high,
            everyone=w.number(everyone),
            share=w.percent(high / everyone if everyone else 0, digits=0),
            parts=w.listing(
                w(
                    "page.engagement.part",
                    what=w(f"choice.engagement_tier.{key}"),
                    said=w.number(tiers[key]),
                )
                for key in HIGH[:2]
            ),
        ),
    )
    moved = seen.bars("moved")
    if seen.mailed and seen.since is not None and moved["down"]:
        said = w("page.engagement.fact.down", n=moved["down"], day=w.date(seen.since))
        yield "down", said + " " + w("page.engagement.fact.up", n=moved["up"])
    if seen.silence is not None and seen.silence.contacts:
        said = w("page.engagement.fact.silent", n=seen.silence.contacts)
        if seen.silence.buyers:
            said += " " + w("page.engagement.fact.buyers", n=seen.silence.buyers)
        if seen.silence.new:
            said += " " + w("page.engagement.fact.arrived", n=seen.silence.new)
        yield "silent", said + _cost(seen, w)


def _cost(seen: Listening, w: Words) -> str:
    """How many e-mails that was, and their price when the base has one."""
    assert seen.silence is not None
    if not seen.silence.mails:
        return ""
    said = " " + w("page.engagement.fact.mails", n=seen.silence.mails)
    price = email_price()
    if price:
        currency = cached.workspace().settings.currency
        said += " " + w("page.engagement.fact.cost", money=w.money(price * seen.silence.mails, currency))
    return said


def email_price() -> Decimal | None:
    """The price of one e-mail set for this base, None when there is none."""
    price = cached.workspace().prices().get("email")
    return price if price and price.is_finite() and price > 0 else None
