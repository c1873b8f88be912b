"""The base's currency: once it holds money, what a change would make of it is said, and asked once."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, other_money, state

CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD", "XAF", "XOF", "XPF", "MAD", "TND")


def choose(kept: str, *, busy: bool) -> str:
    """The currency wanted, the one ``kept`` by default; those of the base's orders are offered too."""
    w = state.say()
    held = [str(code) for code, _ in cached.report("currencies").sheets["orders"].rows if code]
    return str(
        st.selectbox(
            w("page.settings.currency"),
            tuple(dict.fromkeys((kept, *held, *CURRENCIES))),
            format_func=lambda code: f"{w.currency(code)} ({code})",
            key=f"settings_currency_{kept}_{state.turn('currency')}",
            help=w("page.settings.currency_help"),
            disabled=busy,
        )
    )


def settle(kept: str, wanted: str, *, busy: bool) -> None:
    """Change it at once in a base without money, else say what becomes of it and ask."""
    if wanted == kept:
        return
    found = cached.report("currencies")
    totals, orders = int(str(found.figures["totals"])), found.sheets["orders"].rows
    if not totals and not orders:
        cached.workspace().set("currency", wanted)
        st.rerun()
    w = state.say()
    told = [w("page.settings.currency_totals", n=totals, new=w.currency(wanted))] if totals else []
    told += [w("page.settings.currency_orders", said=other_money.said(found))] if orders else []
    st.warning(" ".join(told), icon=":material/currency_exchange:")
    with st.container(horizontal=True):
        if st.button(
            w("page.settings.currency_yes", new=w.currency(wanted)),
            key="settings_currency_yes",
            disabled=busy,
        ):
            cached.workspace().set("currency", wanted)
            st.rerun()
        if st.button(
            w("page.settings.currency_no", own=w.currency(kept)), type="tertiary", key="settings_currency_no"
        ):
            state.next_turn("currency")
            st.rerun()
