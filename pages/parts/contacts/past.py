"""What a person did, the latest first: purchases with what was in them, then visits, e-mails and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from pages.parts import cached, state
from pages.parts.table import table
from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.results import Column, Report, Sheet, Value

TALL = 420
"""Pixels of a long list, which scrolls."""
LONG = 10


def draw(report: Report, _known: Mapping[object, Value]) -> None:
    """Purchases, then everything else, each with its date."""
    w, base = state.say(), cached.workspace()
    orders, events = report.sheets["orders"].rows, report.sheets["events"].rows
    if not orders and not events:
        st.info(w("page.contact.nothing_done"), icon=":material/history:")
        return
    if orders:
        st.header(w("page.contact.bought", n=report.figures["orders"]), anchor=False)
        left_out = sum(not row[5] for row in orders)
        if left_out:
            st.caption(w("page.contact.left_out", n=left_out))
        rows = []
        home = base.settings.currency
        for at, number, amount, currency, status, counted, items in orders:
            told = plain(status) if status else _unsaid(w, amount, counted)
            if currency not in (None, home) and amount is not None:
                told = " · ".join(part for part in (plain(status), w.money(amount, str(currency))) if part)
                amount = None
            bought = ", ".join(map(str, items or ())) if isinstance(items, list) else ""
            rows.append((at, plain(number), amount, told, plain(bought, longest=200)))
        columns = (
            Column("at", "page.contact.column.date", "datetime"),
            Column("number", "page.contact.column.order"),
            Column("amount", "page.contact.column.amount", "money"),
            Column("status", "page.contact.column.status"),
            Column("items", "page.contact.column.items"),
        )
        _list("orders", columns, rows, base.settings.currency)
    if events:
        st.header(w("page.contact.did", n=report.figures["events"]), anchor=False)
        rows = []
        for at, kind, campaign, channel in events:
            word = f"event.{kind}"
            rows.append((at, w(word) if w.has(word) else plain(kind), plain(campaign), plain(channel)))
        columns = (
            Column("at", "page.contact.column.date", "datetime"),
            Column("kind", "page.contact.column.action"),
            Column("campaign", "page.contact.column.campaign"),
            Column("channel", "page.contact.column.channel"),
        )
        _list("events", columns, rows, base.settings.currency)


def _unsaid(w: Words, amount: Value, counted: Value) -> str:
    """What stands for the status of an order that has none."""
    if not counted:
        return w("page.contact.not_counted")
    return w("page.contact.returned") if isinstance(amount, Decimal) and amount < 0 else ""


def _list(name: str, columns: tuple[Column, ...], rows: list[tuple[Value, ...]], currency: str) -> None:
    w = state.say()
    empty = {
        c.key for place, c in enumerate(columns) if not any(row[place] not in (None, "") for row in rows)
    }
    kept = [place for place, column in enumerate(columns) if column.key not in empty]
    table(
        Sheet(name, tuple(columns[p] for p in kept), [[row[p] for p in kept] for row in rows]),
        w,
        key=f"contact_{name}",
        alt=w("page.contact.table_alt"),
        currency=currency,
        height=TALL if len(rows) > LONG else "content",
    )
