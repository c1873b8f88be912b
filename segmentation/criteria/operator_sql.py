"""The SQL of each operator, over a value that is there. Days are half-open ranges, text is folded unless
exact."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlglot import exp

from segmentation.criteria.fold import fold_text
from segmentation.criteria.frame import both, either, negated, one_of
from segmentation.criteria.nodes import Other, Place
from segmentation.criteria.operand import Operand
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
    names = tuple(catalogue.spellings(country))
    ours = fold_text(catalogue.country) in names
    if "country" not in catalogue.fields:
        return exp.true() if ours else exp.false()
    theirs = operand.scope.operand("country", operand.path)
    same = one_of(theirs.key(), [operand.frame.bind(name) for name in names])
    return either(same, theirs.blank()) if ours else same


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


def _numbers(items: object) -> list[exp.Expr]:
    return [exp.Literal.number(item) for item in cast(tuple[int, ...], items)]


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
