"""What the engagement screen shows of a report; each mark with the criterion it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from segmentation.results import ChartSpec, Report, Sheet

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bars:
    """A few counts, each with its key and its criterion."""

    keys: tuple[str, ...]
    values: tuple[int, ...]
    criteria: Mapping[str, Any]

    def __getitem__(self, key: str) -> int:
        """The count of a key."""
        return self.values[self.keys.index(key)]


@dataclass(frozen=True, slots=True)
class Silence:
    """Who never opens, how many e-mails they received in twelve months, how many of them have bought, and
    have just arrived."""

    contacts: int
    mails: int
    buyers: int
    new: int
    criterion: Json


@dataclass(frozen=True, slots=True)
class Listening:
    """Everything of one version and one date. ``mailed``: there are e-mail events; ``heard``: tiers exist."""

    as_of: date
    contacts: int
    heard: bool
    mailed: bool
    rated: int
    scale: float
    since: date | None
    silence: Silence | None
    clicks: int
    one_slot: float
    best: tuple[int, int] | None
    charts: Mapping[str, ChartSpec]
    campaigns: Sheet | None
    moves: Sheet | None

    @property
    def days(self) -> tuple[str, ...]:
        """The month ends of the tiers, the as-of day last."""
        labels: Any = self.charts["tiers"].data["labels"]
        return tuple(labels)

    def tiers(self, place: int = -1) -> dict[str, int]:
        """How many contacts in each tier on one of ``days``."""
        series: Any = self.charts["tiers"].data["series"]
        return {tier: values[place] for tier, values in series.items()}

    def bars(self, name: str) -> Bars:
        """A chart of bars."""
        spec = self.charts[name]
        keys: Any = spec.data["keys"]
        values: Any = spec.data["values"]
        return Bars(tuple(keys), tuple(values), spec.criteria)


def read(report: Report) -> Listening:
    """The report of ``segmentation.reports.engagement`` in this form."""
    figures: Mapping[str, Any] = report.figures
    silence = None
    if "silent" in figures:
        silence = Silence(
            figures["silent"],
            figures["silent_mails"],
            figures["silent_buyers"],
            figures["silent_new"],
            figures["silent_criterion"],
        )
    return Listening(
        as_of=figures["as_of"],
        contacts=figures["contacts"],
        heard=figures["heard"],
        mailed=figures["mailed"],
        rated=figures["rated"],
        scale=figures["scale"],
        since=figures.get("since"),
        silence=silence,
        clicks=figures.get("clicks", 0),
        one_slot=figures.get("one_slot", 0.0),
        best=figures.get("best"),
        charts=report.charts,
        campaigns=report.sheets.get("campaigns"),
        moves=report.sheets.get("moves"),
    )


def rows(sheet: Sheet) -> Sequence[Mapping[str, Any]]:
    """The rows of a sheet by the keys of its columns."""
    names = [column.key for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows]
