"""A tag put on many or taken off: the people chosen in the grid, or everyone the search finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.parts import cached, ink, jobs, state
from pages.parts.about_whom import EVERYONE
from pages.parts.contacts import done
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.criteria.nodes import InSegment
from segmentation.errors import CarnetError
from segmentation.i18n import Words
from segmentation.results import Report


def ask(ids: Sequence[int], report: Report, text: str, whom: str, w: Words) -> None:
    """Draw the choice: whom, which tag."""
    total = int(str(report.figures["total"]))
    with st.popover(w("page.contacts.tag"), icon=":material/label:"):
        options = [*(["chosen"] if ids else []), "found"]
        said = {
            "chosen": w("page.contacts.tag_chosen", n=len(ids)),
            "found": w("page.contacts.tag_found", n=total),
        }
        which = st.radio(
            w("page.contacts.tag_whom"),
            options,
            format_func=lambda option: said[option],
            key=f"contacts_tag_whom_{len(options)}",
        )
        if not ids:
            st.caption(w("page.contacts.tag_hint"))
        whole = partial(_everyone, text, whom, total) if which == "found" else lambda: ids
        put, off = ink.tabs([w("page.contacts.tag_put"), w("page.contacts.tag_off")])
        with put:
            _put(whole, w)
        with off:
            _off(whole, w)


def _put(people: Callable[[], Sequence[int]], w: Words) -> None:
    name = st.text_input(
        w("page.contacts.tag_name"), key=f"contacts_tag_name_{state.turn('contacts_tag')}", max_chars=100
    )
    if st.button(
        w("page.contacts.tag_put"),
        type="primary",
        key="contacts_tag_put",
        disabled=jobs.running() is not None,
    ):
        _written(people(), name or "", put=True)


def _off(people: Callable[[], Sequence[int]], w: Words) -> None:
    groups = [str(one) for one in cached.askable(w).groups]
    if not groups:
        st.caption(w("page.contacts.tag_none"))
        return
    name = st.selectbox(
        w("page.contacts.tag_name"),
        groups,
        format_func=plain,
        key=f"contacts_tag_off_name_{state.turn('contacts_tag')}",
    )
    if st.button(
        w("page.contacts.tag_off"),
        key="contacts_tag_off",
        disabled=jobs.running() is not None,
    ):
        _written(people(), name, put=False)


def _everyone(text: str, whom: str, total: int) -> Sequence[int]:
    """All that the search finds, beyond the page."""
    asked = InSegment(whom) if whom != EVERYONE else None
    report = cached.workspace().report("contacts", asked, text=text, columns=("email",), size=max(total, 1))
    return [int(str(row[0])) for row in report.sheets["people"].rows]


def _written(people: Sequence[int], name: str, *, put: bool) -> None:
    base = cached.workspace()
    try:
        written = (base.tag if put else base.untag)(people, name)
    except CarnetError as problem:
        show(problem)
        return
    told = "page.contacts.tagged" if put else "page.contacts.untagged"
    done.tell(told, written.import_id, n=written.contacts, name=escape(name))
    state.next_turn("contacts_tag")
    state.next_turn("contacts_grid")
    st.rerun()
