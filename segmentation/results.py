"""What rooms hand to one another: SQL with its values, progress, and numbers with their meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Value = object
"""A value a driver can bind: None, bool, int, float, Decimal, str, date, datetime, list of these."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL text (DuckDB dialect, ``?`` placeholders) and the values of its placeholders, in order."""

    sql: str
    params: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet or a table on screen.

    ``label`` is a catalogue key or, when ``literal``, the user's own words.
    ``type`` decides how it is written: text, id, integer, number, money, percent, date, datetime,
    boolean, list.
    """

    key: str
    label: str
    type: str = "text"
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to show or write: columns and rows of plain Python values."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A picture without a drawing library: its kind, its data, and what each mark stands for.

    ``kind`` names a renderer of ``pages/parts/charts``; ``data`` holds its series;
    ``criteria`` maps a mark's key to the JSON criterion it opens.
    """

    kind: str
    data: Mapping[str, Value]
    criteria: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """An audience summed: named figures, tables and charts, all of one version and one as-of date."""

    name: str
    figures: Mapping[str, Value] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)


Progress = Callable[[str, float], None]
"""Called with a catalogue key saying what is under way and a share done in [0, 1]."""

Cancelled = Callable[[], bool]
"""Answers True once the user has asked the job to stop."""


def silent(_step: str, _share: float) -> None:
    """A progress that says nothing."""


def never() -> bool:
    """A cancellation that never comes."""
    return False
