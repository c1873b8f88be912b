"""Duplicates side by side: which value stays and why; merge one, tell apart, merge all that are sure."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts.values import label, said
from pages.parts.problem import show
from pages.parts.quality import done
from pages.parts.table import table
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Column, Report, Sheet, Value

_PLACES = {"only": 1, "same": 2}
"""What differs is read first."""
SHOWN = 10
"""Groups drawn on a page."""


def draw(report: Report) -> None:
    """The sure ones together, then each group."""
    w = state.say()
    groups = report.sheets["groups"].rows
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
        st.caption(w("page.quality.because", rules=" ; ".join(rules)))
        try:
            _side_by_side(ids, w)
        except CarnetError as problem:
            show(problem)


def _side_by_side(ids: tuple[int, ...], w: Words) -> None:
    found = cached.report("merge_preview", ids=ids).sheets["values"].rows
    key = "_".join(map(str, ids))
    chosen = _choices(found, ids, key, w)
    rows: list[tuple[Value, ...]] = []
    for field, *values, kept, reason, value in sorted(found, key=lambda row: _PLACES.get(str(row[-2]), 0)):
        each = [plain(said(str(field), one, w)) if one is not None else "" for one in values]
        whose = chosen.get(str(field), kept)
        stays = (
            each[ids.index(int(str(whose)))] if str(field) in chosen else plain(said(str(field), value, w))
        )
        why = "chosen" if str(field) in chosen and whose != kept else str(reason)
        rows.append((label(str(field), w), *each, stays, w(f"page.quality.reason.{why}")))
    columns = (
        Column("field", "report.quality.field"),
        *(Column(f"c{one}", w("page.quality.contact_no", number=w.number(one)), literal=True) for one in ids),
        Column("stays", "page.quality.stays"),
        Column("why", "page.quality.why"),
    )
    table(
        Sheet("twins", columns, rows),
        w,
        key=f"quality_twins_{key}",
        alt=w("page.quality.table_alt"),
        widths={"field": 130, "why": 150},
        height=280 if len(rows) > 7 else "content",
    )
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


def _choices(found: Sequence[Sequence[Value]], ids: tuple[int, ...], key: str, w: Words) -> dict[str, int]:
    """Other values than those proposed, field by field, where the contacts differ."""
    differing = [row for row in found if row[-2] in ("latest", "valid", "full", "first")]
    if not differing:
        return {}
    chosen: dict[str, int] = {}
    with st.popover(w("page.quality.choose"), icon=":material/tune:"):
        for field, *values, kept, _reason, _value in differing:
            options = [one for one, value in zip(ids, values, strict=True) if value is not None]
            texts = {one: said(str(field), v, w) for one, v in zip(ids, values, strict=True) if v is not None}
            picked = st.radio(
                label(str(field), w),
                options,
                index=options.index(int(str(kept))),
                format_func=lambda one, texts=texts: plain(texts[one]),  # type: ignore[misc]
                key=f"quality_choice_{key}_{field}",
            )
            if picked is not None and picked != kept:
                chosen[str(field)] = int(picked)
    return chosen


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
