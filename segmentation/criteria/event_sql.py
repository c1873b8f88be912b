"""The SQL of an event condition: one row per contact with the measure ``v`` of the events that are kept.

Kept = a known contact, rows that count (or sum), seen at the as-of date, within the window, where, followed
by. An event without a moment is kept only when no window is asked.
"""

from __future__ import annotations

from datetime import datetime, time

from sqlglot import exp

from segmentation.criteria import windows
from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.frame import Frame, aliased, both, column, either, named, select
from segmentation.criteria.measures import BY_KEY, Measure, Measured, result_field
from segmentation.criteria.nodes import Criterion, EventCondition, Then, joined
from segmentation.criteria.operand import Operand
from segmentation.criteria.predicates import row_predicate
from segmentation.criteria.scopes import EventScope
from segmentation.criteria.windows import Days
from segmentation.errors import CriterionError


def measure_of(node: EventCondition, path: str) -> Measure:
    """The measure's row, or ``error.criterion.unknown_measure``."""
    if node.measure not in BY_KEY:
        raise CriterionError("error.criterion.unknown_measure", path=path, measure=node.measure)
    return BY_KEY[node.measure]


def source_of(code: str, frame: Frame, path: str) -> EventSource:
    """The event's source, or ``error.criterion.unknown_event``."""
    found = frame.catalogue.events.get(code)
    if found is None:
        raise CriterionError("error.criterion.unknown_event", path=path, event=code)
    return found


def field_measured(node: EventCondition, frame: Frame, path: str) -> Field | None:
    """The field the measure is of: named, or the event's own amount; CriterionError when it cannot be."""
    measure, source = measure_of(node, path), source_of(node.event, frame, path)
    wants_field = measure.of in ("number", "any")
    code = node.of if isinstance(node.of, str) else (source.amount if measure.of == "number" else None)
    if not wants_field or (node.of is not None and not isinstance(node.of, str)) or code is None:
        if wants_field or (measure.of == "criterion") == (node.of is None or isinstance(node.of, str)):
            raise CriterionError(
                "error.criterion.of", path=joined(path, "of"), measure=measure.key, of=measure.of
            )
        if measure.of == "" and node.of is not None:
            raise CriterionError("error.criterion.of", path=joined(path, "of"), measure=measure.key, of="")
        return None
    scope = EventScope(frame, "", source=source)
    field = scope.known(code, joined(path, "of"))
    fits = field.kind == "number" if measure.of == "number" else field.kind != "list"
    if not fits or scope.child_of(code) is not None:
        raise CriterionError(
            "error.criterion.of", path=joined(path, "of"), measure=measure.key, of=measure.of, field=code
        )
    return field


def measured(node: EventCondition, frame: Frame, path: str) -> tuple[exp.Select, Field]:
    """SELECT contact_id, v: the measure per contact that has a kept event, and the field v is."""
    measure, source = measure_of(node, path), source_of(node.event, frame, path)
    of = field_measured(node, frame, path)
    if node.at_least is not None and measure.zero:
        raise CriterionError("error.criterion.at_least", path=joined(path, "at_least"), measure=measure.key)
    scope = EventScope(frame, frame.alias(), source=source)
    kept = _kept(node, scope, measure.rows, path)
    share = _share(node, scope, path) if measure.of == "criterion" else exp.true()
    operand = None if of is None else scope.operand(of.code, joined(path, "of"))
    made = Measured(
        frame,
        of=lambda: _compared(operand),
        moment=lambda: frame.read(source.moment, scope.alias),
        share=share.copy,
    )
    rows = event_rows(source, frame, scope.alias)
    if measure.key == "median_gap":
        query = _gaps(scope, rows, kept, made, node.at_least)
    else:
        contact = named(column(scope.alias, "contact_id"), "contact_id")
        query = scope.query(rows, kept, contact, named(measure.build(made), "v"))
        query.set("group", exp.Group(expressions=[column(scope.alias, "contact_id")]))
        if node.at_least is not None:
            query.set("having", exp.Having(this=_enough(node.at_least)))
    return query, result_field(measure, of)


def event_rows(source: EventSource, frame: Frame, alias: str) -> exp.Expr:
    """The rows of an event; for a first or last one, one counted row per contact, ties by identity.

    The extreme moment of each contact is found by grouping, so that only its ties are ranked.
    """
    if source.pick is None:
        return frame.rows(source.relation, alias)
    inner, ends, outer = frame.alias(), frame.alias(), frame.alias()
    contact = column(inner, "contact_id")
    rank = exp.Window(
        this=exp.RowNumber(),
        partition_by=[contact],
        order=exp.Order(
            expressions=[exp.Ordered(this=frame.read(source.identity, inner), desc=source.pick == "last")]
        ),
    )
    ranked = select(exp.Column(this=exp.Star(), table=exp.to_identifier(inner)), named(rank, "carnet_rank"))
    ranked = ranked.from_(frame.rows(source.relation, inner), copy=False)
    same = both(
        exp.EQ(this=column(ends, "contact_id"), expression=contact.copy()),
        exp.EQ(this=column(ends, "moment"), expression=frame.read(source.moment, inner)),
    )
    ranked.set("joins", [exp.Join(this=aliased(_ends(source, frame), ends), on=same)])
    ranked.set("where", exp.Where(this=frame.read(source.counted, inner)))
    first = select(exp.Column(this=exp.Star(), table=exp.to_identifier(outer)))
    first = first.from_(aliased(ranked, outer), copy=False)
    is_first = exp.EQ(this=column(outer, "carnet_rank"), expression=exp.Literal.number(1))
    first.set("where", exp.Where(this=is_first))
    return aliased(first, alias)


def _ends(source: EventSource, frame: Frame) -> exp.Select:
    """SELECT contact_id, moment: the first or last moment of a counted row seen at the as-of date."""
    alias = frame.alias()
    extreme = exp.Min if source.pick == "first" else exp.Max
    moment = named(extreme(this=frame.read(source.moment, alias)), "moment")
    query = select(named(column(alias, "contact_id"), "contact_id"), moment)
    query = query.from_(frame.rows(source.relation, alias), copy=False)
    seen = exp.LT(this=frame.read(source.moment, alias), expression=frame.bind(frame.end))
    query.set("where", exp.Where(this=both(seen, frame.read(source.counted, alias))))
    query.set("group", exp.Group(expressions=[column(alias, "contact_id")]))
    return query


def _kept(node: EventCondition, scope: EventScope, rows: str, path: str) -> exp.Expr:
    frame, source = scope.frame, scope.source
    assert source is not None
    catalogue = frame.catalogue
    first = catalogue.first_day_of_week
    days = (
        Days(None, None)
        if node.within is None
        else windows.resolve(node.within, catalogue.as_of, first_day_of_week=first)
    )
    parts = [
        exp.Not(this=exp.Is(this=column(scope.alias, "contact_id"), expression=exp.Null())),
        frame.read(source.summed if rows == "summed" else source.counted, scope.alias),
        seen_within(source, frame, scope.alias, days),
    ]
    if node.where is not None:
        parts.append(row_predicate(node.where, joined(path, "where"), scope))
    if node.then is not None:
        parts.append(_followed(node.then, days, scope, joined(path, "then")))
    return both(*parts)


def seen_within(source: EventSource, frame: Frame, alias: str, days: Days) -> exp.Expr:
    """Rows seen at the as-of date and inside the days; undated rows only when no day is asked."""
    end = frame.end if days.end is None else min(frame.end, datetime.combine(days.end, time.min))
    before = exp.LT(this=frame.read(source.moment, alias), expression=frame.bind(end))
    if days.start is not None:
        start = frame.bind(datetime.combine(days.start, time.min))
        return both(exp.GTE(this=frame.read(source.moment, alias), expression=start), before)
    if days.end is not None:
        return before
    return either(before, exp.Is(this=frame.read(source.moment, alias), expression=exp.Null()))


def _followed(then: Then, days: Days, scope: EventScope, path: str) -> exp.Expr:
    """Whether something follows the row; only rows inside its own window, and what comes after, are read."""
    frame, source = scope.frame, scope.source
    assert source is not None
    after = EventScope(frame, frame.alias(), source=source_of(then.event, frame, path))
    first = frame.alias()
    assert after.source is not None

    def moment() -> exp.Expr:
        return frame.read(source.moment, first)

    theirs = frame.read(after.source.moment, after.alias)
    unit, length = _interval(then.within.unit, then.within.n)
    limit = exp.Add(
        this=exp.Add(this=exp.cast(moment(), "DATE"), expression=_length(length, unit)),
        expression=_length(1, "DAY"),
    )
    parts = [
        frame.read(after.source.counted, after.alias),
        exp.LT(this=theirs.copy(), expression=frame.bind(frame.end)),
        exp.GT(this=theirs.copy(), expression=moment()),
        exp.LT(this=theirs.copy(), expression=limit),
        seen_within(source, frame, first, days),
    ]
    if days.start is not None:
        start = frame.bind(datetime.combine(days.start, time.min))
        parts.append(exp.GTE(this=theirs, expression=start))
    same = exp.EQ(this=column(first, "contact_id"), expression=column(after.alias, "contact_id"))
    after.joins.append(exp.Join(this=event_rows(source, frame, first), on=same))
    if then.where is not None:
        parts.append(row_predicate(then.where, joined(path, "where"), after))
    identity = named(frame.read(source.identity, first), "id")
    members = after.query(event_rows(after.source, frame, after.alias), both(*parts), identity)
    flag = scope.flag(members, frame.read(source.identity, scope.alias))
    return exp.Not(this=flag) if then.absent else flag


def _interval(unit: str, n: int) -> tuple[str, int]:
    return {
        "day": ("DAY", n),
        "week": ("DAY", 7 * n),
        "quarter": ("MONTH", 3 * n),
        "year": ("MONTH", 12 * n),
    }.get(unit, ("MONTH", n))


def _length(n: int, unit: str) -> exp.Expr:
    return exp.Interval(this=exp.Literal.number(n), unit=exp.var(unit))


def _share(node: EventCondition, scope: EventScope, path: str) -> exp.Expr:
    of: Criterion | str | None = node.of
    assert of is not None and not isinstance(of, str)
    return row_predicate(of, joined(path, "of"), scope)


def _compared(operand: Operand | None) -> exp.Expr:
    assert operand is not None
    return operand.key() if operand.field.kind in ("text", "place") else operand.value()


def _gaps(
    scope: EventScope, rows: exp.Expr, kept: exp.Expr, made: Measured, at_least: int | None
) -> exp.Select:
    """The median of the days between successive days with an event, per contact with enough dated events.

    Gaps are taken between successive events; those of 0 day are two events of one day.
    """
    frame, gaps = scope.frame, scope.frame.alias()
    contact = column(scope.alias, "contact_id")
    before = exp.Window(
        this=exp.Lag(this=exp.cast(made.moment(), "DATE")),
        partition_by=[contact.copy()],
        order=exp.Order(expressions=[exp.Ordered(this=made.moment())]),
    )
    gap = exp.DateDiff(this=exp.cast(made.moment(), "DATE"), expression=before, unit=exp.var("DAY"))
    dated = exp.Not(this=exp.Is(this=made.moment(), expression=exp.Null()))
    between = scope.query(rows, both(kept, dated), named(contact, "contact_id"), named(gap, "gap"))
    is_gap = exp.Case(
        ifs=[
            exp.If(
                this=exp.GT(this=column(gaps, "gap"), expression=exp.Literal.number(0)),
                true=column(gaps, "gap"),
            )
        ]
    )
    inner = Measured(frame, of=lambda: is_gap, moment=made.moment, share=made.share)
    value = named(BY_KEY["median_gap"].build(inner), "v")
    query = select(named(column(gaps, "contact_id"), "contact_id"), value)
    query = query.from_(aliased(between, gaps), copy=False)
    query.set("group", exp.Group(expressions=[column(gaps, "contact_id")]))
    if at_least is not None:
        query.set("having", exp.Having(this=_enough(at_least)))
    return query


def _enough(at_least: int) -> exp.Expr:
    return exp.GTE(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(at_least))
