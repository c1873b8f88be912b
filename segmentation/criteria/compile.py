"""From criterion to SQL: one statement per leaf (for bitmaps), or one for the whole tree (for any engine).

Both say the same leaves; tests hold them equal to one another and to a plain-Python oracle.
"""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.criteria.event_sql import measure_of, measured
from segmentation.criteria.fold import fold_text
from segmentation.criteria.frame import (
    Frame,
    aliased,
    both,
    column,
    either,
    named,
    negated,
    one_of,
    select,
)
from segmentation.criteria.limits import drawn, first, live, ranking
from segmentation.criteria.nodes import (
    All,
    Any,
    Condition,
    Criterion,
    EventCondition,
    InGroup,
    InSegment,
    Leaf,
    Not,
    Other,
    Sample,
    Top,
)
from segmentation.criteria.operand import Operand
from segmentation.criteria.operators import operator_of
from segmentation.criteria.predicates import compiled, predicate
from segmentation.criteria.scopes import ContactScope
from segmentation.criteria.segment import Segment, as_segment, refuse_cycle
from segmentation.errors import CriterionError
from segmentation.results import Statement

_ONLY_ABSENT = ("empty",)
"""Operators that are true of a contact without any row in the field's relation."""


def compile_leaf(leaf: Leaf, catalogue: Catalogue) -> Statement:
    """``SELECT contact_id``: the distinct ids for which the leaf is true; erased contacts are not left out.

    A segment is no leaf of SQL here: the caller evaluates its trees.
    """
    frame = Frame(catalogue)
    return frame.render(_leaf_query(leaf, frame))


def compile_whole(thing: Criterion | Segment, catalogue: Catalogue) -> Statement:
    """One statement with the ids of the members, live contacts only, in ascending order."""
    segment = as_segment(thing)
    refuse_cycle(segment, catalogue.segments)
    frame = Frame(catalogue)
    alias = frame.alias()
    query = select(named(column(alias, "id"), "contact_id")).from_(
        aliased(_members(segment, frame), alias), copy=False
    )
    query.set("order", exp.Order(expressions=[exp.Ordered(this=column(alias, "id"))]))
    return frame.render(query)


def compile_ranking(order: Top | Sample, catalogue: Catalogue) -> Statement:
    """``SELECT contact_id`` of live contacts in the order a limit takes them: best value first, or smallest
    hash."""
    frame = Frame(catalogue)
    scope = ContactScope(frame, frame.alias())
    keys, kept = ranking(order, scope, "limit")
    query = scope.query(scope.rows(), both(live(scope), kept), named(scope.contact(), "contact_id"))
    query.set("order", exp.Order(expressions=keys))
    return frame.render(query)


def compile_values(code: str, catalogue: Catalogue) -> Statement:
    """``SELECT contact_id, value, key``: a field's value per contact that has one, and its folded text (a
    list's elements folded; the value itself for other types)."""
    frame = Frame(catalogue)
    scope = ContactScope(frame, frame.alias())
    scope.relation = scope.known(code, "").relation
    operand = scope.operand(code, "")
    folded = operand.field.kind in ("text", "place", "list")
    key = operand.key() if folded else operand.value()
    columns = (named(scope.contact(), "contact_id"), named(operand.value(), "value"), named(key, "key"))
    return frame.render(scope.query(scope.rows(), negated(operand.blank()), *columns))


def compile_measure(leaf: EventCondition, catalogue: Catalogue) -> Statement:
    """``SELECT contact_id, v``: the measure of an event condition per contact that has a kept event."""
    frame = Frame(catalogue)
    return frame.render(measured(leaf, frame, "")[0])


def compile_for_errors(node: Criterion, catalogue: Catalogue, path: str) -> None:
    """Compile a leaf for its errors alone: CriterionError with ``path``; a group or a segment named has
    none."""
    if isinstance(node, InSegment):
        _saved(node.key, catalogue, path)
    elif not isinstance(node, (All, Any, Not)):
        frame = Frame(catalogue)
        _leaf(node, path, ContactScope(frame, frame.alias()))


def _leaf_query(leaf: Leaf, frame: Frame) -> exp.Select:
    """The leaf on its own, read from the smallest relation that can answer it."""
    if isinstance(leaf, Condition):
        scope = ContactScope(frame, frame.alias())
        field = scope.known(leaf.field, "")
        operator = operator_of(field, leaf.op, "")
        if not leaf.unknown and operator.key not in _ONLY_ABSENT and not operator.ranks:
            scope.relation = field.relation
    elif isinstance(leaf, EventCondition) and not (
        measure_of(leaf, "").zero or leaf.unknown or leaf.op == "empty"
    ):
        query, field = measured(leaf, frame, "")
        alias = frame.alias()
        operand = Operand(ContactScope(frame, alias), field, alias)
        if not operator_of(field, leaf.op, "").ranks and not _names_field(leaf):
            said = predicate(operand, operator_of(field, leaf.op, ""), leaf.value, unknown=False)
            found = select(named(column(alias, "contact_id"), "contact_id")).from_(
                aliased(query, alias), copy=False
            )
            found.set("where", exp.Where(this=said))
            return found
        scope = ContactScope(frame, frame.alias())
    else:
        scope = ContactScope(frame, frame.alias())
    said = _leaf(leaf, "", scope)
    return scope.query(scope.rows(), said, named(scope.contact(), "contact_id"))


def _names_field(leaf: EventCondition) -> bool:
    return isinstance(leaf.value, Other)


def _leaf(leaf: Leaf, path: str, scope: ContactScope) -> exp.Expr:
    """Whether the leaf is true of the scope's contact."""
    match leaf:
        case Condition():
            return _condition(leaf, path, scope)
        case EventCondition():
            return _event(leaf, path, scope)
        case InGroup(name):
            return scope.flag(_group(name, scope.frame), scope.contact())
        case InSegment(key):
            return scope.flag(
                _members(_saved(key, scope.frame.catalogue, path), scope.frame), scope.contact()
            )
        case Sample(percent=None) | Top():
            return scope.flag(first(leaf, scope.frame, path), scope.contact())
        case Sample():
            return drawn(leaf, scope)


def _condition(leaf: Condition, path: str, scope: ContactScope) -> exp.Expr:
    field = scope.known(leaf.field, path)
    operator = operator_of(field, leaf.op, path)
    if not operator.ranks:
        operand = replace(scope.operand(leaf.field, path), exact=leaf.exact)
        return predicate(operand, operator, leaf.value, unknown=leaf.unknown)
    inner = ContactScope(scope.frame, scope.frame.alias())
    value = inner.operand(leaf.field, path)
    kept = both(live(inner), negated(value.blank()))
    ranked = _ranked(inner, value.value(), kept, ascending=leaf.op == "bottom_percent")
    flag = scope.flag(_cut(ranked, leaf, field, path, scope.frame), scope.contact())
    return either(flag, scope.operand(leaf.field, path).blank()) if leaf.unknown else flag


def _ranked(scope: ContactScope, value: exp.Expr, kept: exp.Expr, *, ascending: bool) -> exp.Select:
    """SELECT contact_id, k (1 = first, ties share it), n (how many have a value)."""
    order = exp.Order(expressions=[exp.Ordered(this=value, desc=not ascending)])
    rank = exp.Window(this=exp.Anonymous(this="RANK"), order=order)
    total = exp.Window(this=exp.Count(this=exp.Star()))
    return scope.query(
        scope.rows(), kept, named(scope.contact(), "contact_id"), named(rank, "k"), named(total, "n")
    )


def _cut(
    ranked: exp.Select, leaf: Condition | EventCondition, field: Field, path: str, frame: Frame
) -> exp.Select:
    alias = frame.alias()
    operator = operator_of(field, leaf.op, path)
    operand = Operand(ContactScope(frame, alias), field, alias, path=path)
    said = operator.build(operand, operator.read(leaf.value, field, path))
    query = select(named(column(alias, "contact_id"), "id")).from_(aliased(ranked, alias), copy=False)
    query.set("where", exp.Where(this=said))
    return query


def _event(leaf: EventCondition, path: str, scope: ContactScope) -> exp.Expr:
    """The measure joined to the contact; without any event it is 0 when its measure says so, else missing."""
    frame, measure = scope.frame, measure_of(leaf, path)
    query, field = measured(leaf, frame, path)
    operator = operator_of(field, leaf.op, path)
    if operator.ranks:
        inner = ContactScope(frame, frame.alias())
        value = _measure_operand(query, field, inner, path)
        kept = both(live(inner), negated(value.blank()))
        ranked = _ranked(inner, value.value(), kept, ascending=leaf.op == "bottom_percent")
        return scope.flag(_cut(ranked, leaf, field, path, frame), scope.contact())
    if measure.zero:
        field = replace(field, expression="COALESCE(r.v, 0)")
    operand = _measure_operand(query, field, scope, path)
    return predicate(operand, operator, leaf.value, unknown=leaf.unknown)


def _measure_operand(query: exp.Select, field: Field, scope: ContactScope, path: str) -> Operand:
    alias = scope.frame.alias()
    scope.join(aliased(query, alias), exp.EQ(this=column(alias, "contact_id"), expression=scope.contact()))
    return Operand(scope, field, alias, path=path)


def _group(name: str, frame: Frame) -> exp.Select:
    alias = frame.alias()
    same = exp.EQ(this=column(alias, "name__key"), expression=frame.bind(fold_text(name)))
    query = select(named(column(alias, "contact_id"), "id")).from_(
        frame.rows("memberships", alias), copy=False
    )
    query.set("where", exp.Where(this=same))
    return query


def _saved(key: str, catalogue: Catalogue, path: str) -> Segment:
    if key not in catalogue.segments:
        raise CriterionError("error.criterion.unknown_segment", path=path, segment=key)
    return catalogue.segments[key]


def _tree(node: Criterion, path: str, scope: ContactScope) -> exp.Expr:
    return compiled(node, path, lambda leaf, at: _leaf(leaf, at, scope))


def _members(segment: Segment, frame: Frame) -> exp.Select:
    """SELECT id: the members of a segment."""
    scope = ContactScope(frame, frame.alias())
    kept = [live(scope), _tree(segment.include, "", scope)]
    if segment.exclude is not None:
        kept.append(negated(_tree(segment.exclude, "exclude", scope)))
    query = scope.query(scope.rows(), both(*kept), named(scope.contact(), "id"))
    for limit in (segment.limit.top, segment.limit.sample) if segment.limit else ():
        if limit is not None:
            query = first(limit, frame, "limit", among=query)
    return _changed_by_hand(segment, query, frame) if segment.added or segment.removed else query


def _changed_by_hand(segment: Segment, members: exp.Select, frame: Frame) -> exp.Select:
    scope = ContactScope(frame, frame.alias())
    inside = scope.flag(members, scope.contact())
    added = one_of(scope.contact(), [frame.bind(contact) for contact in segment.added])
    removed = one_of(scope.contact(), [frame.bind(contact) for contact in segment.removed])
    kept = both(live(scope), either(inside, added), negated(removed))
    return scope.query(scope.rows(), kept, named(scope.contact(), "id"))
