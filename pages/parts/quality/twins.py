"""Duplicates side by side: which value stays and why; merge one, tell apart, merge all that are sure."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.side_by_side import compare
from pages.parts.text import escape
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Report, Value

SHOWN = 10
"""Groups drawn on a page."""


def asked() -> bool:
    """Whether duplicates are to be looked for however large the base is."""
    return bool(state.get("twins_asked"))


def report() -> Report:
    """The quality of the base as every screen says it, with its duplicates when they were asked for."""
    return cached.report("quality", **({"twins": True} if asked() else {}))


def draw(told: Report) -> None:
    """The sure ones together, then each group; in a large base, once asked for."""
    w = state.say()
    if told.figures["groups"] is None:
        st.info(w("page.quality.twins_unasked"), icon=":material/group:")
        if st.button(w("page.quality.twins_ask"), icon=":material/search:", key="quality_twins_ask"):
            state.put("twins_asked", True)
            st.rerun()
        return
    groups = told.sheets["groups"].rows
    if not groups:
        st.success(w("page.quality.no_twins"), icon=":material/verified:")
        return
    st.markdown(w("page.quality.twins", n=len(groups)))
    sure = [_ids(row) for row in groups if row[2]]
    if sure:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(w("page.quality.sure_help"), width="stretch")
            if st.button(
                w("page.quality.merge_sure", n=len(sure)),
                type="primary",
                icon=":material/merge:",
                key="quality_merge_sure",
                disabled=jobs.running() is not None,
            ):
                _merge(sure, None)
    pages = -(-len(groups) // SHOWN)
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                w("page.quality.twins_page", pages=w.number(pages)), 1, pages, key="quality_page", width=220
            )
        )
    for row in groups[(page - 1) * SHOWN : page * SHOWN]:
        _group(row, w)


def _ids(row: Sequence[Value]) -> tuple[int, ...]:
    return tuple(int(str(one)) for one in row[0]) if isinstance(row[0], (list, tuple)) else ()


def _group(row: Sequence[Value], w: Words) -> None:
    ids = _ids(row)
    names = [escape(name) for name in row[3]] if isinstance(row[3], (list, tuple)) else []
    rules = [w(f"duplicates.rule.{rule}") for rule in row[1]] if isinstance(row[1], (list, tuple)) else []
    with st.container(border=True, key=f"quality_group_{'_'.join(map(str, ids))}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{' · '.join(dict.fromkeys(names))}**", width="content")
            if row[2]:
                st.badge(w("page.quality.sure"), color="green", icon=":material/check:")
        st.caption(w("page.quality.because", rules=" · ".join(rules)))
        try:
            _side_by_side(ids, w)
        except CarnetError as problem:
            show(problem)


def _side_by_side(ids: tuple[int, ...], w: Words) -> None:
    chosen, key = compare(ids, w), "_".join(map(str, ids))
    with st.container(horizontal=True):
        busy = jobs.running() is not None
        if st.button(
            w("page.quality.merge"), key=f"quality_merge_{key}", icon=":material/merge:", disabled=busy
        ):
            _merge([ids], chosen)
        if st.button(
            w("page.quality.apart"), key=f"quality_apart_{key}", icon=":material/call_split:", disabled=busy
        ):
            _apart(ids)


def _merge(groups: Sequence[tuple[int, ...]], chosen: dict[str, int] | None) -> None:
    try:
        written = cached.workspace().merge(groups, chosen)
    except CarnetError as problem:
        show(problem)
        return
    done.tell("page.quality.merged", written.import_id, n=len(groups))
    st.rerun()


def _apart(ids: tuple[int, ...]) -> None:
    try:
        cached.workspace().tell_apart(ids)
    except CarnetError as problem:
        show(problem)
        return
    done.tell("page.quality.told_apart", None, ids, n=len(ids))
    st.rerun()
