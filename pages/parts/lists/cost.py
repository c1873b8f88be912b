"""What sending the list would cost, about, when the price of one message was said; and where to say it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from pages.parts import cached, message_price, state
from segmentation.i18n import Words
from segmentation.lists.waterfall import NO_CHANNEL


def draw(channel: str, people: int) -> None:
    """The cost of writing to so many people by a channel, and the price to set."""
    if channel == NO_CHANNEL:
        return
    w, base = state.say(), cached.workspace()
    price, currency = base.prices().get(channel), base.settings.currency
    with st.container(horizontal=True, vertical_alignment="center"):
        if price is not None:
            whole, one = w.money(price * people, currency), _exactly(price, currency, w)
            st.markdown(w("page.lists.cost", whole=whole, one=one), width="content")
        with st.popover(w(f"page.lists.price.{channel}"), icon=":material/sell:", type="tertiary"):
            message_price.ask(
                channel,
                w("page.lists.price_of_one", currency=currency),
                f"list_price_{channel}",
                hint=w("page.lists.price_help"),
            )


def _exactly(price: Decimal, currency: str, w: Words) -> str:
    """A price with all its decimals: a message may cost a fraction of a cent."""
    decimals = -int(price.as_tuple().exponent)
    return f"{w.number(price, digits=decimals)} {currency}" if decimals > 2 else w.money(price, currency)
