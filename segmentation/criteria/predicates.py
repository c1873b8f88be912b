"""A tree over rows as one boolean SQL expression: groups, and the leaf that asks one field of the row.

Each leaf is COALESCE(predicate, FALSE). A missing value is out, unless ``unknown`` takes it in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from segmentation.criteria.frame import both, either, negated, sure
from segmentation.criteria.nodes import All, Any, Condition, Criterion, Leaf, Not, Value, child_paths
from segmentation.criteria.operand import Operand
from segmentation.criteria.operators import Operator, operator_of
from segmentation.criteria.scopes import EventScope
from segmentation.errors import CriterionError


def compiled(node: Criterion, path: str, leaf: Callable[[Leaf, str], exp.Expr]) -> exp.Expr:
    """The tree as an expression, each leaf said by ``leaf(node, path)``."""
    if isinstance(node, Not):
        ((child_path, child),) = child_paths(node, path)
        return negated(compiled(child, child_path, leaf))
    if isinstance(node, (All, Any)):
        parts = [compiled(child, child_path, leaf) for child_path, child in child_paths(node, path)]
        return both(*parts) if isinstance(node, All) else either(*parts)
    return leaf(node, path)


def predicate(operand: Operand, operator: Operator, value: Value, *, unknown: bool) -> exp.Expr:
    """The operator asked of the operand, true or false for every row.

    ``empty`` and ``not_empty`` speak of missing values themselves: ``unknown`` changes nothing to them.
    """
    said = operator.build(operand, operator.read(value, operand.field, operand.path))
    if operator.guarded:
        said = both(negated(operand.blank()), said)
    if unknown and operator.shape != "none":
        said = either(operand.blank(), said)
    return sure(said)


def row_predicate(node: Criterion, path: str, scope: EventScope) -> exp.Expr:
    """A ``where`` over the rows of an event; a line's field means "has such a line", condition by
    condition."""

    def leaf(condition: Leaf, at: str) -> exp.Expr:
        if not isinstance(condition, Condition):
            raise CriterionError("error.criterion.not_of_event", path=at)
        child = scope.child_of(condition.field)
        return _asked(condition, at, scope) if child is None else _has_line(condition, at, scope)

    return compiled(node, path, leaf)


def _asked(condition: Condition, path: str, scope: EventScope) -> exp.Expr:
    operand = replace(scope.operand(condition.field, path), exact=condition.exact)
    operator = operator_of(operand.field, condition.op, path)
    if operator.ranks:
        raise CriterionError(
            "error.criterion.ranks_in_event", path=path, op=operator.key, field=condition.field
        )
    return predicate(operand, operator, condition.value, unknown=condition.unknown)


def _has_line(condition: Condition, path: str, scope: EventScope) -> exp.Expr:
    child, frame, source = scope.child_of(condition.field), scope.frame, scope.source
    assert child is not None and child.link is not None and source is not None and source.link is not None
    lines = EventScope(frame, frame.alias(), source=child)
    asked = _asked(condition, path, lines)
    members = lines.query(
        frame.rows(child.relation, lines.alias),
        asked,
        exp.alias_(frame.read(child.link, lines.alias), "id", copy=False),
    )
    return scope.flag(members, frame.read(source.link, scope.alias))
