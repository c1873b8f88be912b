"""Which events count: a group of rules on the fields of an event, below the rule it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.parts import state
from pages.parts.criterion_measured import event_fields
from pages.parts.criterion_menu import remover
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_slot import fitted
from pages.parts.criterion_tree import FIELD, Node, field_rule, rules
from pages.parts.ink import inked
from pages.parts.text import escape
from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.operators import operators_for

DrawField = Callable[[Node, Field, str], None]


def draw_where(node: Node, source: EventSource, askable: Askable, draw_field: DrawField, rank: str) -> None:
    """The rules of one group, each on a field of the event; ``draw_field`` draws operator and value.

    ``rank`` says whose they are: « 2, seulement là où : ».
    """
    fields = event_fields(askable, source.code)
    w, key = askable.words, str(node["id"])
    with st.container(border=True, key=f"where_{key}", gap="small"):
        if len(rules(node)) > 1:
            _combined(node, askable, rank)
        for place, rule in enumerate(list(rules(node)), start=1):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                if rule["not"]:
                    st.badge(w("rule.except"), color="red")
                if rule["type"] == FIELD:
                    _rule(rule, node, fields, f"{rank} {place}", askable, draw_field)
                else:
                    st.caption(w("rule.kept_whole"))
        st.button(
            w("rule.add_where"),
            icon=":material/add:",
            key=f"aw_{key}",
            type="tertiary",
            on_click=lambda: rules(node).append(_first_rule(fields)),
        )


def _combined(node: Node, askable: Askable, rank: str) -> None:
    """Whether every condition must hold of an event, or one of them."""
    w, key = askable.words, f"wc_{node['id']}"
    st.segmented_control(
        w("rule.combine", rank=rank),
        ["all", "any"],
        default=node["comb"],
        required=True,
        key=key,
        format_func=inked(lambda comb: w(f"rule.{comb}")),
        label_visibility="collapsed",
        on_change=lambda: node.update(comb=state.widget(key)),
    )


def _rule(
    rule: Node,
    node: Node,
    fields: Mapping[str, Field],
    rank: str,
    askable: Askable,
    draw_field: DrawField,
) -> None:
    w, key = askable.words, f"wf_{rule['id']}"

    def changed() -> None:
        code = str(state.widget(key))
        rule.update(field=code, op=operators_for(fields[code].type)[0].key, value=None)

    codes = list(fields)
    if rule["field"] not in codes:
        st.caption(w("rule.gone", field=escape(rule["field"])))
    else:
        chosen = str(rule["field"])
        st.selectbox(
            w("rule.where_field", rank=rank),
            codes,
            index=codes.index(chosen),
            key=key,
            format_func=lambda code: askable.label(fields[code]),
            on_change=changed,
            label_visibility="collapsed",
            width=fitted(askable.label(fields[chosen])),
        )
        draw_field(rule, fields[chosen], rank)
    st.space("stretch")
    remover(rule, node, w("rule.remove", rank=rank))


def _first_rule(fields: Mapping[str, Field]) -> Node:
    code, field = next(iter(fields.items()))
    return field_rule(code, operators_for(field.type)[0].key)
