"""The small menu of a rule or a group: what is less often asked of it, and moving it about."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import state
from pages.parts.criterion_event import toggle_then, toggle_where
from pages.parts.criterion_picker import Askable
from pages.parts.criterion_tree import (
    DEEPEST,
    EVENT,
    FIELD,
    GROUP,
    Node,
    dissolve,
    duplicate,
    move,
    remove,
    rules,
    wrap,
)


def menu(node: Node, parent: Node, askable: Askable, rank: str, *, depth: int, folded: bool) -> None:
    """The button « ⋯ » and what it opens; ``folded`` says that the rule compares texts."""
    w, key = askable.words, str(node["id"])
    is_group = node["type"] == GROUP
    box = st.popover(
        "",
        icon=":material/more_horiz:",
        key=f"more_{key}",
        help=w("rule.more_group" if is_group else "rule.more", rank=rank),
        on_change="rerun",
        type="tertiary",
    )
    if not box.open:
        return
    with box, st.container(width=300, gap="xsmall"):
        _switch(node, "not", w("rule.invert"), w("rule.invert_help"))
        if node["type"] in (FIELD, EVENT):
            _switch(node, "unknown", w("rule.unknown"), w("rule.unknown_help"))
        if folded:
            _switch(node, "exact", w("rule.exact"), w("rule.exact_help"))
        if node["type"] == EVENT:
            _of_events(node, askable)
        st.divider()
        _moves(node, parent, askable, depth)


def remover(node: Node, parent: Node, label: str) -> None:
    """The cross that takes a rule or a group away."""
    st.button(
        "",
        icon=":material/close:",
        key=f"d_{node['id']}",
        help=label,
        type="tertiary",
        on_click=remove,
        args=(node, parent),
    )


def _of_events(rule: Node, askable: Askable) -> None:
    w, key = askable.words, str(rule["id"])
    st.toggle(
        w("rule.ask_where"),
        value=isinstance(rule["where"], dict),
        key=f"wh_{key}",
        on_change=toggle_where,
        args=(rule, askable),
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


def _switch(rule: Node, flag: str, label: str, about: str) -> None:
    key = f"{flag}_{rule['id']}"
    st.toggle(
        label,
        value=bool(rule.get(flag)),
        key=key,
        help=about,
        on_change=lambda: rule.update({flag: state.widget(key)}),
    )


def _moves(node: Node, parent: Node, askable: Askable, depth: int) -> None:
    """Copy it, put it in a group or take the group away, move it: each one click."""
    place = [one["id"] for one in rules(parent)].index(node["id"])
    moves: list[tuple[str, str, bool, Callable[..., None], tuple[object, ...]]] = [
        ("duplicate", "content_copy", True, duplicate, (node, parent)),
        ("wrap", "account_tree", depth < DEEPEST, wrap, (node, parent)),
        ("dissolve", "layers_clear", node["type"] == GROUP and not node["not"], dissolve, (node, parent)),
        ("up", "arrow_upward", place > 0, move, (node, parent, -1)),
        ("down", "arrow_downward", place < len(rules(parent)) - 1, move, (node, parent, 1)),
    ]
    for name, icon, possible, do, args in moves:
        if possible:
            st.button(
                askable.words(f"rule.{name}"),
                icon=f":material/{icon}:",
                key=f"{name}_{node['id']}",
                type="tertiary",
                on_click=do,
                args=args,
            )
