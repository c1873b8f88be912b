"""Ready-made segments: the aim first, then who it is about today, or the data that would tell."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.criterion_picker import Askable
from pages.parts.ink import inked
from pages.parts.lists.door import door
from pages.parts.lists.wanted import open_list
from pages.parts.segment_draft import drafted, start
from pages.parts.text import escape
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.describe import describe
from segmentation.criteria.template import Needs, source
from segmentation.criteria.templates import AIMS
from segmentation.reports.ready_made import Ready

SHOWN = 6
"""How many ready-made segments an aim shows before « show more »."""

FILES = ("orders", "emails", "events", "contacts")
"""Where data come from, the most telling first."""

_AIM, _ALL, _LIST = "segments_aim", "segments_all_ready", "segments_ready_list"


def ready_made() -> None:
    """The question, the aims as one choice, and the segments of the aim chosen."""
    w = state.say()
    _go_on()
    st.header(w("page.segments.aim"), anchor=False)
    held = state.get(_AIM)
    aim = st.pills(
        w("page.segments.aim"),
        AIMS,
        default=held if held in AIMS else _first(),
        format_func=inked(lambda one: w(f"aim.{one}")),
        required=True,
        key="aim",
        label_visibility="collapsed",
    )
    if aim != held:
        state.put(_AIM, aim)
        state.drop(_ALL)
    found = cached.ready(str(aim))
    usable = [one for one in found if one.useful]
    if not usable:
        st.info(w("page.segments.nothing_ready"), icon=":material/upload_file:")
    shown = usable if state.get(_ALL) else usable[:SHOWN]
    with st.grid(2, min_column_width=300):
        for one in shown:
            _card(one)
    _more(len(usable) - SHOWN)
    _waiting([one for one in found if not one.useful])


def _first() -> str:
    """The aim shown before one is chosen: the first with a segment of use."""
    return next((aim for aim in AIMS if any(one.useful for one in cached.ready(aim))), AIMS[0])


def _go_on() -> None:
    """Open the list asked for by the button of the turn before."""
    asked = state.get(_LIST)
    if isinstance(asked, tuple):
        state.drop(_LIST)
        criterion, name, channel = asked
        open_list(criterion, name, channel=channel)


def _more(hidden: int) -> None:
    if hidden <= 0:
        return
    w, everything = state.say(), bool(state.get(_ALL))
    st.button(
        w("page.segments.fewer_ready") if everything else w("page.segments.all_ready", n=hidden),
        icon=":material/expand_less:" if everything else ":material/expand_more:",
        key="all_ready",
        type="tertiary",
        on_click=state.put,
        args=(_ALL, not everything),
    )


def _card(one: Ready) -> None:
    """Name, size and reach today, the base's own values it takes, one piece of advice, what can be done: no
    list of people one does not write to, a working file of people no e-mail would reach."""
    w, code = state.say(), one.template.code
    name, advice = w(f"template.{code}.name"), w(f"template.{code}.advice")
    with st.container(border=True, gap="xsmall", height="stretch", key=f"ready_{code}"):
        st.markdown(f"**{name}**")
        reach = "" if one.template.silent else f" :gray[· {w('page.segments.reachable', n=one.reachable)}]"
        st.markdown(f"**{w('count.contacts', n=one.count)}**{reach}")
        if one.chosen:
            asked = criterion_from_json(one.criterion)
            st.markdown(escape(describe(asked, cached.workspace().catalogue, w), longest=200))
        st.caption(advice)
        with st.container(horizontal=True, gap="small"):
            st.button(
                w("page.segments.look"),
                key=f"look_{code}",
                on_click=_open,
                args=(one.criterion, name, advice),
            )
            if not one.template.silent and frame.built("lists"):
                to = door(care=not one.reachable)
                st.button(
                    to.label,
                    key=f"ready_list_{code}",
                    icon=to.icon,
                    help=to.help,
                    on_click=state.put,
                    args=(_LIST, (one.criterion, name, to.channel)),
                )


def _open(criterion: Mapping[str, object], name: str, advice: str) -> None:
    draft = drafted(criterion, name=name)
    draft.note = advice
    state.next_turn("draft")
    start(draft)


def _waiting(waiting: list[Ready]) -> None:
    """The segments of no use yet: those that lack data under the files that bring it, then those with too
    few people."""
    if not waiting:
        return
    w = state.say()
    askable = cached.askable(w)
    poor, few = [one for one in waiting if one.lacks], [one for one in waiting if not one.lacks]
    files = {name: held for name in FILES if (held := [one for one in poor if _file(one) == name])}
    named = w.listing([w(f"page.segments.file.{name}") for name in files])
    too_few = w("page.segments.few", n=len(few))
    title = w("page.segments.lacking", n=len(poor), named=named) if poor else too_few
    with st.expander(title):
        for name, held in files.items():
            st.markdown(w("page.segments.with_file", what=w(f"page.segments.file.{name}")))
            for one in held:
                _line(one, w("page.segments.lacks", what=_said(one.lacks, askable)))
        if few and poor:
            st.markdown(too_few)
        for one in few:
            _line(one, w("count.contacts", n=one.count))


def _line(one: Ready, why: str) -> None:
    st.markdown(f"**{state.say()(f'template.{one.template.code}.name')}** :gray[— {why}]")


def _file(one: Ready) -> str:
    """The file that would bring most of what a segment lacks."""
    named = [source(need) for either in one.lacks for need in either[:1]]
    return max(FILES, key=named.count)


def _said(lacks: Needs, askable: Askable) -> str:
    """« Commande ou CA total, et Date de naissance »: each need as its alternatives."""
    w = askable.words
    either = [w.listing(dict.fromkeys(_label(name, askable) for name in need), style="or") for need in lacks]
    return w.listing(either)


def _label(name: str, askable: Askable) -> str:
    """« Commande » for ``event:order``, « Canal » for ``order.channel``, a field's own name; for a computed
    field, the column it would come from."""
    w = askable.words
    if w.has(f"need.{name}"):
        return w(f"need.{name}")
    if name.startswith("event:"):
        code = name.removeprefix("event:")
        return w("sentence.quoted", text=w(f"event.{code}"))
    field = askable.catalogue.fields.get(name)
    code = name.rpartition(".")[2]
    return w("sentence.quoted", text=askable.label(field) if field else w(f"field.{code}"))
