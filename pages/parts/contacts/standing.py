"""Where a person stands: segments they are in, those one rule away, and why, rule by rule, for any."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.parts import cached, frame, state
from pages.parts.contacts.values import origin, said
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.audience.explanation import NodeTruth
from segmentation.audience.standing import Standing
from segmentation.criteria.describe import describe
from segmentation.criteria.nodes import All, Any, Condition, Criterion, EventCondition, Not
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Report, Value


def draw(report: Report, _known: Mapping[object, Value]) -> None:
    """In, nearly in, then the reasons."""
    w, base = state.say(), cached.workspace()
    number = int(str(report.figures["contact"]))
    names = base.catalogue.segment_names
    if not names:
        st.info(w("page.contact.no_segment"), icon=":material/filter_alt:")
        return
    found = base.evaluator.standings(number)
    inside = [one for one in found if one.inside]
    near = [one for one in found if one.missing is not None and len(one.missing) == 1]
    st.header(w("page.contact.inside", n=len(inside)), anchor=False)
    with st.container(horizontal=True):
        for one in inside:
            label = plain(names[one.key], longest=40)
            if st.button(escape(label), key=f"contact_in_{one.key}", icon=":material/filter_alt:"):
                frame.go("segments", segment=one.key)
    if near:
        st.header(w("page.contact.near", n=len(near)), anchor=False)
        for one in near:
            st.markdown(_missing(one, names[one.key], w))
    st.header(w("page.contact.why"), anchor=False)
    _why(number, found, names, w)


def _missing(one: Standing, name: str, w: Words) -> str:
    """The one rule that keeps the person out, said as it should be, or should not be."""
    ((path, leaf),) = one.missing or ()
    against = (path.split(".").count("not") + path.startswith("exclude")) % 2 == 1
    rule = escape(describe(leaf, cached.workspace().catalogue, w), longest=200)
    key = "page.contact.but_for" if against else "page.contact.lacks"
    return f"- {w(key, name=escape(name), rule=rule)}"


def _why(number: int, found: tuple[Standing, ...], names: Mapping[str, str], w: Words) -> None:
    keys = [one.key for one in found]
    key = st.selectbox(
        w("page.contact.why_which"),
        keys,
        index=None,
        format_func=lambda each: plain(names.get(each, each)),
        placeholder=w("page.contact.why_hint"),
        key=f"contact_why_{number}",
    )
    if key is None:
        return
    base, one = cached.workspace(), next(each for each in found if each.key == key)
    try:
        segment = base.segments.definition(key)
        truths = base.evaluator.explain(number, segment)
        st.markdown(escape(describe(segment, base.catalogue, w), longest=400))
    except CarnetError as problem:
        show(problem)
        return
    verdict = "hand_in" if one.by_hand == "added" else "hand_out" if one.by_hand else ""
    if not verdict:
        verdict = "in" if one.inside else "limited" if one.missing is None else "out"
    icon = ":material/check_circle:" if one.inside else ":material/cancel:"
    st.markdown(f"{icon} **{w(f'page.contact.verdict.{verdict}')}**")
    st.markdown("\n".join(_line(truth, w) for truth in truths))


def _line(truth: NodeTruth, w: Words) -> str:
    """A rule in its place in the tree: met or not, the value that decided, and where that came from."""
    level = len([step for step in truth.path.split(".") if step in ("all", "any", "not")])
    name = "unknown" if truth.truth is None else "yes" if truth.truth else "no"
    line = (
        f"{'    ' * level}- {w(f'page.contact.holds.{name}')} · {escape(_said(truth.node, w), longest=300)}"
    )
    value, source = _value(truth, w), _from(truth, w)
    if value:
        line += f" **{escape(value)}**"
    return f"{line} ({escape(source)})" if source else line


def _said(node: Criterion, w: Words) -> str:
    if isinstance(node, All):
        return w("page.contact.all")
    if isinstance(node, Any):
        return w("page.contact.any")
    if isinstance(node, Not):
        return w("page.contact.not")
    return describe(node, cached.workspace().catalogue, w)


def _value(truth: NodeTruth, w: Words) -> str:
    if truth.value is None:
        return ""
    if isinstance(truth.node, Condition):
        return said(truth.node.field, truth.value, w)
    if isinstance(truth.node, EventCondition) and isinstance(truth.value, (int, float)):
        return w.number(truth.value)
    if isinstance(truth.value, (list, tuple)):
        return plain(", ".join(map(str, truth.value)))
    return plain(truth.value)


def _from(truth: NodeTruth, w: Words) -> str:
    given = truth.origin
    if given is None:
        computed = truth.value is not None and isinstance(truth.node, (Condition, EventCondition))
        return w("page.contact.worked_out") if computed else ""
    kind = None if given.file_name else "edit"
    return origin(
        (given.import_id, given.row_number, kind, given.file_name, given.author, given.created_at), w
    )
