"""Limits: the first N of a ranking and stable samples, among some members or the whole base.

A sample goes by the first 8 hexadecimal digits of md5("seed:contact"), the same on any machine and engine.
"""

from __future__ import annotations

import math

from sqlglot import exp

from segmentation.criteria.frame import Frame, aliased, both, column, named, negated, select, sure
from segmentation.criteria.nodes import Sample, Top
from segmentation.criteria.scopes import ContactScope
from segmentation.errors import CriterionError


def live(scope: ContactScope) -> exp.Expr:
    return sure(column(scope.alias, "live"))


def first(order: Top | Sample, frame: Frame, path: str, *, among: exp.Select | None = None) -> exp.Select:
    """SELECT id of the contacts a limit keeps, among some members or the whole base."""
    scope = ContactScope(frame, frame.alias())
    inside = scope.flag(among, scope.contact()) if among is not None else exp.true()
    if isinstance(order, Sample) and order.percent is not None:
        return scope.query(
            scope.rows(), both(live(scope), inside, drawn(order, scope)), named(scope.contact(), "id")
        )
    keys, kept = ranking(order, scope, path)
    rank = exp.Window(this=exp.RowNumber(), order=exp.Order(expressions=keys))
    ranked = scope.query(
        scope.rows(), both(live(scope), inside, kept), named(scope.contact(), "id"), named(rank, "k")
    )
    alias = frame.alias()
    query = select(named(column(alias, "id"), "id")).from_(aliased(ranked, alias), copy=False)
    within = exp.LTE(this=column(alias, "k"), expression=frame.bind(order.n))
    query.set("where", exp.Where(this=within))
    return query


def ranking(order: Top | Sample, scope: ContactScope, path: str) -> tuple[list[exp.Expr], exp.Expr]:
    """The order of a limit and who can be in it; ties by contact id."""
    by_contact = exp.Ordered(this=scope.contact())
    if isinstance(order, Sample):
        return [exp.Ordered(this=_hash(order.seed, scope)), by_contact], exp.true()
    operand = scope.operand(order.by, path)
    if operand.field.kind not in ("number", "date"):
        raise CriterionError("error.criterion.top", path=path, field=order.by)
    first = exp.Ordered(this=operand.value(), desc=not order.lowest)
    return [first, by_contact], negated(operand.blank())


def _hash(seed: int, scope: ContactScope) -> exp.Expr:
    """The first 8 hexadecimal digits of md5("seed:contact"), the same on any machine and engine."""
    contact = exp.cast(scope.contact(), "TEXT")
    text = exp.DPipe(this=exp.cast(scope.frame.bind(f"{seed}:"), "TEXT"), expression=contact)
    return exp.Substring(this=exp.MD5(this=text), start=exp.Literal.number(1), length=exp.Literal.number(8))


def drawn(sample: Sample, scope: ContactScope) -> exp.Expr:
    """Whether the contact's hash falls in the first ``percent`` of the 2^32 values."""
    assert sample.percent is not None
    cut = math.ceil(sample.percent / 100 * 2**32)
    if cut >= 2**32:
        return exp.true()
    return exp.LT(this=_hash(sample.seed, scope), expression=scope.frame.bind(f"{cut:08x}"))
