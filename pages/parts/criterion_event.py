"""A rule on what contacts did: how it is measured, over which events, in which days, and what came after."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import state
from pages.parts.criterion_inputs import value_input
from pages.parts.criterion_measured import event_fields, measured_field, usable_measures
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_slot import DECIMAL_TYPES, Slot, fitted, unit_of
from pages.parts.criterion_tree import Node, field_rule, group, rules
from pages.parts.criterion_window import draw_window
from segmentation.criteria.catalogue import EventSource
from segmentation.criteria.measures import BY_KEY
from segmentation.criteria.operators import operators_for

DrawGroup = Callable[[Node, EventSource, str], None]


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
    draw_window(rule, askable.words, rank, key)


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
