"""The field where the price of one message is said: asked on the screen of lists and in the settings."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import streamlit as st

from pages.parts import cached, state

DEAREST = 1000.0


def ask(
    channel: str,
    label: str,
    key: str,
    *,
    hint: str | None = None,
    placeholder: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """The price of one message by a channel, kept by the base as it is changed."""
    key = state.of_base(key)
    price = cached.workspace().prices().get(channel)

    def kept() -> None:
        said = state.widget(key)
        amount = Decimal(repr(said)) if isinstance(said, float) else None
        cached.workspace().set_price(channel, amount)

    st.number_input(
        label,
        min_value=0.0,
        max_value=DEAREST,
        value=float(price) if price is not None else None,
        step=0.01,
        format="%.4g",
        key=key,
        on_change=kept,
        help=hint,
        placeholder=placeholder,
        width=width,
    )
