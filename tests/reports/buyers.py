"""A random shop, and their RFM worked out in plain pandas, which reports are held against."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from segmentation.predictive.rfm import SEGMENTS, Cuts

NOW = date(2026, 11, 22)
PLAIN = Cuts(amounts=tuple(map(Decimal, ("40", "80", "120", "160"))))
MIXED = Cuts(amounts=PLAIN.amounts, combine_fm=True)
BUYERS = 150
PROSPECTS_IN_FILE = 3
BY_TOTALS, UNDATED = 200, 201
"""Two contacts without orders: one whose file says all, one whose file has no date."""


def open_shop(fill: Any) -> pd.DataFrame:
    """Fill the base; one row per order: contact, when, amount."""
    rng = np.random.default_rng(9)
    rows = []
    for contact in range(1, BUYERS + 1):
        last = int(rng.integers(0, 900))
        for _ in range(int(rng.choice([1, 1, 1, 2, 3, 4, 6, 8]))):
            when = datetime(2026, 11, 22, 12) - timedelta(days=last + int(rng.integers(0, 60)))
            rows.append((contact, when, float(rng.integers(-20, 90))))
    fill("contacts", *({"contact_id": contact} for contact in range(1, BUYERS + PROSPECTS_IN_FILE + 1)))
    file = {"orders_count": 3, "total_spent": Decimal("99.5"), "last_purchase_date": date(2026, 10, 1)}
    fill("contacts", {"contact_id": BY_TOTALS, **file}, {"contact_id": UNDATED, "orders_count": 3})
    fill(
        "orders",
        *(
            {"contact_id": contact, "order_date": when.isoformat(), "amount": amount, "order_key": str(rank)}
            for rank, (contact, when, amount) in enumerate(rows)
        ),
    )
    return pd.DataFrame(rows, columns=["contact", "when", "amount"])


def expected(orders: pd.DataFrame, now: date = NOW, cuts: Cuts = PLAIN) -> pd.DataFrame:
    """Days, orders, amount, scores and group of every buyer at a date, written another way."""
    start = pd.Timestamp(now) - pd.DateOffset(months=24)
    seen = orders[orders.when < pd.Timestamp(now) + pd.Timedelta(days=1)]
    paid, inside = seen[seen.amount > 0], seen[seen.when >= start]
    table = pd.DataFrame({"last": paid.groupby("contact").when.max()})
    table["days"] = (pd.Timestamp(now) - table["last"].dt.normalize()).dt.days
    table["orders"] = paid[paid.when >= start].groupby("contact").size().reindex(table.index).fillna(0)
    table["amount"] = inside.groupby("contact").amount.sum().reindex(table.index).fillna(0)
    table["total"] = paid.groupby("contact").size()
    if now >= date(2026, 10, 1):
        table.loc[BY_TOTALS] = [pd.Timestamp(2026, 10, 1), (now - date(2026, 10, 1)).days, 3, 99.5, 3]
    old = table.orders == 0
    days, counts = [-1, *cuts.days, 99999], [-1, *cuts.orders, 99999]
    table["r"] = np.where(old, 1, pd.cut(table.days, days, labels=[5, 4, 3, 2, 1]).astype(int))
    table["f"] = np.where(old, 1, pd.cut(table.orders, counts, labels=[1, 2, 3, 4, 5]).astype(int))
    edges = [-9999.0, *map(float, cuts.amounts), 99999.0]
    levels = range(1, 6) if len(edges) == 6 else [1]
    table["m"] = np.where(old, 1, pd.cut(table.amount, edges, labels=list(levels)).astype(int))
    table["axis"] = (table.f + table.m + 1) // 2 if cuts.combine_fm else table.f
    table["group"] = [SEGMENTS[int(r), int(f)] for r, f in zip(table.r, table.axis, strict=True)]
    return table
