"""What is rarely done with a person: make one card of two, take away all that is held, erase for good."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts import done
from pages.parts.intake import left_open
from pages.parts.problem import show
from pages.parts.side_by_side import compare
from pages.parts.text import plain
from segmentation.errors import CarnetError
from segmentation.i18n import Words, words
from segmentation.results import Report
from segmentation.store.erasure import NOTHING
from segmentation.workspace import Workspace

_OPEN = "contact_more"
PROPOSED = 20
"""People a search for the other card shows at most."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ask(report: Report, name: str) -> None:
    """The button, what it opens, and the dialog that was asked for."""
    w, number = state.say(), int(str(report.figures["contact"]))
    shown = f"contact_more_{state.turn(_OPEN)}"
    with st.popover(w("page.contact.more"), icon=":material/more_horiz:", key=shown):
        st.button(
            w("page.contact.merge"), key="contact_merge", icon=":material/merge:", type="tertiary",
            on_click=_open, args=("merge",),
        )  # fmt: skip
        _held(number, w, key="contact_held", type_="tertiary")
        st.button(
            w("page.contact.erase"), key="contact_erase", icon=":material/delete_forever:", type="tertiary",
            on_click=_open, args=("erase",),
        )  # fmt: skip
    dialogs: dict[object, Callable[[], None]] = {
        "merge": lambda: _merge(number, name),
        "erase": lambda: _erase(number, name),
    }
    if (asked := dialogs.get(state.get(_OPEN))) is not None:
        title = w(f"page.contact.{state.get(_OPEN)}")
        st.dialog(title, width="large", on_dismiss=lambda: state.drop(_OPEN))(asked)()


def _open(what: str) -> None:
    """Open a dialog; the popover it was asked from closes."""
    state.put(_OPEN, what)
    state.next_turn(_OPEN)


def _held(number: int, w: Words, *, key: str, type_: str = "secondary") -> None:
    """All that is held of a person, as a workbook made when it is asked for."""
    st.download_button(
        w("page.contact.held"),
        partial(held, cached.workspace(), number, w.language),
        file_name=f"contact-{number}-{cached.workspace().as_of:%Y-%m-%d}.xlsx",
        mime=XLSX,
        key=key,
        icon=":material/download:",
        type="tertiary" if type_ == "tertiary" else "secondary",
        on_click="ignore",
        help=w("page.contact.held_help"),
    )


def held(base: Workspace, number: int, language: str) -> bytes:
    """The bytes of the workbook; in a thread of its own, without a word to Streamlit."""
    out = io.BytesIO()
    base.export_held(out, number, words(language))
    return out.getvalue()


def _merge(number: int, name: str) -> None:
    """The other card: looked for, seen beside, then one of the two."""
    w = state.say()
    st.caption(w("page.contact.merge_help", name=plain(name)))
    text = st.text_input(
        w("page.contact.merge_search"),
        key=f"contact_merge_text_{number}",
        icon=":material/search:",
        placeholder=w("page.contacts.search_hint"),
    )
    if not (text or "").strip():
        return
    names = _found(text or "", number)
    if not names:
        st.info(w("page.contact.merge_nobody"), icon=":material/search_off:")
        return
    other = st.selectbox(
        w("page.contact.merge_other"),
        list(names),
        index=0 if len(names) == 1 else None,
        format_func=lambda one: names[one],
        placeholder=w("page.contacts.open_hint"),
        key=f"contact_merge_other_{number}_{len(names)}",
    )
    if other is None:
        return
    ids = (min(number, other), max(number, other))
    try:
        chosen = compare(ids, w)
        if st.button(
            w("page.contact.merge_go"),
            type="primary",
            key="contact_merge_go",
            icon=":material/merge:",
            disabled=jobs.running() is not None,
        ):
            made = cached.workspace().merge([ids], chosen)
            state.drop(_OPEN)
            done.tell("page.contacts.merged", made.import_id)
            state.next_turn("contacts_grid")
            st.query_params["contact"] = str(made.contact_id)
            st.rerun()
    except CarnetError as problem:
        show(problem)


def _found(text: str, number: int) -> dict[int, str]:
    """The people a search finds, this one left out, by how they are called."""
    columns = ("first_name", "last_name", "company_name", "email", "city")
    report = cached.report("contacts", text=text, columns=columns, size=PROPOSED)
    names: dict[int, str] = {}
    for one, *cells in report.sheets["people"].rows:
        if one != number:
            said = [plain(cell, longest=40) for cell in cells if isinstance(cell, str)]
            names[int(str(one))] = " · ".join([" ".join(said[:2]), *said[2:], f"n° {one}"])
    return names


def _erase(number: int, name: str) -> None:
    """What goes and what stays, said before the only yes."""
    w = state.say()
    st.markdown(w("page.contact.erase_what"))
    forever = st.checkbox(w("page.contact.erase_forever"), value=True, key=f"contact_forever_{number}")
    kept_by = cached.workspace().erased_by(number)
    if kept_by == NOTHING:
        st.warning(w("page.contact.erase_kept_nothing"), icon=":material/warning:")
    else:
        st.caption(w(f"page.contact.erase_kept_{kept_by}" if forever else "page.contact.erase_not_forever"))
    with st.container(horizontal=True):
        _held(number, w, key="contact_held_before")
        sure = st.button(
            w("page.contact.erase_go", name=plain(name, longest=40)),
            type="primary",
            key="contact_erase_go",
            icon=":material/delete_forever:",
            disabled=jobs.running() is not None,
        )
    if not sure:
        return
    try:
        gone = cached.workspace().erase(number, forever=forever)
    except CarnetError as problem:
        show(problem)
        return
    left_open.sweep()
    state.drop(_OPEN)
    said = [w("page.contacts.erased_orders", n=gone.orders)]
    if gone.kept_by == NOTHING:
        said.append(w("page.contacts.erased_unkept"))
    done.tell(
        "page.contacts.erased_lists" if gone.lists else "page.contacts.erased",
        None,
        n=gone.lists,
        orders=" ".join(said),
    )
    state.next_turn("contacts_grid")
    del st.query_params["contact"]
    st.rerun()
