"""How the slices of a crossing are called: a value in words, a band by its limits, in or out of a segment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pages.parts.crossing.reading import TOTAL, Crossing, Side, Slice, parted
from pages.parts.text import plain
from segmentation.criteria.catalogue import Catalogue
from segmentation.i18n import Words
from segmentation.reference.geography import departments
from segmentation.reports.crossing_sides import BAND, INSIDE, OTHERS, OUTSIDE, SEGMENT, UNKNOWN, VALUE
from segmentation.traits.choices import names_of


@dataclass(frozen=True, slots=True)
class Names:
    """The names of everything in one crossing, in one language."""

    catalogue: Catalogue
    w: Words
    currency: str

    def side(self, code: str) -> str:
        """What a side is of."""
        if code.startswith(SEGMENT):
            return plain(self.catalogue.segment_names.get(code.removeprefix(SEGMENT), code))
        field = self.catalogue.fields[code]
        return plain(field.label) if field.label else self.w(f"field.{code}")

    def slice(self, one: Slice, side: Side) -> str:
        """A row or a column, as it stands beside others of its side."""
        if one.role == BAND:
            return self._band(one, side)
        if one.role == OUTSIDE:
            return self.w("page.crossing.out", name=self.side(side.code))
        if one.role in (UNKNOWN, OTHERS):
            return self.w(f"page.crossing.{one.role}")
        if one.role == INSIDE:
            return self.side(side.code)
        return self._value(one.value, side)

    def alone(self, one: Slice, side: Side) -> str:
        """A slice where nothing says which side it is of: « Âge : 25 à 34 »."""
        said = self.slice(one, side)
        yes_or_no = one.role == VALUE and isinstance(one.value, bool)
        if yes_or_no or one.role in (BAND, UNKNOWN, OTHERS):
            return self.w("page.crossing.of_side", side=self.side(side.code), value=said)
        return said

    def mark(self, mark: str, seen: Crossing) -> str:
        """A cell, a row or a column by its key."""
        row, column = parted(mark)
        found = [
            self.alone(one, side)
            for side, key in ((seen.rows, row), (seen.columns, column))
            for one in side.slices
            if one.key == key != TOTAL
        ]
        return " × ".join(found) or self.w("page.crossing.everyone")

    def _value(self, value: Any, side: Side) -> str:
        if isinstance(value, bool):
            return self.w("input.yes" if value else "input.no")
        field, text = self.catalogue.fields[side.code], str(value)
        if side.code == "department" and text in (known := _departments()):
            return f"{known[text]} ({text})"
        beside = [str(one.value) for one in side.slices if one.role == VALUE]
        return plain(names_of(field, beside, self.w).get(text, text))

    def _band(self, one: Slice, side: Side) -> str:
        low, high = one.value
        if side.kind == "date":
            return self._days(low, high)
        write = self._writer(side.type, [*side.cuts])
        if one.only is not None and (side.type == "integer" or low is None):
            return write(one.only)
        whole = side.type == "integer"
        if low is None:
            return self.w("page.crossing.up_to" if whole else "page.crossing.below", high=write(high - whole))
        if high is None:
            return self.w("page.crossing.from", low=write(low))
        if whole and high - low == 1:
            return write(low)
        return self.w("page.crossing.between", low=write(low), high=write(high - whole))

    def _days(self, low: date | None, high: date | None) -> str:
        """A band of days: a month, a quarter or a year by its name when it is one."""
        w = self.w
        if low is None or high is None:
            end = low or high
            assert end is not None
            return w("page.crossing.since" if high is None else "page.crossing.before", day=w.date(end))
        months = (high.year - low.year) * 12 + high.month - low.month
        if low.day == high.day == 1:
            if months == 1:
                return w.month(low)
            if months == 3 and low.month % 3 == 1:
                return w("page.crossing.quarter", n_quarter=low.month // 3 + 1, year=low.year)
            if months == 12 and low.month == 1:
                return str(low.year)
            if months % 12 == 0 and low.month == 1:
                return w("page.crossing.between", low=low.year, high=high.year - 1)
        return w("page.crossing.between", low=w.date(low), high=w.date(high - timedelta(days=1)))

    def _writer(self, kind: str, cuts: list[Any]) -> Callable[[Any], str]:
        if kind == "money":
            digits = 0 if all(float(cut).is_integer() or cut == 0.01 for cut in cuts) else 2
            return lambda value: self.w.money(Decimal(str(value)), self.currency, digits=digits)
        if kind == "percent":
            return lambda value: self.w.percent(value)
        return lambda value: self.w.number(value)


def _departments() -> dict[str, str]:
    return {one.code: one.name for one in departments().values()}
