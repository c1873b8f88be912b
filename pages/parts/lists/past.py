"""Lists already downloaded: who, when, how many, the same one again, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, state
from pages.parts.lists.wanted import CHANNELS, Wanted, start
from pages.parts.problem import sentence
from pages.parts.text import escape
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.describe import describe
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.lists.options import options_from_json
from segmentation.store.journal import Export

SHOWN = 10
BEAT = "3s"
"""How often the list just downloaded is looked for: its making, in a thread of its own, tells no page.

Only this part is drawn again: a run of the whole screen would take the file away from under the browser.
"""
_CHANGED = "list_changed"


def draw() -> None:
    """The last lists, newest first; what this section is for when there is none."""
    st.header(state.say()("page.lists.past"), anchor=False)
    _lines()


@st.fragment(run_every=BEAT)
def _lines() -> None:
    w, base = state.say(), cached.workspace()
    exports = base.exports()
    if not exports:
        st.caption(w("page.lists.past_none"))
        return
    names = {segment.key: segment.name for segment in base.segments.list()}
    for export in exports[:SHOWN]:
        with st.container(border=True):
            _line(export, names, w)
            if state.get(_CHANGED) == export.export_id:
                _changes(export, names)


def _line(export: Export, names: Mapping[str, str], w: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap="xsmall"):
            line = w(
                "page.lists.past_line",
                n=export.rows,
                name=escape(_name(export, names, w)),
                channel=w(f"channel.{export.channel}"),
            )
            st.markdown(f"{line} · {w(f'list.format.{export.format}')}")
            st.caption(_when(export, w))
            if export.control:
                st.caption(w("page.lists.past_control", n=export.control))
            if export.reason:
                st.caption(w("page.lists.past_reason", reason=escape(export.reason, longest=300)))
        with st.container(horizontal=True, width="content"):
            _buttons(export, names, w)


def _buttons(export: Export, names: Mapping[str, str], w: Words) -> None:
    number = export.export_id
    st.button(
        w("page.lists.changed"),
        key=f"list_changed_{number}",
        icon=":material/difference:",
        on_click=lambda: state.put(_CHANGED, None if state.get(_CHANGED) == number else number),
    )
    if st.button(w("page.lists.again"), key=f"list_again_{number}", icon=":material/replay:"):
        _again(export, names)
        st.rerun(scope="app")


def _changes(export: Export, names: Mapping[str, str]) -> None:
    """Who would be new in that list today, and who would be gone."""
    w = state.say()
    try:
        changes = cached.workspace().changed_since(export)
    except CarnetError as problem:
        st.warning(sentence(problem))
        return
    if changes is None:
        st.caption(w("page.lists.changes_unknown"))
        return
    if not changes.new and not changes.gone:
        st.markdown(w("page.lists.changes_none", n=changes.kept))
        return
    said = [
        w(f"page.lists.changes_{way}", n=count)
        for way, count in (("new", changes.new), ("gone", changes.gone))
        if count
    ]
    why = [
        w(f"page.lists.changes_{reason}", n=count)
        for reason, count in (("left", changes.left), ("unreachable", changes.unreachable))
        if count
    ]
    st.markdown(", ".join(said) + (f" ({', '.join(why)})" if why else "") + ".")
    if changes.new:
        label = w("page.lists.only_new", n=changes.new)
        if st.button(label, key=f"list_new_{export.export_id}", icon=":material/person_add:"):
            _again(export, names, since=export.export_id)
            st.rerun(scope="app")


def _name(export: Export, names: Mapping[str, str], w: Words) -> str:
    """What the list was called; its segment's name or what it asked for, when it had no name."""
    if export.name or export.segment_key in names:
        return export.name or names[str(export.segment_key)]
    try:
        return describe(segment_from_json(export.definition), cached.workspace().catalogue, w).rstrip(".")
    except CarnetError:
        return export.file_name


def _when(export: Export, w: Words) -> str:
    when = w.moment(export.created_at) if export.created_at else ""
    file = escape(export.file_name)
    if not export.author:
        return w("page.lists.past_when_alone", when=when, name=file)
    return w("page.lists.past_when", when=when, who=escape(export.author), name=file)


def _again(export: Export, names: Mapping[str, str], *, since: int | None = None) -> None:
    """Prepare the same list anew, of its people as they are today; a reason is asked again.

    ``since``: only those who were not in that list.
    """
    w, channel = state.say(), export.channel or CHANNELS[0]
    said = {**export.options, "since": since or export.options.get("since")}
    said["without"] = [key for key in options_from_json(export.options).without if key in names]
    options = options_from_json(said)
    if export.segment_key in names:
        start(Wanted(segment=export.segment_key, channel=channel, options=options))
        st.query_params["segment"] = str(export.segment_key)
        return
    st.query_params.pop("segment", None)
    name = _name(export, names, w)
    start(Wanted(criterion=export.definition, name=name, channel=channel, options=options))
