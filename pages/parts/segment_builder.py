"""The builder: the rules, what they give at once, and saving; one fragment, redrawn alone at each edit."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.criterion_editor import Counted, Editor
from pages.parts.criterion_tree import group, numbered
from pages.parts.problem import sentence, show
from pages.parts.segment_draft import COLOURS, Draft, close, drafted, start
from pages.parts.segment_panel import Living, details, figures, preview
from pages.parts.text import plain
from segmentation.errors import CarnetError


def draw(draft: Draft) -> None:
    """The whole builder of one draft."""
    w = state.say()
    with frame.head(w("page.segments.build_title"), w("page.segments.build_sentence")):
        st.button(w("page.segments.back"), icon=":material/arrow_back:", key="builder_back", on_click=_leave)
    _builder(draft)


def _leave() -> None:
    close()
    st.query_params.pop("segment", None)


@st.fragment
def _builder(draft: Draft) -> None:
    w, base = state.say(), cached.workspace()
    askable = cached.askable(w)
    _identity(draft)
    problem: CarnetError | None = None
    living = None
    try:
        living = Living.of(base, draft.segment())
    except CarnetError as error:
        problem = error
    figures(living, w, base)
    left, right = st.columns([5, 3], gap="large")
    counts = _counts(draft, living)
    with left:
        if problem is not None:
            st.error(sentence(problem), icon=":material/error:")
        Editor(askable, counts).draw(draft.include)
        _outside(draft, Editor(askable, counts))
        _kept_aside(draft)
    with right:
        if living is not None:
            details(living, w, base)
    if living is not None:
        preview(living, w, base, askable)


def _counts(draft: Draft, living: Living | None) -> Mapping[str, Counted]:
    """The count of each finished node by its id; the whole without it, where that differs."""
    if living is None:
        return {}
    found: dict[str, Counted] = {}
    trees = ((draft.include, ""), (draft.exclude, "exclude"))
    for tree, root in trees:
        for node, path in numbered(tree, root) if tree is not None else ():
            count = living.nodes.get(path) if path is not None else None
            if count is not None:
                alone = path == root or count.without == living.count
                found[str(node["id"])] = Counted(count.count, None if alone else count.without)
    return found


def _identity(draft: Draft) -> None:
    """Name, colour, note, and what can be done with the whole segment."""
    w = state.say()
    turn = state.turn("draft")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        draft.name = st.text_input(
            w("page.segments.name"),
            value=draft.name,
            key=f"name_{turn}",
            placeholder=w("page.segments.name_hint"),
            max_chars=80,
            width=320,
        )
        draft.colour = st.selectbox(
            w("page.segments.colour"),
            COLOURS,
            index=COLOURS.index(draft.colour) if draft.colour in COLOURS else 0,
            format_func=lambda colour: w(f"colour.{colour}"),
            key=f"colour_{turn}",
            width=130,
        )
        st.badge(_status(draft), color=draft.colour)
        st.space("stretch")
        if st.button(w("page.segments.save"), type="primary", icon=":material/save:", key="save_segment"):
            _save(draft)
        with st.popover(w("page.segments.more"), icon=":material/more_horiz:"):
            _menu(draft)


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


def _menu(draft: Draft) -> None:
    """Note, list, copy, past versions, JSON, deletion."""
    w, base = state.say(), cached.workspace()
    turn = state.turn("draft")
    draft.note = st.text_area(w("page.segments.note"), value=draft.note, key=f"note_{turn}", height=80)
    if frame.built("lists") and draft.key is not None and not draft.changed():
        st.button(
            w("page.segments.prepare"),
            icon=":material/outgoing_mail:",
            key="prepare",
            on_click=state.put,
            args=("go_lists", draft.key),
        )
    st.button(
        w("page.segments.copy"), icon=":material/content_copy:", key="copy", on_click=_copy, args=(draft,)
    )
    if draft.key is not None:
        versions = base.segments.versions(draft.key)
        labels = {one.version: f"v{one.version} · {w.moment(one.updated_at)}" for one in versions}
        chosen = st.selectbox(
            w("page.segments.versions"), list(labels), format_func=labels.__getitem__, key=f"versions_{turn}"
        )
        past = next(one for one in versions if one.version == chosen)
        st.button(
            w("page.segments.restore"),
            key="restore",
            disabled=chosen == draft.version,
            on_click=_restore,
            args=(draft, dict(past.definition)),
        )
        st.button(
            w("page.segments.delete"),
            icon=":material/delete:",
            key="delete",
            on_click=_delete,
            args=(draft.key,),
        )
    st.download_button(
        w("page.segments.json"),
        json.dumps(draft.definition(), ensure_ascii=False, indent=2),
        file_name="segment.json",
        mime="application/json",
        on_click="ignore",
    )


def _copy(draft: Draft) -> None:
    twin = drafted(draft.definition(), name=state.say()("page.segments.copy_of", name=draft.name))
    twin.colour, twin.note = draft.colour, draft.note
    st.query_params.pop("segment", None)
    state.next_turn("draft")
    start(twin)


def _restore(draft: Draft, definition: dict[str, object]) -> None:
    past = drafted(definition)
    draft.include, draft.exclude, draft.rest = past.include, past.exclude, past.rest


def _delete(key: str) -> None:
    try:
        cached.workspace().segments.delete(key)
    except CarnetError as problem:
        state.put("segments_problem", problem)
        return
    state.put("segment_deleted", key)
    _leave()


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


def _kept_aside(draft: Draft) -> None:
    """What the tree does not show: a limit, people added or removed by hand."""
    w = state.say()
    for part in ("added", "removed"):
        people = draft.rest.get(part)
        if isinstance(people, list) and people:
            st.caption(w(f"page.segments.{part}", n=len(people)))
    _limit(draft)


def _limit(draft: Draft) -> None:
    """At most so many members, the best by a field."""
    w, turn = state.say(), state.turn("draft")
    held = draft.rest.get("limit")
    top = held.get("top") if isinstance(held, Mapping) else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        asked = st.toggle(
            w("page.segments.limit"),
            value=held is not None,
            key=f"limit_{turn}",
            help=w("page.segments.limit_help"),
        )
        if not asked:
            draft.rest.pop("limit", None)
            return
        number = st.number_input(
            w("page.segments.limit_n"),
            min_value=1,
            value=int(str(top or 100)),
            step=50,
            key=f"limit_n_{turn}",
            label_visibility="collapsed",
            width=120,
        )
        st.text(w("page.segments.limit_by"))
    kept = dict(held) if isinstance(held, Mapping) else {"by": "total_spent"}
    before = draft.rest.get("limit")
    draft.rest["limit"] = kept | {"top": int(number)} if "by" in kept else kept
    if draft.rest["limit"] != before:
        st.rerun(scope="fragment")
