"""The builder's tree: groups in boxes, one row per rule, each with its own count and what it costs.

The tree held in the session is the only truth: callbacks change it, and it is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import state
from pages.parts.criterion_event import draw_details, draw_event, word_of
from pages.parts.criterion_inputs import value_input
from pages.parts.criterion_menu import menu, remover
from pages.parts.criterion_picker import Askable, picker
from pages.parts.criterion_slot import DECIMAL_TYPES, Slot, fitted, unit_of
from pages.parts.criterion_tree import (
    DEEPEST,
    EVENT,
    FIELD,
    GROUP,
    MEMBER,
    SEGMENT,
    TOP,
    Node,
    group,
    rules,
    to_json,
)
from pages.parts.criterion_where import draw_where
from pages.parts.ink import inked
from pages.parts.text import escape, plain
from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.operators import operators_for
from segmentation.traits.choices import names_of

FOLDED_KINDS = frozenset({"text", "place", "list"})


@dataclass(frozen=True, slots=True)
class Counted:
    """How many contacts a node holds, how many the whole would hold without it, its number in warnings."""

    count: int
    without: int | None = None
    number: int = 0


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
            self._heading(node, parent, depth, rank)
            for place, child in enumerate(list(rules(node)), start=1):
                below = f"{rank}.{place}" if rank else str(place)
                if child["type"] == GROUP:
                    self._group(child, node, depth + 1, below)
                else:
                    self._rule(child, node, depth + 1, below)
            with st.container(horizontal=True, vertical_alignment="center"):
                picker(self.askable, key, rules(node).append, first=parent is None)
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

    def _heading(self, node: Node, parent: Node | None, depth: int, rank: str) -> None:
        """How the rules of a group combine, what they give together, what can be done with the group."""
        w, key = self.askable.words, str(node["id"])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if node["not"]:
                st.badge(w("rule.except"), color="red")
            st.segmented_control(
                w("rule.combine", rank=rank or "0"),
                ["all", "any"],
                default=node["comb"],
                required=True,
                key=f"c_{key}",
                format_func=inked(lambda comb: w(f"rule.{comb}")),
                label_visibility="collapsed",
                on_change=lambda: node.update(comb=state.widget(f"c_{key}")),
            )
            st.caption(w(f"rule.{node['comb']}_long"), width="content")
            st.space("stretch")
            with self._end():
                self._count(node)
                if parent is not None:
                    menu(node, parent, self.askable, rank, depth=depth, folded=False)
                    remover(node, parent, w("rule.remove_group", rank=rank))

    def _rule(self, rule: Node, parent: Node, depth: int, rank: str) -> None:
        key, w = str(rule["id"]), self.askable.words
        counted = self.counts.get(key)
        with st.container(key=f"rule_{key}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                if counted is not None and counted.number:
                    st.markdown(f":gray[{counted.number}]", width="content")
                if rule["not"]:
                    st.badge(w("rule.except"), color="red")
                st.markdown(f"**{escape(self._title(rule))}**", width="content")
                self._body(rule, rank)
                st.space("stretch")
                with self._end():
                    self._count(rule)
                    menu(rule, parent, self.askable, rank, depth=depth, folded=self._folded(rule))
                    remover(rule, parent, w("rule.remove", rank=rank))
            if rule["type"] == EVENT:
                draw_details(rule, self.askable, rank, self._where)

    @staticmethod
    def _end() -> DeltaGenerator:
        """The right end of a line: the counts, one below the other down the page, then the buttons."""
        return st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="right",
            gap="xsmall",
            width="content",
        )

    def _folded(self, rule: Node) -> bool:
        field = self.askable.catalogue.fields.get(str(rule.get("field")))
        return rule["type"] == FIELD and field is not None and field.kind in FOLDED_KINDS

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
            width=fitted(word_of(self.askable, field.kind, str(rule["op"]))),
        )
        if isinstance(rule["value"], Mapping) and "field" in rule["value"]:
            self._other(rule["value"])
        else:
            value_input(self._slot(rule, "value", rank, field), operators[str(rule["op"])].shape)

    def _other(self, value: Mapping[str, object]) -> None:
        """Another field the rule compares with: « 2 × Panier moyen », as it was written."""
        w, field = self.askable.words, self.askable.catalogue.fields.get(str(value["field"]))
        name = self.askable.label(field) if field else str(value["field"])
        times = value.get("times", 1)
        st.markdown(
            escape(name if times == 1 else w("sentence.times", times=w.number(times), field=name)),
            width="content",
        )

    def _slot(self, rule: Node, attr: str, rank: str, field: Field | None = None) -> Slot:
        """Where a value of the rule stands; a closed field offers its choices, a text its usual values."""
        w = self.askable.words
        names = self._value_names(field) if field is not None and field.kind in FOLDED_KINDS else {}
        code = f"_{field.code}" if field else ""
        key = f"v_{rule['id']}{code}_{rule.get('op', '')}"
        return Slot(
            rule,
            attr,
            key,
            w("rule.value", rank=rank),
            w,
            tuple(names),
            decimals=field is not None and field.type in DECIMAL_TYPES,
            names=names,
            closed=field is not None and bool(field.choices),
            unit=unit_of(field, self.askable),
            scale=100 if field is not None and field.type == "percent" else 1,
        )

    def _value_names(self, field: Field) -> Mapping[str, str]:
        """The values a closed field knows (``rfm_segment`` → « Champions »), the usual ones of another."""
        return names_of(field, field.choices, self.askable.words) or self.askable.usual(field)

    def _choice(
        self, rule: Node, attr: str, options: list[str], name: Callable[[str], str], rank: str
    ) -> None:
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
            width=fitted(name(str(rule[attr])), most=320),
        )

    def _top(self, rule: Node, rank: str) -> None:
        fields = {
            c: f
            for c, f in self.askable.catalogue.fields.items()
            if f.kind == "number" and self.askable.filled(f) > 0
        }
        value_input(self._slot(rule, "n", rank), "number")
        self._choice(rule, "by", list(fields), lambda code: self.askable.label(fields[code]), f"{rank} ·")

    def _count(self, node: Node) -> None:
        """The node's own count and, when leaving it out would change the whole, what the whole would be."""
        counted, w = self.counts.get(str(node["id"])), self.askable.words
        if counted is None:
            if to_json(node) is None:
                st.caption(w("rule.unfinished"), width="content")
            return
        text = f"**{w.number(counted.count)}**"
        if counted.without is not None:
            text += f"  \n:small[:gray[{w('rule.without', n=w.number(counted.without))}]]"
        st.markdown(text, width="content", text_alignment="right")

    def _where(self, node: Node, source: EventSource, rank: str) -> None:
        draw_where(node, source, self.askable, self._field, rank)
