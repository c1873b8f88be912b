"""What everything is counted with: name, date, money, life cycle, prices; each kept as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages.parts import cached, frame, jobs, life_cycle_limits, message_price, state
from pages.parts.settings import backups, money

CHANNELS = ("email", "sms", "post", "phone")
LONGEST = 60
ABREAST = 3
"""Fields side by side on a desk; one under the other on a telephone."""


def draw() -> None:
    """Draw the part."""
    _base()
    _life_cycle()
    _prices()
    _loyalty()
    backups.draw()


def _base() -> None:
    """Whose base it is, the day it is read at, the money it counts."""
    w, base = state.say(), cached.workspace()
    kept, busy = base.settings, jobs.running() is not None
    name = state.of_base("settings_name")
    with st.container(border=True):
        st.header(w("page.settings.base"), anchor=False)
        left, right, _ = st.columns(ABREAST)
        with left:
            st.text_input(
                w("page.settings.name"),
                value=kept.name,
                max_chars=LONGEST,
                placeholder=w("frame.mine"),
                key=name,
                help=w("page.settings.name_help"),
                on_change=_keep("name", name, lambda said: str(said or "").strip() or None),
                disabled=busy,
            )
        with right:
            wanted = money.choose(kept.currency, busy=busy)
        money.settle(kept.currency, wanted, busy=busy)
        _date(kept.as_of, busy)


def _date(own: date | None, busy: bool) -> None:
    """Today, every day; or a day of one's own."""
    w, base = state.say(), cached.workspace()
    key = f"settings_as_of_{own}_{base.as_of}"
    left, right = st.columns([1, ABREAST - 1], vertical_alignment="bottom")
    with left:
        st.date_input(
            w("page.settings.as_of"),
            value=own or base.as_of,
            format="DD/MM/YYYY",
            key=key,
            help=w("page.settings.as_of_help"),
            on_change=lambda: base.set_as_of(_day(state.widget(key))),
            disabled=busy,
        )
    with right:
        if own is None:
            st.caption(w("page.settings.today"))
        elif st.button(
            w("page.settings.back_to_today"), icon=":material/today:", key="settings_today", disabled=busy
        ):
            base.set_as_of(None)
            st.rerun()


def _day(said: object) -> date | None:
    return said if isinstance(said, date) else None


def _life_cycle() -> None:
    """The limits of prospect, maturing, new, active and inactive."""
    w, limits = state.say(), life_cycle_limits.limits()
    with st.container(border=True):
        st.header(w("page.settings.life_cycle"), anchor=False)
        st.caption(w("page.settings.life_cycle_help"))
        st.markdown(w("page.home.stages_means", new=limits.new, inactive=limits.inactive))
        life_cycle_limits.ask()


def _prices() -> None:
    """What one message costs, by channel: lists and engagement count with it."""
    w, currency = state.say(), cached.workspace().settings.currency
    with st.container(border=True):
        st.header(w("page.settings.prices"), anchor=False)
        st.caption(w("page.settings.prices_help"))
        for column, channel in zip(st.columns(len(CHANNELS)), CHANNELS, strict=True):
            with column:
                message_price.ask(
                    channel,
                    f"{w(f'channel.{channel}')} ({w.sign(currency)})",
                    f"settings_price_{channel}",
                    placeholder=w("page.settings.no_price"),
                )


def _loyalty() -> None:
    """The limits of loyalty have their own place, beside what they change; a base without sales has none."""
    w = state.say()
    sold = cached.overview().figures
    if not (frame.built("rfm") and (sold["orders"] or sold["active_customers"])):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(w("page.settings.rfm"))
        if st.button(w("page.settings.rfm_open"), icon=":material/loyalty:", key="settings_rfm"):
            frame.go("rfm")


def _keep(name: str, key: str, read: Callable[[object], object]) -> Callable[[], None]:
    return lambda: cached.workspace().set(name, read(state.widget(key)))
