"""The owner's own validation rules: what must be true, said with the criteria of segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import streamlit as st

from pages.parts import cached, frame, jobs, state
from pages.parts.criterion_editor import Editor
from pages.parts.criterion_tree import Node, group, to_json
from pages.parts.problem import show
from pages.parts.segment_draft import open_draft
from pages.parts.text import escape
from segmentation.criteria.check import check
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.describe import describe
from segmentation.errors import CarnetError, InputError
from segmentation.reports.own_rules import SETTING, breakable, broken, rules_from_json

EVERYONE: Mapping[str, Any] = {"all": []}


def draw() -> None:
    """Each rule with who breaks it, then the builder of another."""
    w, base = state.say(), cached.workspace()
    st.markdown(w("page.settings.own_mean"))
    kept = rules_from_json(base.settings.get(SETTING))
    for rule in kept:
        _line(rule)
    with st.container(border=True):
        st.header(w("page.settings.own_new"), anchor=False)
        if not base.contacts:
            st.info(w("page.settings.own_empty"), icon=":material/upload_file:")
            return
        _builder()


def sentence(rule: Mapping[str, Any]) -> str:
    """What must be true, safe for Markdown."""
    w, base = state.say(), cached.workspace()
    try:
        return escape(describe(criterion_from_json(rule), base.catalogue, w), longest=300)
    except (CarnetError, KeyError):
        return w("page.settings.own_lost")


def _line(rule: Mapping[str, Any]) -> None:
    """One rule; its buttons are keyed by what it says: in another window the list may have changed."""
    w, base, key = state.say(), cached.workspace(), crc32(repr(rule).encode())
    said = broken(rule)
    try:
        count: int | None = base.evaluator.count(criterion_from_json(said))
    except CarnetError:
        count = None
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xsmall"):
            st.markdown(sentence(rule))
            if count is None:
                st.caption(w("page.settings.own_lost"))
            else:
                st.caption(w("page.settings.own_broken", n=count) if count else w("page.settings.own_kept"))
        with st.container(horizontal=True, width="content"):
            if count and st.button(
                w("page.quality.see"), icon=":material/group_search:", key=f"settings_own_see_{key}"
            ):
                open_draft(said, w("page.quality.own_name"))
            if st.button(
                w("page.settings.remove"),
                icon=":material/delete:",
                type="tertiary",
                key=f"settings_own_remove_{key}",
                disabled=jobs.running() is not None,
            ):
                base.change(
                    SETTING, lambda held: [one for one in rules_from_json(held) if one != rule] or None
                )
                st.rerun()


def _builder() -> None:
    """The criteria of segments, empty; kept as a rule once one of them is finished."""
    w, base = state.say(), cached.workspace()
    tree: Node = state.kept("own_rule", group)
    Editor(cached.askable(w), {}).draw(tree)
    rule = to_json(tree)
    ready = rule is not None and rule != EVERYONE
    if ready:
        st.markdown(w("page.settings.own_says", rule=sentence(rule or {})))
    if st.button(
        w("page.settings.own_keep"),
        type="primary",
        icon=":material/rule:",
        key="settings_own_keep",
        disabled=not ready or jobs.running() is not None,
    ):
        try:
            check(criterion_from_json(rule or {}), base.catalogue)
            if not breakable(rule or {}):
                raise InputError("error.rule.unbreakable")
            base.change(SETTING, lambda held: [*(one for one in rules_from_json(held) if one != rule), rule])
        except CarnetError as problem:
            show(problem)
            return
        state.drop("own_rule")
        st.rerun()


def to_settings() -> None:
    """The way here from the quality screen."""
    w = state.say()
    if frame.built("settings") and st.button(
        w("page.quality.own_rules"), icon=":material/rule:", type="tertiary", key="quality_own_rules"
    ):
        frame.go("settings")
