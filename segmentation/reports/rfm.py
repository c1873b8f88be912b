"""Who the best customers are and who is being lost: an audience laid on the 25 cells of recency and orders.

Orders and money are those of the window (24 months unless set otherwise), net of returns, or a file's totals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from segmentation.criteria.catalogue import Catalogue
from segmentation.predictive.rfm import FEW, KEYS, PROSPECTS, SEGMENTS, Cuts
from segmentation.predictive.rfm_drift import Proposal
from segmentation.reports.relations import rows_of
from segmentation.reports.rfm_spread import spreads
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import FEATURES, SCORES, window_start

Json = dict[str, object]

GROUP_COLUMNS = (
    Column("key", "report.rfm.group"),
    Column("customers", "report.rfm.customers", "integer"),
    Column("share", "report.rfm.share", "percent"),
    Column("orders", "report.rfm.orders", "integer"),
    Column("revenue", "report.rfm.revenue", "money"),
    Column("revenue_share", "report.rfm.revenue_share", "percent"),
    Column("basket", "report.rfm.basket", "money"),
    Column("days", "report.rfm.days", "integer"),
    Column("advice", "report.rfm.advice"),
)
CELL_COLUMNS = (
    Column("key", "report.rfm.cell"),
    Column("r", "field.r_score", "integer"),
    Column("f", "field.f_score", "integer"),
    Column("group", "report.rfm.group"),
    Column("customers", "report.rfm.customers", "integer"),
    Column("orders", "report.rfm.orders", "integer"),
    Column("revenue", "report.rfm.revenue", "money"),
)

LOST = "lost"
ONCE: Json = {"field": "orders_count", "op": "=", "value": 1}
"""Customers of a single order, whenever it was."""


@dataclass(slots=True)
class Sums:
    """Contacts added up: how many, their orders, their net amount, their days since the last order."""

    customers: int = 0
    orders: int = 0
    revenue: Decimal = Decimal(0)
    days: int = 0
    once: int = 0
    old: int = 0

    def add(self, customers: int, orders: int, revenue: Decimal, days: int, once: int, old: int) -> None:
        """Take in one more line of sums."""
        self.customers += customers
        self.orders += orders
        self.revenue += revenue
        self.days += days
        self.once += once
        self.old += old


def rfm(session: Session, catalogue: Catalogue, cuts: Cuts, *, proposal: Proposal | None = None) -> Report:
    """The audience of the session (``audience(contact_id)``) by group and by cell, with the limits.

    figures: ``as_of``, ``window_start``, ``customers`` (with a group), ``prospects``, ``unplaced`` (bought,
    but nobody knows when or how often), ``orders``, ``revenue`` (of those with a group), ``revenue_whole``
    (of the unplaced too: what shares are of), ``once`` and ``once_criterion`` (one order
    in all), ``old`` (whose last order precedes the window: all in the cell r1f1), ``few`` (a small base:
    names only for cells of five and more), ``cuts``, ``proposal``.
    sheets: ``groups`` (the 11 in their order, then the prospects: shares are of customers and of revenue,
    None where they mean nothing; ``advice`` is a word), ``cells`` (25, key "r5f4").
    charts: ``grid`` and ``treemap`` with the criterion of every mark; ``days``, ``orders``, ``amounts``:
    how customers are spread, with the limits.
    """
    cells, groups, unplaced = _summed(session, catalogue, cuts)
    total = Sums()
    for key in KEYS:
        one = groups[key]
        total.add(one.customers, one.orders, one.revenue, one.days, one.once, one.old)
    whole = total.revenue + unplaced.revenue
    figures: dict[str, Value] = {
        "as_of": catalogue.as_of,
        "window_start": window_start(catalogue.as_of, cuts.window_months),
        "customers": total.customers,
        "prospects": groups[PROSPECTS].customers,
        "unplaced": unplaced.customers,
        "orders": total.orders,
        "revenue": total.revenue,
        "revenue_whole": whole,
        "once": total.once,
        "old": groups[LOST].old,
        "once_criterion": _buyers_once(),
        "few": total.customers < FEW,
        "cuts": cuts,
        "proposal": proposal,
    }
    group_rows = [_group_row(key, groups[key], total.customers, whole) for key in (*KEYS, PROSPECTS)]
    cell_rows = [
        (cell_key(r, f), r, f, SEGMENTS[r, f], one.customers, one.orders, one.revenue)
        for (r, f), one in sorted(cells.items(), key=lambda item: (-item[0][0], item[0][1]))
    ]
    sheets = {
        "groups": Sheet("groups", GROUP_COLUMNS, group_rows),
        "cells": Sheet("cells", CELL_COLUMNS, cell_rows),
    }
    charts = {"grid": _grid(cells, cuts), "treemap": _treemap(groups), **spreads(session, catalogue, cuts)}
    return Report("rfm", figures, sheets, charts)


def cell_key(r: int, f: int) -> str:
    """The name of a cell in charts and tables: "r5f4"."""
    return f"r{r}f{f}"


def cell_criterion(r: int, f: int, cuts: Cuts) -> Json:
    """The contacts of one cell, as a criterion."""
    return {"all": [_score("r", r), *_column(f, cuts)]}


def group_criterion(key: str) -> Json:
    """The contacts of one group, or the prospects, as a criterion."""
    return {"field": "rfm_segment", "op": "in", "value": [key]}


def _buyers_once() -> Json:
    return {"all": [ONCE, {"field": "r_score", "op": "not_empty"}, {"field": "f_score", "op": "not_empty"}]}


def _score(name: str, level: int) -> Json:
    return {"field": f"{name}_score", "op": "=", "value": level}


def _column(f: int, cuts: Cuts) -> list[Json]:
    """What the column axis asks: F, or the pairs of F and M whose mean rounds half up to it."""
    if not cuts.combine_fm:
        return [_score("f", f)]
    pairs: list[Json] = [
        {"all": [_score("f", one), _score("m", other)]}
        for one in range(1, 6)
        for other in range(1, 6)
        if (one + other + 1) // 2 == f
    ]
    return [{"any": [*pairs, {"all": [_score("f", f), {"field": "m_score", "op": "empty"}]}]}]


def _summed(
    session: Session, catalogue: Catalogue, cuts: Cuts
) -> tuple[dict[tuple[int, int], Sums], dict[str, Sums], Sums]:
    """The sums of every cell, of every group, and of the buyers who have no group."""
    scores, features = rows_of(catalogue, SCORES), rows_of(catalogue, FEATURES)
    axis = "CASE WHEN s.m IS NULL THEN s.f ELSE (s.f + s.m + 1) // 2 END" if cuts.combine_fm else "s.f"
    sql = f"""
        SELECT s.rfm_segment, s.r, {axis} AS f, count(*), coalesce(sum(s.frequency), 0)::BIGINT,
            coalesce(sum(s.monetary), 0)::DECIMAL(38,4), coalesce(sum(s.days_since_last), 0)::BIGINT,
            count(*) FILTER (WHERE t.orders_count = 1), count(*) FILTER (WHERE s.days_since_last > ?)
        FROM ({scores.sql}) AS s JOIN audience AS a ON a.contact_id = s.contact_id
        LEFT JOIN ({features.sql}) AS t ON t.contact_id = s.contact_id
        GROUP BY ALL"""
    cells = {cell: Sums() for cell in SEGMENTS}
    groups = {key: Sums() for key in (*KEYS, PROSPECTS)}
    unplaced = Sums()
    window = (catalogue.as_of - window_start(catalogue.as_of, cuts.window_months)).days
    for key, r, f, *sums in session.run(Statement(sql, (window, *scores.params, *features.params))).rows:
        if key is None:
            unplaced.add(*sums)
            continue
        groups[str(key)].add(*sums)
        if key != PROSPECTS:
            cells[int(r), int(f)].add(*sums)
    return cells, groups, unplaced


def _group_row(key: str, one: Sums, customers: int, revenue: Decimal) -> tuple[Value, ...]:
    prospects = key == PROSPECTS
    return (
        key,
        one.customers,
        None if prospects or not customers else one.customers / customers,
        one.orders,
        one.revenue,
        None if prospects or revenue <= 0 else float(one.revenue / revenue),
        (one.revenue / one.orders).quantize(Decimal("0.0001")) if one.orders else None,
        one.days / one.customers if one.customers and not prospects else None,
        f"rfm.{key}.advice",
    )


def _grid(cells: Mapping[tuple[int, int], Sums], cuts: Cuts) -> ChartSpec:
    levels = (1, 2, 3, 4, 5)
    rows = [[(r, f) for f in levels] for r in reversed(levels)]
    data: dict[str, Value] = {
        "rows": [f"R{row[0][0]}" for row in rows],
        "columns": [f"F{f}" for f in levels],
        "values": [[cells[cell].customers for cell in row] for row in rows],
        "amounts": [[cells[cell].revenue for cell in row] for row in rows],
        "keys": [[cell_key(*cell) for cell in row] for row in rows],
        "groups": [[SEGMENTS[cell] for cell in row] for row in rows],
        "group_words": "rfm.",
        "unit": "integer",
    }
    return ChartSpec("cross_tab", data, {cell_key(r, f): cell_criterion(r, f, cuts) for r, f in cells})


def _treemap(groups: Mapping[str, Sums]) -> ChartSpec:
    shown = [key for key in KEYS if groups[key].customers]
    data: dict[str, Value] = {
        "labels": shown,
        "keys": shown,
        "words": "rfm.",
        "values": [groups[key].customers for key in shown],
        "amounts": [groups[key].revenue for key in shown],
        "unit": "integer",
    }
    return ChartSpec("treemap", data, {key: group_criterion(key) for key in (*KEYS, PROSPECTS)})
