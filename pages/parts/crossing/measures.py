"""What can be read in a crossing: people, those who can be reached, money, and comparisons; a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pages.parts.crossing.reading import Cell
from segmentation.i18n import Words


@dataclass(frozen=True, slots=True)
class Measure:
    """``unit`` is that of charts; ``leans``: read against 1, more or less than expected."""

    unit: str
    of: Callable[[Cell], object]
    leans: bool = False


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "contacts": Measure("integer", lambda cell: cell.contacts),
        "reachable": Measure("integer", lambda cell: cell.reachable),
        "revenue": Measure("money", lambda cell: cell.revenue),
        "basket": Measure("money", lambda cell: cell.basket),
        "index": Measure("times", lambda cell: cell.index, leans=True),
        "row_share": Measure("percent", lambda cell: cell.row_share),
        "column_share": Measure("percent", lambda cell: cell.column_share),
    }
)
"""Key of a measure → how it is read; its words are ``page.crossing.measure.<key>``."""


def written(value: object, unit: str, w: Words, currency: str) -> str:
    """A value in words, "–" for none."""
    if value is None:
        return "–"
    match unit:
        case "money":
            return w.money(value, currency, digits=0 if abs(float(str(value))) >= 100 else 2)
        case "percent":
            return w.percent(value, digits=0)
        case "times":
            return w("value.times", times=w.number(value, digits=1))
    return w.number(value, digits=0)
