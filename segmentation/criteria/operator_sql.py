"""The SQL of each operator, over a value that is there. Days are half-open ranges, text is folded unless
exact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import cast

from sqlglot import exp

from segmentation.criteria import windows
from segmentation.criteria.fold import fold_text
from segmentation.criteria.frame import both, either, negated, one_of
from segmentation.criteria.nodes import Other, Place, Span
from segmentation.criteria.operand import Operand
from segmentation.criteria.windows import Days
from segmentation.errors import CriterionError

Compared = type[exp.Binary]


def said(operand: Operand, text: object) -> str:
    """The text to compare with the operand's; CriterionError when folding leaves nothing of it."""
    if operand.exact:
        return str(text)
    folded = fold_text(str(text))
    if not folded:
        raise CriterionError(
            "error.criterion.folded_away", path=operand.path, field=operand.field.code, value=text
        )
    return folded


def _bound(operand: Operand, text: object) -> exp.Expr:
    return operand.frame.bind(said(operand, text))


def is_text(operand: Operand, value: object) -> exp.Expr:
    return exp.EQ(this=operand.key(), expression=_bound(operand, value))


def is_not_text(operand: Operand, value: object) -> exp.Expr:
    return exp.NEQ(this=operand.key(), expression=_bound(operand, value))


def in_texts(operand: Operand, value: object) -> exp.Expr:
    texts = dict.fromkeys(said(operand, text) for text in cast(tuple[str, ...], value))
    return one_of(operand.key(), [operand.frame.bind(text) for text in texts])


def not_in_texts(operand: Operand, value: object) -> exp.Expr:
    return negated(in_texts(operand, value))


def contains(operand: Operand, value: object) -> exp.Expr:
    return exp.Contains(this=operand.key(), expression=_bound(operand, value))


def not_contains(operand: Operand, value: object) -> exp.Expr:
    return negated(contains(operand, value))


def starts_with(operand: Operand, value: object) -> exp.Expr:
    return exp.StartsWith(this=operand.key(), expression=_bound(operand, value))


def ends_with(operand: Operand, value: object) -> exp.Expr:
    return exp.EndsWith(this=operand.key(), expression=_bound(operand, value))


def matches(operand: Operand, value: object) -> exp.Expr:
    """An RE2 pattern found anywhere in the stored text, case aside unless exact."""
    pattern = operand.frame.bind(value)
    parts = [operand.value(), pattern, *([] if operand.exact else [exp.Literal.string("i")])]
    return exp.Anonymous(this="REGEXP_MATCHES", expressions=parts)


def within_km(operand: Operand, value: object) -> exp.Expr:
    """A postal code whose centre is near, read in the contact's country, or in the base's when unknown."""
    place, catalogue = cast(Place, value), operand.frame.catalogue
    near = catalogue.near(place.of, place.km) if catalogue.near else ()
    if not near:
        raise CriterionError(
            "error.criterion.place", path=operand.path, field=operand.field.code, value=place.of
        )
    codes: dict[str, list[exp.Expr]] = {}
    for country, code in sorted(set(near)):
        codes.setdefault(country, []).append(operand.frame.bind(code))
    return either(
        *(both(_lives_in(operand, c), one_of(operand.value(), items)) for c, items in codes.items())
    )


def _lives_in(operand: Operand, country: str) -> exp.Expr:
    catalogue = operand.frame.catalogue
    if "country" not in catalogue.fields:
        return exp.true() if country == catalogue.country else exp.false()
    theirs = operand.scope.operand("country", operand.path)
    same = exp.EQ(this=theirs.value(), expression=operand.frame.bind(country))
    return either(same, theirs.blank()) if country == catalogue.country else same


def compared(kind: Compared) -> Callable[[Operand, object], exp.Expr]:
    """The builder of a comparison with a number, or with another field times a factor."""

    def build(operand: Operand, value: object) -> exp.Expr:
        return kind(this=operand.value(), expression=_number(operand, value))

    return build


def _number(operand: Operand, value: object) -> exp.Expr:
    if not isinstance(value, Other):
        return operand.frame.bind(value)
    other = operand.scope.operand(value.field, operand.path)
    if other.field.kind != "number":
        raise CriterionError("error.criterion.value.number", path=operand.path, field=value.field)
    return exp.Mul(this=other.value(), expression=operand.frame.bind(value.times))


def between(operand: Operand, value: object) -> exp.Expr:
    low, high = cast(tuple[object, object], value)
    sides: list[exp.Expr] = []
    if low is not None:
        sides.append(exp.GTE(this=operand.value(), expression=operand.frame.bind(low)))
    if high is not None:
        sides.append(exp.LTE(this=operand.value(), expression=operand.frame.bind(high)))
    return both(*sides)


def not_between(operand: Operand, value: object) -> exp.Expr:
    return negated(between(operand, value))


def in_top_percent(operand: Operand, value: object) -> exp.Expr:
    """Over a ranked operand (1 = first): rank ≤ ceil(N % × n), ties in, written without rounding."""
    rank, total = exp.column("k", operand.alias), exp.column("n", operand.alias)
    before = exp.Sub(this=rank, expression=exp.Literal.number(1))
    hundred = exp.Mul(this=exp.Paren(this=before), expression=exp.Literal.number(100))
    return exp.LT(this=hundred, expression=exp.Mul(this=total, expression=operand.frame.bind(value)))


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


def _numbers(items: object) -> list[exp.Expr]:
    return [exp.Literal.number(item) for item in cast(tuple[int, ...], items)]


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


def _holds(operand: Operand, value: object) -> list[exp.Expr]:
    texts = dict.fromkeys(said(operand, text) for text in cast(tuple[str, ...], value))
    return [exp.ArrayContains(this=operand.key(), expression=operand.frame.bind(text)) for text in texts]


def any_of(operand: Operand, value: object) -> exp.Expr:
    return either(*_holds(operand, value))


def all_of(operand: Operand, value: object) -> exp.Expr:
    return both(*_holds(operand, value))


def none_of(operand: Operand, value: object) -> exp.Expr:
    return negated(any_of(operand, value))


def _distinct(operand: Operand) -> exp.Expr:
    distinct = exp.Anonymous(this="LIST_DISTINCT", expressions=[operand.key()])
    return exp.ArraySize(this=distinct)


def exactly(operand: Operand, value: object) -> exp.Expr:
    """The same values, whatever their order and repeats."""
    held = _holds(operand, value)
    return both(exp.EQ(this=_distinct(operand), expression=exp.Literal.number(len(held))), *held)


def size(operand: Operand, value: object) -> exp.Expr:
    """How many different values."""
    low, high = cast(tuple[int | None, int | None], value)
    sides: list[exp.Expr] = []
    if low is not None:
        sides.append(exp.GTE(this=_distinct(operand), expression=exp.Literal.number(low)))
    if high is not None:
        sides.append(exp.LTE(this=_distinct(operand), expression=exp.Literal.number(high)))
    return both(*sides)


def is_boolean(operand: Operand, value: object) -> exp.Expr:
    return exp.EQ(this=operand.value(), expression=operand.frame.bind(value))


def empty(operand: Operand, _value: object) -> exp.Expr:
    return operand.blank()


def not_empty(operand: Operand, _value: object) -> exp.Expr:
    return negated(operand.blank())
