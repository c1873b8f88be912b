"""A rule on what contacts did: how it is measured, over which events, in which days, and what came after."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.parts import state
from pages.parts.criterion_inputs import value_input
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_slot import DECIMAL_TYPES, Slot, fitted, unit_of
from pages.parts.criterion_tree import Node, field_rule, group, rules
from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.measures import BY_KEY, MEASURES, Measure, result_field
from segmentation.criteria.operators import Operator, operators_for

WINDOWS: Mapping[str, Mapping[str, object] | None] = {
    "ever": None,
    "last": {"last": 90, "unit": "day"},
    "this": {"this": "month"},
    "previous": {"previous": "month"},
    "older_than": {"older_than": 90, "unit": "day"},
    "ago_between": {"ago_between": [30, 90], "unit": "day"},
    "between": {"between": [None, None]},
}
"""The windows a rule can look at, each with what it starts as."""

DrawGroup = Callable[[Node, EventSource, str], None]


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


def draw_event(rule: Node, askable: Askable, rank: str) -> None:
    """The visible part of the rule: measure, what it is of, operator, value, window."""
    w, key = askable.words, f"{rule['id']}_{rule['event']}"
    measures = [row.key for row in usable_measures(askable, str(rule["event"]))]
    _select(
        rule,
        "measure",
        measures,
        w("rule.measure", rank=rank),
        f"m_{key}",
        lambda m: w(f"measure.{m}"),
        _new_measure,
        (askable,),
    )
    _draw_of(rule, askable, rank, key)
    _, operators = measured_field(askable, rule)
    ops = [row.key for row in operators]
    if rule["op"] not in ops:
        rule["op"] = ">=" if ">=" in ops else ops[0]
    kind = "number"
    _select(
        rule,
        "op",
        ops,
        w("rule.operator", rank=rank),
        f"o_{key}_{rule['measure']}",
        lambda op: word_of(askable, kind, op),
    )
    result, _ = measured_field(askable, rule)
    operator = next(row for row in operators if row.key == rule["op"])
    if rule["measure"] == "share":
        _percent_value(rule, askable, rank, key)
    else:
        slot = Slot(
            rule,
            "value",
            f"v_{key}_{rule['measure']}_{rule['op']}",
            w("rule.value", rank=rank),
            w,
            decimals=result.type in DECIMAL_TYPES,
            unit=unit_of(result, askable),
            scale=100 if result.type == "percent" else 1,
        )
        value_input(slot, operator.shape)
    _draw_window(rule, askable, rank, key)


def word_of(askable: Askable, kind: str, op: str) -> str:
    """An operator's name for a kind of field."""
    own = f"operator.{kind}.{op}"
    return askable.words(own) if askable.words.has(own) else askable.words(f"operator.{op}")


def _percent_value(rule: Node, askable: Askable, rank: str, key: str) -> None:
    value = rule["value"]
    share = float(value) if isinstance(value, (int, float)) and 0 <= value <= 1 else 0.6
    rule["value"] = share
    name = f"v_{key}_share"
    st.number_input(
        askable.words("rule.value", rank=rank),
        min_value=1,
        max_value=100,
        step=5,
        value=round(share * 100),
        key=name,
        on_change=lambda: rule.update(value=int(str(state.widget(name))) / 100),
        label_visibility="collapsed",
        width=72,
    )
    st.text("%")


def _new_measure(rule: Node, askable: Askable) -> None:
    """A new measure is of the first field it can be of; the value asked starts again."""
    measure = BY_KEY[str(rule["measure"])]
    fields = event_fields(askable, str(rule["event"]))
    source = askable.catalogue.events[str(rule["event"])]
    rule["of"], rule["value"] = None, 1 if measure.zero and measure.key != "sum" else None
    if measure.of == "number":
        numbers = [code for code, field in fields.items() if field.kind == "number"]
        rule["of"] = source.amount if source.amount in numbers else numbers[0]
    elif measure.of == "any":
        rule["of"] = next(code for code, field in fields.items() if field.kind == "text")
    elif measure.of == "criterion":
        code, field = next(iter(fields.items()))
        rule["of"] = group(field_rule(code, operators_for(field.type)[0].key))


def _draw_of(rule: Node, askable: Askable, rank: str, key: str) -> None:
    measure, fields = BY_KEY[str(rule["measure"])], event_fields(askable, str(rule["event"]))
    if measure.of in ("number", "any"):
        codes = [
            c for c, f in fields.items() if f.kind != "list" and (measure.of == "any" or f.kind == "number")
        ]
        label = askable.words("rule.of", rank=rank)
        _select(
            rule,
            "of",
            codes,
            label,
            f"of_{key}_{measure.key}",
            lambda c: askable.label(fields[c]),
            usual=askable.catalogue.events[str(rule["event"])].amount,
        )


def _select(
    rule: Node,
    attr: str,
    options: list[str],
    label: str,
    key: str,
    name: Callable[[str], str],
    after: Callable[..., None] | None = None,
    args: tuple = (),
    *,
    usual: str | None = None,
) -> None:
    """A choice of one part of the rule; ``usual`` is what the rule means when it says nothing."""

    def write() -> None:
        rule[attr] = state.widget(key)
        if after is not None:
            after(rule, *args)

    shown = rule[attr] if rule[attr] is not None else usual
    if shown not in options:
        shown = rule[attr] = options[0]
    st.selectbox(
        label,
        options,
        index=options.index(str(shown)),
        key=key,
        format_func=name,
        on_change=write,
        label_visibility="collapsed",
        width=fitted(name(str(shown))),
    )


def window_kind(within: object) -> str:
    """Which line of ``WINDOWS`` a window is."""
    return next((kind for kind in WINDOWS if isinstance(within, Mapping) and kind in within), "ever")


def _draw_window(rule: Node, askable: Askable, rank: str, key: str) -> None:
    w, within = askable.words, rule["within"]
    kind = window_kind(within)
    name = f"w_{key}"
    st.selectbox(
        w("rule.window", rank=rank),
        list(WINDOWS),
        index=list(WINDOWS).index(kind),
        key=name,
        format_func=lambda one: w(f"window.{one}"),
        label_visibility="collapsed",
        width=fitted(w(f"window.{kind}")),
        on_change=lambda: rule.update(within=_started(str(state.widget(name)))),
    )
    if not isinstance(within, dict):
        return
    label = w("rule.window_value", rank=rank)
    if kind in ("last", "older_than"):
        _span_input(Slot(within, kind, f"{name}_{kind}", label, w))
    elif kind in ("this", "previous"):
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "unit")
    elif kind == "ago_between":
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "range")
        value_input(Slot(within, "unit", f"{name}_u", f"{label} ·", w), "unit")
    else:
        value_input(Slot(within, kind, f"{name}_{kind}", label, w), "days")


def _started(kind: str) -> dict[str, object] | None:
    start = WINDOWS[kind]
    return (
        None if start is None else {name: list(v) if isinstance(v, list) else v for name, v in start.items()}
    )


def _span_input(slot: Slot) -> None:
    value_input(slot, "number")
    value_input(Slot(slot.node, "unit", f"{slot.key}_u", f"{slot.label} ·", slot.words), "unit")


def draw_details(rule: Node, askable: Askable, rank: str, draw_group: DrawGroup) -> None:
    """What is below the row when it is asked for: which events count, and what a share counts."""
    source = askable.catalogue.events[str(rule["event"])]
    w = askable.words
    if isinstance(rule["of"], dict):
        st.caption(w("rule.share_of"))
        draw_group(rule["of"], source, f"{rank}, {w('rule.share_of')}")
    if isinstance(rule["where"], dict):
        st.caption(w("rule.where"))
        draw_group(rule["where"], source, f"{rank}, {w('rule.where')}")
    if isinstance(rule["then"], dict):
        _draw_then(rule["then"], askable, rank)


def _draw_then(then: Node, askable: Askable, rank: str) -> None:
    w, key = askable.words, f"then_{id(then)}_{rank}"
    events = [code for code, n in askable.events.items() if n > 0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(w("rule.then"))
        _select(
            then,
            "event",
            events,
            w("rule.then_event", rank=rank),
            f"{key}_e",
            lambda c: w(f"event.{c}"),
        )
        value_input(Slot(then, "within", f"{key}_w", w("rule.then_within", rank=rank), w), "span")


def toggle_where(rule: Node, askable: Askable) -> None:
    """Open the choice of events (a first condition to fill), or take it away."""
    if isinstance(rule["where"], dict):
        rule["where"] = None
        return
    fields = event_fields(askable, str(rule["event"]))
    first = next(
        (f for f in ("category", "product_name", "channel", "campaign", "amount") if f in fields), None
    )
    code = first or next(iter(fields))
    rule["where"] = group(field_rule(code, operators_for(fields[code].type)[0].key))
    assert rules(rule["where"])


def toggle_then(rule: Node) -> None:
    """Ask for what came after, an order within 30 days to begin with, or stop asking."""
    start = {"event": "order", "within": {"n": 30, "unit": "day"}}
    rule["then"] = None if isinstance(rule["then"], dict) else start
