"""Lists already downloaded: who, when, how many, and the same one again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, state
from pages.parts.lists.wanted import Wanted, start
from pages.parts.text import escape
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.describe import describe
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.store.journal import Export

SHOWN = 10
BEAT = "3s"
"""How often the list just downloaded is looked for: its making, in a thread of its own, tells no page.

Only this part is drawn again: a run of the whole screen would take the file away from under the browser.
"""


def draw() -> None:
    """The last lists, newest first; what this section is for when there is none."""
    st.subheader(state.say()("page.lists.past"), anchor=False)
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
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap="xsmall"):
                st.markdown(
                    w(
                        "page.lists.past_line",
                        n=export.rows,
                        name=escape(_name(export, names, w)),
                        channel=w(f"channel.{export.channel}"),
                    )
                )
                st.caption(_when(export, w))
                if export.reason:
                    st.caption(w("page.lists.past_reason", reason=escape(export.reason, longest=300)))
            key = f"list_again_{export.export_id}"
            if st.button(w("page.lists.again"), key=key, icon=":material/replay:"):
                _again(export, names)
                st.rerun(scope="app")


def _name(export: Export, names: Mapping[str, str], w: Words) -> str:
    """The segment's name; what the list asked for, when it was not a saved segment's."""
    if export.segment_key in names:
        return names[export.segment_key]
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


def _again(export: Export, names: Mapping[str, str]) -> None:
    """Prepare the same list anew: the people asked for, as they are today; a reason is asked again."""
    w = state.say()
    if export.segment_key in names:
        start(Wanted(segment=export.segment_key, channel=export.channel))
        st.query_params["segment"] = export.segment_key
        return
    st.query_params.pop("segment", None)
    name = w("page.lists.again_name", date=w.date(export.created_at or export.as_of))
    start(Wanted(criterion=export.definition, name=name, channel=export.channel))
