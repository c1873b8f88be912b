"""What a rule on events can measure and ask of them, given what the base holds."""

from __future__ import annotations

from pages.parts.criterion_picker import Askable
from pages.parts.criterion_tree import Node
from segmentation.criteria.catalogue import Field
from segmentation.criteria.measures import BY_KEY, MEASURES, Measure, result_field
from segmentation.criteria.operators import Operator, operators_for


def event_fields(askable: Askable, event: str) -> dict[str, Field]:
    """The fields a ``where`` can ask: the event's own, its lines' and its parent's, if they hold data."""
    catalogue = askable.catalogue
    source = catalogue.events[event]
    near = [source, *catalogue.children(event), *([catalogue.events[source.parent]] if source.parent else [])]
    fields: dict[str, Field] = {}
    for one in near:
        for code, field in one.fields.items():
            if code not in fields and askable.filled(field) > 0:
                fields[code] = field
    return fields


def usable_measures(askable: Askable, event: str) -> list[Measure]:
    """The measures that have something to be of in this event."""
    fields = event_fields(askable, event).values()
    numbers, others = any(f.kind == "number" for f in fields), any(f.kind != "list" for f in fields)
    fits = {"": True, "number": numbers, "any": others, "criterion": others}
    return [row for row in MEASURES if fits[row.of]]


def measured_field(askable: Askable, rule: Node) -> tuple[Field, list[Operator]]:
    """What the measure gives, as a field, and the operators that compare it."""
    measure = BY_KEY[str(rule["measure"])]
    of = rule.get("of")
    if of is None and measure.of == "number":
        of = askable.catalogue.events[str(rule["event"])].amount
    fields = event_fields(askable, str(rule["event"]))
    source = fields.get(of) if isinstance(of, str) else None
    result = result_field(measure, source)
    return result, [row for row in operators_for(result.type) if not row.ranks]
