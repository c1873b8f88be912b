"""How customers are spread in days, orders and money, with the limits of RFM over it: three histograms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from segmentation.criteria.catalogue import Catalogue
from segmentation.predictive.rfm import Cuts, Numbers
from segmentation.reports.relations import rows_of
from segmentation.results import ChartSpec, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import SCORES

_ROUND = [digit * 10.0**power for power in range(12) for digit in (1, 2, 5)]
_SPANS = [1.0, 7.0, 15.0, 30.0, *(90.0 * 2**power for power in range(20))]
"""Widths of classes, of numbers and of days."""


def spreads(session: Session, catalogue: Catalogue, cuts: Cuts) -> dict[str, ChartSpec]:
    """Charts ``days``, ``orders`` and ``amounts`` of the audience, those that hold someone.

    The last class takes in all that lies beyond: ``beyond`` says whether anything does.
    """
    scores = rows_of(catalogue, SCORES)
    sql = f"""
        SELECT CAST(s.days_since_last AS DOUBLE) AS days, CAST(s.frequency AS DOUBLE) AS orders,
            CAST(s.monetary AS DOUBLE) AS amounts
        FROM ({scores.sql}) AS s JOIN audience AS a ON a.contact_id = s.contact_id WHERE s.r IS NOT NULL"""
    found = session.arrays(Statement(sql, scores.params))
    limits: dict[str, Sequence[int | Decimal]] = {
        "days": cuts.days,
        "orders": cuts.orders,
        "amounts": cuts.amounts,
    }
    axes = {"days": "field.days_since_last", "orders": "report.rfm.orders", "amounts": "report.rfm.revenue"}
    charts = {}
    for name, values in found.items():
        known: Numbers = np.ma.compressed(np.ma.asarray(values, dtype=np.float64))
        if known.size:
            wanted = [float(limit) for limit in limits[name]]
            edges = _edges(known, wanted, _SPANS if name == "days" else _ROUND)
            data: dict[str, Value] = {
                "edges": edges,
                "values": _counted(known, edges),
                "beyond": bool(known.max() > edges[-1]),
                "unit": "integer",
                "count_axis": "report.rfm.customers",
                "edge_unit": "money" if name == "amounts" else "integer",
                "cuts": list(limits[name]),
                "axis": axes[name],
            }
            charts[name] = ChartSpec("histogram", data)
    return charts


def _edges(values: Numbers, limits: Sequence[float], widths: Sequence[float]) -> list[float]:
    """At most about 36 classes of one round width, from 0 (or below) to where 19 in 20 lie."""
    top = max(float(np.quantile(values, 0.95)), *(limit * 1.1 for limit in limits), 1.0)
    low = min(0.0, float(np.quantile(values, 0.01)))
    width = next(step for step in widths if (top - low) / step <= 36)
    first, last = int(np.floor(low / width)), int(np.ceil(top / width))
    return [round(place * width, 6) for place in range(first, max(last, first + 1) + 1)]


def _counted(values: Numbers, edges: Sequence[float]) -> list[int]:
    """How many in each class, its upper edge included, as a limit belongs to the level below it."""
    places = np.searchsorted(np.array(edges), values, side="left") - 1
    counted = np.bincount(np.clip(places, 0, len(edges) - 2), minlength=len(edges) - 1)
    return [int(n) for n in counted]
