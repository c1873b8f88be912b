"""The measures over a contact's events: one row each — key, what it is ``of``, which rows, SQL, without
event.

To add one, add a row and its words (``measure.<key>``, ``sentence.measure.<key>``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from segmentation.criteria.catalogue import Field
from segmentation.criteria.frame import Frame


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure's SQL may use, each call a new expression: the field it is of (its folded text when it
    has one), the moment of the row, and for a share whether the row is in."""

    frame: Frame
    of: Callable[[], exp.Expr]
    moment: Callable[[], exp.Expr]
    share: Callable[[], exp.Expr]


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to sum up events.

    ``of``: what must be named — "" nothing, "number" a number field, "any" any field but a list, "criterion".
    ``rows``: "counted" or "summed" rows of the event. ``zero``: without any event it is 0, else it has no
    value. ``type``: the type of its result, None for the type of the field it is of.
    """

    key: str
    of: str
    build: Callable[[Measured], exp.Expr]
    rows: str = "counted"
    zero: bool = False
    type: str | None = "number"


def _count(_measured: Measured) -> exp.Expr:
    return exp.Count(this=exp.Star())


def _count_distinct(measured: Measured) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[measured.of()]))


def _sum(measured: Measured) -> exp.Expr:
    return exp.Coalesce(this=exp.Sum(this=measured.of()), expressions=[exp.Literal.number(0)])


def _average(measured: Measured) -> exp.Expr:
    return exp.Avg(this=measured.of())


def _least(measured: Measured) -> exp.Expr:
    return exp.Min(this=measured.of())


def _greatest(measured: Measured) -> exp.Expr:
    return exp.Max(this=measured.of())


def _median(measured: Measured) -> exp.Expr:
    return exp.Median(this=exp.cast(measured.of(), "DOUBLE"))


def _days_since(aggregate: type[exp.Min] | type[exp.Max]) -> Callable[[Measured], exp.Expr]:
    def build(measured: Measured) -> exp.Expr:
        day = exp.cast(aggregate(this=measured.moment()), "DATE")
        as_of = measured.frame.bind_day(measured.frame.catalogue.as_of)
        return exp.DateDiff(this=as_of, expression=day, unit=exp.var("DAY"))

    return build


def _share(measured: Measured) -> exp.Expr:
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    inside = exp.Case(ifs=[exp.If(this=measured.share(), true=one)], default=zero)
    return exp.Div(this=exp.cast(exp.Sum(this=inside), "DOUBLE"), expression=exp.Count(this=exp.Star()))


def _median_gap(measured: Measured) -> exp.Expr:
    """Over the gaps between successive days with an event (``event_sql`` makes that relation)."""
    return exp.Median(this=exp.cast(measured.of(), "DOUBLE"))


MEASURES: tuple[Measure, ...] = (
    Measure("count", "", _count, zero=True, type="integer"),
    Measure("count_distinct", "any", _count_distinct, zero=True, type="integer"),
    Measure("sum", "number", _sum, rows="summed", zero=True, type=None),
    Measure("avg", "number", _average, type=None),
    Measure("min", "number", _least, type=None),
    Measure("max", "number", _greatest, type=None),
    Measure("median", "number", _median, type=None),
    Measure("days_since_first", "", _days_since(exp.Min), type="integer"),
    Measure("days_since_last", "", _days_since(exp.Max), type="integer"),
    Measure("median_gap", "", _median_gap, type="number"),
    Measure("share", "criterion", _share, type="percent"),
)
"""Every measure, in menu order."""

BY_KEY: Mapping[str, Measure] = MappingProxyType({row.key: row for row in MEASURES})


def measures_for(field: Field | None) -> tuple[Measure, ...]:
    """The measures that can be of ``field`` (None: those that need no field)."""
    if field is None:
        return tuple(row for row in MEASURES if row.of in ("", "criterion"))
    return tuple(
        row
        for row in MEASURES
        if (row.of == "number" and field.kind == "number") or (row.of == "any" and field.kind != "list")
    )


def result_field(measure: Measure, of: Field | None) -> Field:
    """The measure's result as a field: what its operators and its value are checked against."""
    field_type = measure.type or (of.type if of else "number")
    return Field(measure.key, field_type, "event", "", "r.v")
