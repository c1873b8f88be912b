"""The builder: the rules, what they give at once, and saving; one fragment, redrawn alone at each edit."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.criterion_editor import Counted, Editor
from pages.parts.criterion_tree import GROUP, group, numbered
from pages.parts.problem import sentence, show
from pages.parts.segment_draft import COLOURS, Draft, close
from pages.parts.segment_limit import limit
from pages.parts.segment_menu import menu
from pages.parts.segment_panel import Living, details, figures, preview
from pages.parts.text import plain
from segmentation.errors import CarnetError


def draw(draft: Draft) -> None:
    """The whole builder of one draft."""
    w = state.say()
    with frame.head(w("page.segments.build_title"), w("page.segments.build_sentence")):
        st.button(w("page.segments.back"), icon=":material/arrow_back:", key="builder_back", on_click=leave)
    _builder(draft)


def leave() -> None:
    """Back to the segments, the draft forgotten."""
    close()
    st.query_params.pop("segment", None)


@st.fragment
def _builder(draft: Draft) -> None:
    """The limit is read before anything is counted, and stands below the rules."""
    w, base = state.say(), cached.workspace()
    askable = cached.askable(w)
    _identity(draft)
    found, asked, limited = st.container(), st.container(), st.container()
    with limited:
        limit(draft, askable)
    problem: CarnetError | None = None
    living = None
    try:
        living = Living.of(base, draft.segment())
    except CarnetError as error:
        problem = error
    with found:
        figures(living, w, base)
        if problem is not None:
            st.error(sentence(problem), icon=":material/error:")
    with asked:
        editor = Editor(askable, _counts(draft, living))
        editor.draw(draft.include)
        _outside(draft, editor)
        _by_hand(draft)
    if living is not None:
        details(living, w, base, askable)
        preview(living, w, base, askable)


def _counts(draft: Draft, living: Living | None) -> Mapping[str, Counted]:
    """The count of each finished node by its id; the whole without it, where that differs."""
    if living is None:
        return {}
    found: dict[str, Counted] = {}
    number = 0
    trees = ((draft.include, ""), (draft.exclude, "exclude"))
    for tree, root in trees:
        for node, path in numbered(tree, root) if tree is not None else ():
            count = living.nodes.get(path) if path is not None else None
            if count is not None:
                number += node["type"] != GROUP
                alone = path == root or count.without == living.count
                found[str(node["id"])] = Counted(
                    count.count, None if alone else count.without, 0 if node["type"] == GROUP else number
                )
    return found


def _identity(draft: Draft) -> None:
    """Name, colour, and what can be done with the whole segment."""
    w = state.say()
    turn = state.turn("draft")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        draft.name = st.text_input(
            w("page.segments.name"),
            value=draft.name,
            key=f"name_{turn}",
            placeholder=w("page.segments.name_hint"),
            max_chars=80,
            width=300,
        )
        draft.colour = st.selectbox(
            w("page.segments.colour"),
            COLOURS,
            index=COLOURS.index(draft.colour) if draft.colour in COLOURS else 0,
            format_func=lambda colour: w(f"colour.{colour}"),
            key=f"colour_{turn}",
            width=110,
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.badge(_status(draft), color=draft.colour)
            if st.button(w("page.segments.save"), type="primary", icon=":material/save:", key="save_segment"):
                _save(draft)
            with st.popover(w("page.segments.more"), icon=":material/more_horiz:"):
                menu(draft, leave)


def _status(draft: Draft) -> str:
    w = state.say()
    if draft.key is None:
        return w("page.segments.draft")
    return w("page.segments.changed" if draft.changed() else "page.segments.saved_as", version=draft.version)


def _save(draft: Draft) -> None:
    base = cached.workspace()
    try:
        saved = base.segments.save(
            draft.name, draft.definition(), key=draft.key, colour=draft.colour, note=draft.note
        )
    except CarnetError as problem:
        show(problem)
        return
    draft.key, draft.version = saved.key, saved.version
    draft.saved = draft.definition()
    st.query_params["segment"] = saved.key
    st.toast(state.say()("page.segments.saved_toast", name=plain(saved.name)), icon=":material/check:")
    st.rerun()


def _outside(draft: Draft, editor: Editor) -> None:
    """The excluded tree: people left out whatever the rules above say."""
    w = state.say()
    if draft.exclude is None:
        st.button(
            w("page.segments.exclude"),
            icon=":material/person_off:",
            key="exclude",
            type="tertiary",
            help=w("page.segments.exclude_help"),
            on_click=lambda: setattr(draft, "exclude", group(comb="any")),
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{w('page.segments.excluded')}**", width="content")
        st.button(
            "",
            icon=":material/close:",
            key="unexclude",
            type="tertiary",
            help=w("page.segments.unexclude"),
            on_click=lambda: setattr(draft, "exclude", None),
        )
    editor.draw(draft.exclude)


def _by_hand(draft: Draft) -> None:
    """People added or removed by hand, which the tree does not show."""
    w = state.say()
    for part in ("added", "removed"):
        people = draft.rest.get(part)
        if isinstance(people, list) and people:
            st.caption(w(f"page.segments.{part}", n=len(people)))
