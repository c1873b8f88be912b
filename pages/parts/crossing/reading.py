"""What the crossing screen shows of a report: two sides and their cells; each mark with its criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zlib import crc32

from segmentation.reports.crossing import BETWEEN, TOTAL
from segmentation.results import Report, Sheet

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Slice:
    """A row or a column (``segmentation.reports.crossing_sides``)."""

    key: str
    role: str
    value: Any
    only: Any


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it is of, its slices, the limits of its bands."""

    code: str
    kind: str
    type: str
    cuts: tuple[Any, ...]
    overlaps: bool
    slices: tuple[Slice, ...]

    @property
    def banded(self) -> bool:
        """Whether it is cut by limits that can be moved."""
        return self.kind in ("number", "date")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or a total. Shares are of its row and of its column; ``index`` is times what was expected."""

    contacts: int
    reachable: int
    revenue: Decimal
    basket: Decimal | None
    row_share: float | None
    column_share: float | None
    index: float | None
    expected: float | None
    believed: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """Everything of one version and one date."""

    contacts: int
    known: int
    link: float | None
    same: bool
    surprises: tuple[str, ...]
    rows: Side
    columns: Side
    cells: Mapping[str, Cell]
    criteria: Mapping[str, Json]

    def cell(self, row: str, column: str) -> Cell:
        """A cell by the keys of its sides (``TOTAL`` for all of one)."""
        return self.cells[row + BETWEEN + column]

    @property
    def shape(self) -> int:
        """A number that changes with the slices of either side."""
        keys = [one.key for side in (self.rows, self.columns) for one in side.slices]
        return crc32("\n".join((self.rows.code, self.columns.code, *keys)).encode())


def read(report: Report) -> Crossing:
    """The report of ``segmentation.reports.crossing`` in this form."""
    figures: Mapping[str, Any] = report.figures
    criteria: Mapping[str, Any] = report.charts["cells"].criteria
    return Crossing(
        contacts=figures["contacts"],
        known=figures["known"],
        link=figures["link"],
        same=figures["same"],
        surprises=tuple(figures["surprises"]),
        rows=_side("rows", report),
        columns=_side("columns", report),
        cells={f"{row[0]}{BETWEEN}{row[1]}": _cell(row) for row in report.sheets["cells"].rows},
        criteria=criteria,
    )


def parted(mark: str) -> tuple[str, str]:
    """The keys of the row and of the column of a mark."""
    row, _, column = mark.partition(BETWEEN)
    return row, column


def _side(name: str, report: Report) -> Side:
    figures: Mapping[str, Any] = report.figures
    sheet: Sheet = report.sheets[name]
    return Side(
        figures[name],
        figures[f"{name}_kind"],
        figures[f"{name}_type"],
        tuple(figures[f"{name}_cuts"]),
        figures[f"{name}_overlaps"],
        tuple(Slice(*map(_any, row)) for row in sheet.rows),
    )


def _any(value: object) -> Any:
    return value


def _cell(row: Any) -> Cell:
    _, _, contacts, reachable, revenue, basket, across, down, index, expected, _, believed = row
    return Cell(contacts, reachable, revenue, basket, across, down, index, expected, believed)


__all__ = ["TOTAL", "Cell", "Crossing", "Side", "Slice", "parted", "read"]
