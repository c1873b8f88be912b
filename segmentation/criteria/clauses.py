"""The clause of each leaf: « dont la ville est Lyon ou Paris », “who placed at least 2 orders in the last 90
days”.

Words come from ``sentence.*``; a field is said by ``sentence.field.<code>`` (with its article), else by its
label between quotation marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from segmentation.criteria import phrases, time_phrases
from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.criteria.measures import BY_KEY, result_field
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
    Sample,
    Then,
    Top,
)
from segmentation.criteria.operators import operator_of
from segmentation.criteria.phrases import Saying
from segmentation.i18n import Words


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one catalogue in one language."""

    catalogue: Catalogue
    w: Words

    def leaf(self, leaf: Leaf) -> str:
        """The clause of a leaf about a contact."""
        match leaf:
            case Condition():
                return self.condition(leaf, self.catalogue.fields[leaf.field], self.field)
            case EventCondition():
                return self.event(leaf)
            case InSegment(key):
                return self.w("sentence.in_segment", name=self.catalogue.segment_names.get(key, key))
            case InGroup(name):
                return self.w("sentence.in_group", name=name)
            case Sample():
                return self.drawn(leaf)
            case Top(n, by, lowest):
                return self.w("sentence.lowest" if lowest else "sentence.top", n=n, field=self.field(by))

    def field(self, code: str) -> str:
        """A contact's field as said in a sentence."""
        return self.said(self.catalogue.fields[code])

    def said(self, field: Field) -> str:
        """A field with its article, or its label between quotation marks."""
        key = f"sentence.field.{field.code}"
        if field.label is None and self.w.has(key):
            return self.w(key)
        return self.w("sentence.quoted", text=self.label(field))

    def label(self, field: Field) -> str:
        """A field's label: the user's own words, else the dictionary's."""
        key = f"field.{field.code}"
        return field.label or (self.w(key) if self.w.has(key) else field.code)

    def drawn(self, sample: Sample) -> str:
        """The clause of a sample: its size and its draw, so that it can be drawn again."""
        if sample.n is not None:
            return self.w("sentence.sample_n", n=sample.n, seed=sample.seed)
        return self.w("sentence.sample_percent", percent=self.w.number(sample.percent), seed=sample.seed)

    def condition(self, leaf: Condition, field: Field, said: Callable[[str], str]) -> str:
        """« dont la ville est Lyon », with what it makes of empty values when that could surprise."""
        operator = operator_of(field, leaf.op, "")
        value = operator.read(leaf.value, field, "")
        saying = Saying(self.catalogue, self.w, field, said)
        return self._plain(leaf, saying, value) + self._marks(leaf, guarded=operator.guarded)

    def _plain(self, leaf: Condition, saying: Saying, value: object) -> str:
        field, w = saying.field, self.w
        if field.kind == "boolean" and leaf.op == "is":
            own = f"sentence.{'yes' if value else 'no'}.{field.code}"
            if w.has(own):
                return w(own)
        if leaf.op == "=" and value == 0 and w.has(f"sentence.zero.{field.code}"):
            return w(f"sentence.zero.{field.code}")
        verb = f"sentence.verb.{field.code}"
        quantity = (
            phrases.quantity(leaf.op, value, saying) if field.kind == "number" and w.has(verb) else None
        )
        if quantity is not None:
            return w(verb, quantity=quantity)
        return w("sentence.whose", field=self.said(field), phrase=phrases.phrase(leaf.op, value, saying))

    def _marks(self, leaf: Condition, *, guarded: bool) -> str:
        marks = self.w("sentence.exact") if leaf.exact else ""
        if leaf.op in ("empty", "not_empty"):
            return marks
        if leaf.unknown:
            return marks + self.w("sentence.or_blank")
        return marks + (
            self.w("sentence.not_blank") if guarded and leaf.op.startswith(("is_not", "not_", "none")) else ""
        )

    def event(self, leaf: EventCondition) -> str:
        """« qui ont passé au moins 2 commandes dont … dans les 90 derniers jours (du … au …) »."""
        parts = [self._measured(leaf)]
        if leaf.where is not None:
            parts.append(" " + self.rows(leaf.where, leaf.event))
        if leaf.within is not None:
            parts.append(" " + time_phrases.window(leaf.within, self.catalogue, self.w))
        if leaf.then is not None:
            parts.append(self._then(leaf.then))
        if leaf.at_least is not None:
            parts.append(self.w("sentence.at_least_events", n=leaf.at_least))
        if leaf.unknown:
            parts.append(self.w("sentence.or_blank"))
        return "".join(parts)

    def _measured(self, leaf: EventCondition) -> str:
        w, measure = self.w, BY_KEY[leaf.measure]
        source = self.catalogue.events[leaf.event]
        code = leaf.of if isinstance(leaf.of, str) else source.amount
        of = (
            self.catalogue.event_field(leaf.event, code) if code and measure.of in ("number", "any") else None
        )
        result = result_field(measure, of)
        operator = operator_of(result, leaf.op, "")
        value = operator.read(leaf.value, result, "")
        saying = Saying(self.catalogue, w, result, self.field, event=leaf.event)
        if measure.key == "count":
            return self._count(leaf, value, saying)
        quantity = phrases.quantity(leaf.op, value, saying)
        text = self._said_measure(leaf, quantity, phrases.phrase(leaf.op, value, saying))
        if of is not None and (code != source.amount or measure.of == "any"):
            text += w("sentence.of_field", field=self.label(of))
        if measure.of == "criterion":
            assert leaf.of is not None and not isinstance(leaf.of, str)
            text += " " + self.rows(leaf.of, leaf.event)
        return text

    def _count(self, leaf: EventCondition, value: object, saying: Saying) -> str:
        w, event = self.w, leaf.event
        never = (leaf.op, value) in (("=", 0), ("<", 1), ("<=", 0))
        if never:
            return w(f"sentence.never.{event}")
        quantity = phrases.quantity(leaf.op, value, saying)
        if quantity is None:
            return self._said_measure(leaf, None, phrases.phrase(leaf.op, value, saying))
        return w(f"sentence.did.{event}", quantity=quantity)

    def _said_measure(self, leaf: EventCondition, quantity: str | None, phrase: str) -> str:
        """« dont les commandes totalisent au moins 200 € », or the measure by its name for other
        operators."""
        events = self.w(f"sentence.events.{leaf.event}")
        if quantity is not None:
            return self.w(f"sentence.measure.{leaf.measure}", events=events, quantity=quantity)
        measure = self.w(f"measure.{leaf.measure}")
        return self.w("sentence.measured", measure=measure, events=events, phrase=phrase)

    def _then(self, then: Then) -> str:
        key = "sentence.then_not" if then.absent else "sentence.then"
        event = self.w(f"event.{then.event}")
        where = "" if then.where is None else " " + self.rows(then.where, then.event)
        return self.w(key, event=event, where=where, span=time_phrases.span(then.within, self.w))

    def rows(self, node: Criterion, event: str) -> str:
        """A tree over an event's rows; a line's field reads « avec un article … »."""
        if isinstance(node, (All, Any)) and len(node.children) > 1:
            joiner = "sentence.and" if isinstance(node, All) else "sentence.or"
            first, *rest = (self.rows(child, event) for child in node.children)
            return "(" + first + "".join(self.w(joiner, clause=clause) for clause in rest) + ")"
        match node:
            case All((child,)) | Any((child,)):
                return self.rows(child, event)
            case All():
                return self.w("sentence.all_clause")
            case Any():
                return self.w("sentence.none_clause")
            case Not(child):
                return self.w("sentence.not_row", clause=self.rows(child, event))
            case Condition():
                return self._row(node, event)
        raise AssertionError(node)

    def _row(self, condition: Condition, event: str) -> str:
        source = self.catalogue.events[event]
        field = self.catalogue.event_field(event, condition.field)
        assert field is not None
        clause = self.condition(condition, field, lambda code: self._of_event(event, code))
        of_line = condition.field not in source.fields and any(
            condition.field in child.fields for child in self.catalogue.children(event)
        )
        return self.w("sentence.has_line", clause=clause) if of_line else clause

    def _of_event(self, event: str, code: str) -> str:
        field = self.catalogue.event_field(event, code)
        assert field is not None
        return self.said(field)
