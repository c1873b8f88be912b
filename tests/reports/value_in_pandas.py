"""What customers are worth, worked out in plain pandas from a table of orders: what the reports must equal.

``orders``, one row per order: contact, when, amount, counted (paid and above zero), summed (not cancelled).
"""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd

CLASSES = {"30": 30, "60": 60, "90": 90, "180": 180, "365": 365, "more": 10**6}


def seen(orders: pd.DataFrame, now: date) -> pd.DataFrame:
    """The dated orders up to the end of a day, with the first counted one of their contact beside."""
    table = orders[orders.when.notna() & (orders.when < pd.Timestamp(now) + pd.Timedelta(days=1))].copy()
    table["first"] = table.contact.map(table[table.counted].groupby("contact").when.min())
    table["month"] = table.when.dt.to_period("M")
    return table


def months(orders: pd.DataFrame, now: date) -> pd.DataFrame:
    """Per month of the last twelve: money and customers of new and returning ones, orders, mean basket."""
    table = seen(orders, now)
    table["fresh"] = table["first"].dt.to_period("M") == table.month
    index = pd.period_range(end=pd.Period(now, "M"), periods=12, freq="M")
    told = pd.DataFrame(index=index)
    paid, summed = table[table.counted], table[table.summed]
    for name, fresh in (("fresh", True), ("back", False)):
        told[name] = summed[summed.fresh == fresh].groupby("month").amount.sum()
        told[f"{name}_customers"] = paid[paid.fresh == fresh].groupby("month").contact.nunique()
    told["orders"] = paid.groupby("month").size()
    told["basket"] = paid.groupby("month").amount.mean()
    return told.fillna({name: 0 for name in told if name != "basket"})


def year(orders: pd.DataFrame, now: date, *, ago: int = 0) -> dict[str, float]:
    """The sums of the twelve months to a day, 0 ≤ months ago ≤ 12, or of the twelve before."""
    start, end = (pd.Timestamp(now) - pd.DateOffset(years=ago + back) for back in (1, 0))
    table = seen(orders, now)
    table = table[(table.when >= start) & (table.when < (end if ago else end + pd.Timedelta(days=1)))]
    paid = table[table.counted]
    return {
        "revenue": table[table.summed].amount.sum(),
        "orders": len(paid),
        "customers": paid.contact.nunique(),
        "basket": paid.amount.mean(),
    }


def seasons(orders: pd.DataFrame, now: date) -> pd.DataFrame:
    """Per month of the year over the whole months of at most three years: mean, index, years, customers."""
    table = seen(orders, now)
    oldest = table.when.min()
    first = oldest.to_period("M") + int(oldest.day > 1)
    last = pd.Period(pd.Timestamp(now) + pd.Timedelta(days=1), "M") - 1
    first = max(first, last - 35)
    table = table[(table.month >= first) & (table.month <= last)]
    sums = (
        table[table.summed].groupby("month").amount.sum().reindex(pd.period_range(first, last), fill_value=0)
    )
    told = pd.DataFrame({"mean": sums.groupby(sums.index.month).mean()})
    told["index"] = told["mean"] / told["mean"].mean()
    told["years"] = sums.groupby(sums.index.month).size()
    paid = table[table.counted]
    told["customers"] = paid.groupby(paid.when.dt.month).contact.nunique()
    return told.fillna({"customers": 0})


def cohorts(orders: pd.DataFrame, now: date, unit: str) -> dict[tuple[date, int], tuple[int, int]]:
    """(first day of the cohort, periods after) → size of the cohort, how many of it ordered then."""
    code = {"month": "M", "quarter": "Q"}[unit]
    paid = seen(orders, now).query("counted").copy()
    paid["cohort"], paid["period"] = paid["first"].dt.to_period(code), paid.when.dt.to_period(code)
    current = pd.Period(now, code)
    told = {}
    latest = sorted(paid.cohort.unique())[-9:]
    for cohort, people in paid[paid.cohort.isin(latest)].groupby("cohort"):
        size = people.contact.nunique()
        for after in range(min((current - cohort).n, 8) + 1):
            then = people[people.period == cohort + after].contact.nunique()
            told[cohort.start_time.date(), after] = (size, then)
    return told


def delays(orders: pd.DataFrame, now: date) -> tuple[dict[str, int], float | None]:
    """Customers by class of days to their second order ("once": none yet), and the median of these days."""
    paid = seen(orders, now).query("counted")
    first = paid.groupby("contact").when.min()
    second = paid[paid.when > paid["first"]].groupby("contact").when.min().reindex(first.index)
    days = (second.dt.normalize() - first.dt.normalize()).dt.days
    known = days.dropna()
    low, told = -1, {}
    for name, high in CLASSES.items():
        told[name] = int(((known > low) & (known <= high)).sum())
        low = high
    told["once"] = int(days.isna().sum())
    return told, float(np.median(known)) if len(known) else None


def tops(spent: pd.Series) -> tuple[dict[int, tuple[int, float, float]], int]:
    """Per cent of customers → how many, the least spent, their share of revenue; and how many make half."""
    ranked = spent[spent > 0].sort_values(ascending=False)
    told = {}
    for percent in (1, 5, 10, 20, 50):
        least = ranked.iloc[max(1, math.ceil(len(ranked) * percent / 100)) - 1]
        rich = ranked[ranked >= least]
        told[percent] = (len(rich), float(least), float(rich.sum() / ranked.sum()))
    half = int((ranked.cumsum() * 2 < ranked.sum()).sum()) + 1
    return told, half


def pairs(lines: pd.DataFrame) -> dict[frozenset[str], tuple[int, float]]:
    """Two items (columns contact, item) → customers of both, how many times more than by chance."""
    bought = pd.crosstab(lines.contact, lines.item) > 0
    told = {}
    for one in bought:
        for other in bought:
            both = int((bought[one] & bought[other]).sum())
            times = both * len(bought) / (bought[one].sum() * bought[other].sum())
            if one < other and both >= 5 and times > 1:
                told[frozenset((one, other))] = (both, times)
    return told
