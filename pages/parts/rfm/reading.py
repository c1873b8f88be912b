"""What the loyalty screen shows of a report: groups, cells, limits; each with the criterion it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from segmentation.predictive.rfm import PROSPECTS, SMALL_CELL, Cuts
from segmentation.predictive.rfm_drift import Proposal
from segmentation.results import ChartSpec, Report, Sheet

Json = Mapping[str, object]
SPREADS = ("days", "orders", "amounts")


@dataclass(frozen=True, slots=True)
class Group:
    """One of the eleven groups, or the prospects: shares are of all customers and of all revenue."""

    key: str
    customers: int
    share: float | None
    revenue: Decimal
    revenue_share: float | None
    basket: Decimal | None
    days: float | None
    criterion: Json


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid; ``key`` is "r5f4"."""

    key: str
    r: int
    f: int
    group: str
    customers: int
    revenue: Decimal
    criterion: Json


@dataclass(frozen=True, slots=True)
class Loyalty:
    """Everything of one version and one date. ``few``: too few to name every cell; ``old``: whose
    last order precedes the window; ``unplaced``: buyers without a group, whose money is in ``revenue``."""

    as_of: date
    customers: int
    unplaced: int
    revenue: Decimal
    once: int
    old: int
    once_criterion: Json
    cuts: Cuts
    few: bool
    groups: tuple[Group, ...]
    prospects: Group | None
    cells: Mapping[tuple[int, int], Cell]
    spreads: Mapping[str, ChartSpec]
    proposal: Proposal | None

    def group(self, key: str) -> Group | None:
        """A group by its key, the prospects included."""
        known = (*self.groups, *([self.prospects] if self.prospects else []))
        return next((group for group in known if group.key == key), None)

    def named(self, cell: Cell) -> bool:
        """Whether a cell bears its group's name: in a small base, only when it holds enough people."""
        return cell.customers > 0 and (not self.few or cell.customers >= SMALL_CELL)

    def cell(self, key: str) -> Cell | None:
        """A cell by its key."""
        return next((cell for cell in self.cells.values() if cell.key == key), None)


def read(report: Report) -> Loyalty | None:
    """The report of ``segmentation.reports.rfm`` in this form; None when nobody has a group."""
    figures: Mapping[str, Any] = report.figures
    if not figures["customers"]:
        return None
    groups = [_group(row, report.charts["treemap"].criteria) for row in _rows(report.sheets["groups"])]
    cells = [_cell(row, report.charts["grid"].criteria) for row in _rows(report.sheets["cells"])]
    prospects = next((group for group in groups if group.key == PROSPECTS and group.customers), None)
    return Loyalty(
        as_of=figures["as_of"],
        customers=figures["customers"],
        unplaced=figures["unplaced"],
        revenue=figures["revenue_whole"],
        once=figures["once"],
        old=figures["old"],
        once_criterion=figures["once_criterion"],
        cuts=figures["cuts"],
        few=figures["few"],
        groups=tuple(group for group in groups if group.key != PROSPECTS),
        prospects=prospects,
        cells={(cell.r, cell.f): cell for cell in cells},
        spreads={name: report.charts[name] for name in SPREADS if name in report.charts},
        proposal=figures["proposal"],
    )


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    names = [column.key for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows]


def _group(row: Mapping[str, Any], criteria: Mapping[str, Any]) -> Group:
    parts = ("key", "customers", "share", "revenue", "revenue_share", "basket", "days")
    return Group(*(row[part] for part in parts), criterion=criteria[row["key"]])


def _cell(row: Mapping[str, Any], criteria: Mapping[str, Any]) -> Cell:
    parts = ("key", "r", "f", "group", "customers", "revenue")
    return Cell(*(row[part] for part in parts), criterion=criteria[row["key"]])
