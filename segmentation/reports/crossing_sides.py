"""One side of a crossing: the values of a field, bands of its numbers or dates, or in and out of a segment.

Each slice is a criterion, so that whoever counts it elsewhere finds the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from segmentation.audience.bitmaps import Mask
from segmentation.audience.breakdown import Bar, breakdown
from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Field
from segmentation.criteria.nodes import All, Any, Condition, Criterion, InSegment, Not
from segmentation.errors import CriterionError
from segmentation.reports.crossing_bands import Limit, cut_at, known_range, proposed, settled

SEGMENT = "segment:"
"""Beginning of the name of a side that is a saved segment: ``segment:vip``."""

VALUE, BAND, INSIDE, OUTSIDE, OTHERS, UNKNOWN = "value", "band", "in", "out", "others", "unknown"
"""What a slice is. Others: the values that are not shown; unknown: no value at all."""

TOLD = (VALUE, BAND, INSIDE, OUTSIDE)
"""Slices that say something of their people; links are measured on these and on the others."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A row or a column. ``value`` is the text (or True, False) of a value, (low, high) of a band.

    A band goes from ``low`` (in) to ``high`` (out), None where it is open; ``only`` is the single value the
    base has in it, when there is one.
    """

    key: str
    role: str
    value: object
    criterion: Criterion
    only: object = None


@dataclass(frozen=True, slots=True)
class Side:
    """A field or a segment cut in slices. ``overlaps``: a contact may be in several (lists).

    ``cuts`` are the limits between bands, ``kind`` that of the field, "segment" for a segment.
    """

    code: str
    kind: str
    type: str
    slices: tuple[Slice, ...]
    cuts: tuple[Limit, ...] = ()
    overlaps: bool = False


def side_of(
    code: str, reading: Reading, audience: Mask, *, most: int, cuts: Sequence[Limit | str] | None = None
) -> Side:
    """The side ``code`` (a field's code, or ``segment:<key>``) in at most ``most`` slices that say a value.

    ``cuts`` moves the limits of the bands: numbers, days, or ("month",), ("quarter",), ("year",); None lets
    the base propose them. Values are the commonest of the audience, those of a closed field all in their
    order. Raises CriterionError when nothing of that name can be asked.
    """
    if code.startswith(SEGMENT):
        return _segment_side(code, reading)
    field = reading.catalogue.fields.get(code)
    if field is None:
        raise CriterionError("error.criterion.unknown_field", path="", field=code)
    empty = Slice("?", UNKNOWN, None, Condition(code, "empty"))
    if field.kind in ("number", "date"):
        bands, limits = _bands(field, reading, most, cuts)
        return Side(code, field.kind, field.type, (*bands, empty), limits)
    values, others = _values(field, reading, audience, most)
    rest = Slice("~", OTHERS, None, others)
    return Side(code, field.kind, field.type, (*values, rest, empty), overlaps=field.kind == "list")


def _segment_side(code: str, reading: Reading) -> Side:
    key = code.removeprefix(SEGMENT)
    if key not in reading.catalogue.segments:
        raise CriterionError("error.criterion.unknown_segment", path="", segment=key)
    inside = Slice("in", INSIDE, True, InSegment(key))
    return Side(code, "segment", "segment", (inside, Slice("out", OUTSIDE, False, Not(InSegment(key)))))


def _values(field: Field, reading: Reading, audience: Mask, most: int) -> tuple[tuple[Slice, ...], Criterion]:
    """The slices of the values shown, and the criterion of all the other values."""
    bars = list(breakdown(field, audience, reading, max(most, len(field.choices))).bars)
    if field.choices:
        order = {choice: place for place, choice in enumerate(field.choices)}
        bars.sort(key=lambda bar: order.get(str(bar.value), len(order)))
    slices = tuple(Slice(f"={bar.value}", VALUE, bar.value, bar.criterion) for bar in bars)
    return slices, _beyond(field, bars)


def _beyond(field: Field, bars: Sequence[Bar]) -> Criterion:
    """Who has a value, and none of those shown."""
    known = Condition(field.code, "not_empty")
    if not bars:
        return known
    plain = not any(bar.criterion.exact for bar in bars) and field.kind != "boolean"
    if plain:
        values = tuple(str(bar.value) for bar in bars)
        return All((known, Condition(field.code, "none_of" if field.kind == "list" else "not_in", values)))
    return All((known, Not(Any(tuple(bar.criterion for bar in bars)))))


def _bands(
    field: Field, reading: Reading, most: int, cuts: Sequence[Limit | str] | None
) -> tuple[tuple[Slice, ...], tuple[Limit, ...]]:
    values, weights = known_range(field, reading)
    if not len(values):
        return (), ()
    asked = proposed(field, values, weights, most) if not cuts else settled(cuts, field, values)
    bands = []
    for low, high, only, some in cut_at(asked, values):
        if some or cuts:
            said = _band_criterion(field, low, high)
            bands.append(Slice(f"{_written(low)}..{_written(high)}", BAND, (low, high), said, only))
    return tuple(bands), tuple(asked)


def _band_criterion(field: Field, low: Limit | None, high: Limit | None) -> Criterion:
    """From ``low`` to below ``high``: days and whole numbers as both ends in, other numbers as they are."""
    if field.kind == "date":
        last = high - timedelta(days=1) if isinstance(high, date) else None
        return Condition(field.code, "between", (_iso(low), _iso(last)))
    if low is None and high is None:
        return Condition(field.code, "not_empty")
    if field.type == "integer" and low is not None and high is not None:
        return Condition(field.code, "between", (_bound(low), _bound(high) - 1))
    above = [] if low is None else [Condition(field.code, ">=", _bound(low))]
    below = [] if high is None else [Condition(field.code, "<", _bound(high))]
    both = (*above, *below)
    return both[0] if len(both) == 1 else All(both)


def _bound(limit: Limit) -> int | float:
    assert not isinstance(limit, date)
    return int(limit) if float(limit).is_integer() else float(limit)


def _iso(limit: Limit | None) -> str | None:
    return limit.isoformat() if isinstance(limit, date) else None


def _written(limit: Limit | None) -> str:
    if limit is None:
        return ""
    return limit.isoformat() if isinstance(limit, date) else f"{Decimal(str(limit)).normalize():f}"
