"""The SQL of date operators, over a value that is there: relative time is resolved to half-open days and
bound."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import cast

from sqlglot import exp

from segmentation.criteria import windows
from segmentation.criteria.frame import both, either, one_of
from segmentation.criteria.nodes import Other, Span
from segmentation.criteria.operand import Operand
from segmentation.criteria.windows import Days
from segmentation.errors import CriterionError


def _numbers(items: object) -> list[exp.Expr]:
    return [exp.Literal.number(item) for item in cast(tuple[int, ...], items)]


def in_days(operand: Operand, days: Days) -> exp.Expr:
    """``start <= value < end``, in the type of the field."""
    sides: list[exp.Expr] = []
    if days.start is not None:
        sides.append(exp.GTE(this=operand.value(), expression=_moment(operand, days.start)))
    if days.end is not None:
        sides.append(exp.LT(this=operand.value(), expression=_moment(operand, days.end)))
    return both(*sides)


def _moment(operand: Operand, day: date) -> exp.Expr:
    is_moment = operand.field.type == "datetime"
    return operand.frame.bind(datetime.combine(day, time.min) if is_moment else day)


def last(operand: Operand, value: object) -> exp.Expr:
    return in_days(operand, windows.last(operand.frame.catalogue.as_of, cast(Span, value)))


def older_than(operand: Operand, value: object) -> exp.Expr:
    return in_days(operand, windows.older_than(operand.frame.catalogue.as_of, cast(Span, value)))


def ago_between(operand: Operand, value: object) -> exp.Expr:
    return in_days(operand, windows.ago_between(operand.frame.catalogue.as_of, cast(Span, value)))


def following_days(operand: Operand, value: object) -> exp.Expr:
    return in_days(operand, windows.following(operand.frame.catalogue.as_of, cast(Span, value)))


def _period(operand: Operand, unit: object, offset: int) -> exp.Expr:
    catalogue = operand.frame.catalogue
    first = catalogue.first_day_of_week
    return in_days(operand, windows.period(catalogue.as_of, str(unit), offset, first_day_of_week=first))


def this_period(operand: Operand, value: object) -> exp.Expr:
    return _period(operand, value, 0)


def previous_period(operand: Operand, value: object) -> exp.Expr:
    return _period(operand, value, -1)


def following_period(operand: Operand, value: object) -> exp.Expr:
    return _period(operand, value, 1)


def on_day(operand: Operand, value: object) -> exp.Expr:
    if isinstance(value, Other):
        return exp.EQ(this=_as_day(operand), expression=_other_day(operand, value))
    return in_days(operand, windows.between(cast(date, value), cast(date, value)))


def before(operand: Operand, value: object) -> exp.Expr:
    """Before the day, which is out."""
    if isinstance(value, Other):
        return exp.LT(this=_as_day(operand), expression=_other_day(operand, value))
    return in_days(operand, Days(None, cast(date, value)))


def after(operand: Operand, value: object) -> exp.Expr:
    """After the day, which is out."""
    if isinstance(value, Other):
        return exp.GT(this=_as_day(operand), expression=_other_day(operand, value))
    return in_days(operand, Days(cast(date, value) + timedelta(days=1), None))


def _as_day(operand: Operand) -> exp.Expr:
    return exp.cast(operand.value(), "DATE")


def _other_day(operand: Operand, value: Other) -> exp.Expr:
    other = operand.scope.operand(value.field, operand.path)
    if other.field.kind != "date":
        raise CriterionError("error.criterion.value.day", path=operand.path, field=value.field)
    return _as_day(other)


def between_days(operand: Operand, value: object) -> exp.Expr:
    low, high = cast(tuple[date | None, date | None], value)
    return in_days(operand, windows.between(low, high))


def in_months(operand: Operand, value: object) -> exp.Expr:
    return one_of(exp.Month(this=operand.value()), _numbers(value))


def on_weekdays(operand: Operand, value: object) -> exp.Expr:
    return one_of(exp.DayOfWeekIso(this=operand.value()), _numbers(value))


def in_hours(operand: Operand, value: object) -> exp.Expr:
    """From the first hour included to the second excluded, across midnight when it is smaller."""
    start, end = cast(tuple[int, int], value)
    hour = exp.Extract(this=exp.var("HOUR"), expression=operand.value())
    sides = (
        exp.GTE(this=hour, expression=exp.Literal.number(start)),
        exp.LT(this=hour.copy(), expression=exp.Literal.number(end)),
    )
    return both(*sides) if start < end else either(*sides)


def anniversary(operand: Operand, value: object) -> exp.Expr:
    pairs = windows.anniversaries(operand.frame.catalogue.as_of, cast(Span, value))
    month = exp.Mul(this=exp.Month(this=operand.value()), expression=exp.Literal.number(100))
    date_of_year = exp.Add(this=month, expression=exp.Day(this=operand.value()))
    return one_of(date_of_year, _numbers(tuple(month * 100 + day for month, day in pairs)))
