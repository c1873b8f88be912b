"""The builder's tree: groups in boxes, one row per rule, each with its own count and what it costs.

The tree held in the session is the only truth: callbacks change it, and it is drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.parts import state
from pages.parts.criterion_event import (
    draw_details,
    draw_event,
    event_fields,
    toggle_then,
    toggle_where,
    word_of,
)
from pages.parts.criterion_inputs import Slot, value_input
from pages.parts.criterion_picker import Askable, picker
from pages.parts.criterion_tree import (
    DEEPEST,
    EVENT,
    FIELD,
    GROUP,
    MEMBER,
    SEGMENT,
    TOP,
    Node,
    field_rule,
    group,
    rules,
)
from pages.parts.text import escape, plain
from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.operators import operators_for
from segmentation.traits.choices import choice_word

FOLDED_KINDS = frozenset({"text", "place", "list"})


@dataclass(frozen=True, slots=True)
class Counted:
    """How many contacts a node holds, and how many the whole would hold without it."""

    count: int
    without: int | None = None


@dataclass(frozen=True, slots=True)
class Editor:
    """One drawing of a tree: what can be asked, and the count of each finished node by its id."""

    askable: Askable
    counts: Mapping[str, Counted]

    def draw(self, root: Node) -> None:
        """The whole tree."""
        self._group(root, None, 0, "")

    def _group(self, node: Node, parent: Node | None, depth: int, rank: str) -> None:
        w, key = self.askable.words, str(node["id"])
        with st.container(border=True, key=f"grp_{key}", gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.segmented_control(
                    w("rule.combine", rank=rank or "0"),
                    ["all", "any"],
                    default=node["comb"],
                    required=True,
                    key=f"c_{key}",
                    format_func=lambda comb: w(f"rule.{comb}"),
                    label_visibility="collapsed",
                    on_change=lambda: node.update(comb=state.widget(f"c_{key}")),
                )
                st.caption(w(f"rule.{node['comb']}_long"))
                st.space("stretch")
                self._count(key)
                if parent is not None:
                    self._toggle_not(node)
                    self._remove(node, parent, w("rule.remove_group", rank=rank))
            for place, child in enumerate(list(rules(node)), start=1):
                below = f"{rank}.{place}" if rank else str(place)
                if child["type"] == GROUP:
                    self._group(child, node, depth + 1, below)
                else:
                    self._rule(child, node, below)
            with st.container(horizontal=True, vertical_alignment="center"):
                picker(self.askable, key, rules(node).append)
                if depth < DEEPEST:
                    st.button(
                        w("rule.add_group"),
                        icon=":material/account_tree:",
                        key=f"ag_{key}",
                        type="tertiary",
                        help=w("rule.add_group_help"),
                        on_click=lambda: rules(node).append(
                            group(comb="any" if node["comb"] == "all" else "all")
                        ),
                    )

    def _rule(self, rule: Node, parent: Node, rank: str) -> None:
        key, w = str(rule["id"]), self.askable.words
        with st.container(key=f"rule_{key}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if rule["not"]:
                    st.badge(w("rule.except"), color="red")
                st.markdown(f"**{escape(self._title(rule))}**", width="content")
                self._body(rule, rank)
                st.space("stretch")
                self._count(key)
                self._options(rule, rank)
                self._remove(rule, parent, w("rule.remove", rank=rank))
            if rule["type"] == EVENT:
                draw_details(rule, self.askable, rank, self._where)

    def _title(self, rule: Node) -> str:
        w, kind = self.askable.words, rule["type"]
        if kind == FIELD:
            field = self.askable.catalogue.fields.get(str(rule["field"]))
            return self.askable.label(field) if field else w("rule.gone", field=str(rule["field"]))
        if kind == EVENT:
            return w(f"event.{rule['event']}")
        return w(
            {SEGMENT: "picker.segment", MEMBER: "picker.group", TOP: "picker.top"}.get(
                str(kind), "picker.sample"
            )
        )

    def _body(self, rule: Node, rank: str) -> None:
        kind = rule["type"]
        if kind == FIELD:
            field = self.askable.catalogue.fields.get(str(rule["field"]))
            if field is not None:
                self._field(rule, field, rank)
        elif kind == EVENT:
            draw_event(rule, self.askable, rank)
        elif kind == SEGMENT:
            names = dict(self.askable.segments)
            self._choice(rule, "key", list(names), lambda one: plain(names.get(one, one)), rank)
        elif kind == MEMBER:
            self._choice(rule, "name", list(self.askable.groups), plain, rank)
        elif kind == TOP:
            self._top(rule, rank)
        else:
            value_input(self._slot(rule, "percent", rank), "percent")

    def _field(self, rule: Node, field: Field, rank: str) -> None:
        """Operator, then the value its shape asks."""
        operators = {row.key: row for row in operators_for(field.type)}
        key = f"o_{rule['id']}_{field.code}"
        w = self.askable.words

        def changed() -> None:
            before, rule["op"] = operators[str(rule["op"])].shape, state.widget(key)
            if operators[str(rule["op"])].shape != before:
                rule["value"] = None

        st.selectbox(
            w("rule.operator", rank=rank),
            list(operators),
            index=list(operators).index(str(rule["op"])),
            key=key,
            format_func=lambda op: word_of(self.askable, field.kind, op),
            on_change=changed,
            label_visibility="collapsed",
            width=190,
        )
        value_input(self._slot(rule, "value", rank, field), operators[str(rule["op"])].shape)

    def _slot(self, rule: Node, attr: str, rank: str, field: Field | None = None) -> Slot:
        """Where a value of the rule stands; a closed field offers its choices, a text its usual values."""
        w = self.askable.words
        choices: tuple[str, ...] = ()
        if field is not None and field.kind in FOLDED_KINDS:
            choices = field.choices or self.askable.typical(field)
        code = f"_{field.code}" if field else ""
        key = f"v_{rule['id']}{code}_{rule.get('op', '')}"
        money = field is not None and field.type == "money"
        label = w("rule.value", rank=rank)
        return Slot(rule, attr, key, label, w, choices, money, self._value_names(field))

    def _value_names(self, field: Field | None) -> Mapping[str, str]:
        """The words of a closed field's values (``rfm_segment`` → « Champions »); none for the user's own."""
        if field is None or not field.choices:
            return {}
        w = self.askable.words
        return {choice: w(str(choice_word(field, choice))) for choice in field.choices}

    def _choice(self, rule: Node, attr: str, options: list[str], name: object, rank: str) -> None:
        if not options:
            return
        if rule[attr] not in options:
            rule[attr] = options[0]
        key = f"v_{rule['id']}"
        st.selectbox(
            self.askable.words("rule.value", rank=rank),
            options,
            index=options.index(str(rule[attr])),
            key=key,
            format_func=name,
            on_change=lambda: rule.update({attr: state.widget(key)}),
            label_visibility="collapsed",
            width=240,
        )

    def _top(self, rule: Node, rank: str) -> None:
        fields = {
            c: f
            for c, f in self.askable.catalogue.fields.items()
            if f.kind == "number" and self.askable.filled(f) > 0
        }
        value_input(self._slot(rule, "n", rank), "number")
        self._choice(rule, "by", list(fields), lambda code: self.askable.label(fields[code]), f"{rank} ·")

    def _options(self, rule: Node, rank: str) -> None:
        """What is less often asked, in one small menu."""
        w, key = self.askable.words, str(rule["id"])
        box = st.popover(
            "",
            icon=":material/more_horiz:",
            key=f"more_{key}",
            help=w("rule.more", rank=rank),
            on_change="rerun",
            type="tertiary",
        )
        if not box.open:
            return
        with box:
            self._toggle(rule, "not", w("rule.invert"), w("rule.invert_help"))
            if rule["type"] in (FIELD, EVENT):
                self._toggle(rule, "unknown", w("rule.unknown"), w("rule.unknown_help"))
            if rule["type"] == FIELD:
                self._toggle(rule, "exact", w("rule.exact"), w("rule.exact_help"))
            if rule["type"] == EVENT:
                self._event_options(rule)

    def _event_options(self, rule: Node) -> None:
        w, key = self.askable.words, str(rule["id"])
        st.toggle(
            w("rule.ask_where"),
            value=isinstance(rule["where"], dict),
            key=f"wh_{key}",
            on_change=toggle_where,
            args=(rule, self.askable),
        )
        st.toggle(
            w("rule.ask_then"),
            value=isinstance(rule["then"], dict),
            key=f"th_{key}",
            on_change=toggle_then,
            args=(rule,),
        )
        if rule["measure"] == "share":
            st.number_input(
                w("rule.at_least"),
                min_value=1,
                value=int(str(rule["at_least"] or 1)),
                key=f"al_{key}",
                on_change=lambda: rule.update(at_least=state.widget(f"al_{key}")),
            )

    def _toggle(self, rule: Node, flag: str, label: str, about: str) -> None:
        key = f"{flag}_{rule['id']}"
        st.toggle(
            label,
            value=bool(rule.get(flag)),
            key=key,
            help=about,
            on_change=lambda: rule.update({flag: state.widget(key)}),
        )

    def _toggle_not(self, node: Node) -> None:
        w, key = self.askable.words, f"n_{node['id']}"
        st.toggle(
            w("rule.except"),
            value=bool(node["not"]),
            key=key,
            help=w("rule.invert_help"),
            on_change=lambda: node.update({"not": state.widget(key)}),
        )

    def _remove(self, node: Node, parent: Node, label: str) -> None:
        def take_out() -> None:
            parent["rules"] = [one for one in rules(parent) if one["id"] != node["id"]]

        st.button(
            "", icon=":material/close:", key=f"d_{node['id']}", help=label, type="tertiary", on_click=take_out
        )

    def _count(self, key: str) -> None:
        """The node's own count and, when leaving it out would change the whole, what the whole would be."""
        counted, w = self.counts.get(key), self.askable.words
        if counted is None:
            return
        text = f"**{w.number(counted.count)}**"
        if counted.without is not None:
            text += f" :gray[· {w('rule.without', n=w.number(counted.without))}]"
        st.markdown(text, width="content", help=w("rule.count_help"))

    def _where(self, node: Node, source: EventSource) -> None:
        """A group of rules on the fields of an event: which of them count."""
        fields = event_fields(self.askable, source.code)
        w, key = self.askable.words, str(node["id"])
        with st.container(border=True, key=f"where_{key}", gap="small"):
            for place, rule in enumerate(list(rules(node)), start=1):
                if rule["type"] != FIELD:
                    continue
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    self._where_rule(rule, node, fields, f"{key}.{place}")
            st.button(
                w("rule.add_where"),
                icon=":material/add:",
                key=f"aw_{key}",
                type="tertiary",
                on_click=lambda: rules(node).append(_first_rule(fields)),
            )

    def _where_rule(self, rule: Node, node: Node, fields: Mapping[str, Field], rank: str) -> None:
        w, key = self.askable.words, f"wf_{rule['id']}"

        def changed() -> None:
            code = str(state.widget(key))
            rule.update(field=code, op=operators_for(fields[code].type)[0].key, value=None)

        codes = list(fields)
        if rule["field"] not in codes:
            st.caption(w("rule.gone", field=escape(rule["field"])))
        else:
            st.selectbox(
                w("rule.where_field", rank=rank),
                codes,
                index=codes.index(str(rule["field"])),
                key=key,
                format_func=lambda code: self.askable.label(fields[code]),
                on_change=changed,
                label_visibility="collapsed",
                width=180,
            )
            self._field(rule, fields[str(rule["field"])], rank)
        self._remove(rule, node, w("rule.remove", rank=rank))


def _first_rule(fields: Mapping[str, Field]) -> Node:
    code, field = next(iter(fields.items()))
    return field_rule(code, operators_for(field.type)[0].key)
