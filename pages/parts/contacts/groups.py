"""The tags of one person: shown, taken off one by one, and another put on."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts import done
from pages.parts.problem import show
from pages.parts.text import escape, plain
from segmentation.errors import CarnetError
from segmentation.results import Report

SHOWN = 20
_TURN = "contact_groups"


def draw(report: Report) -> None:
    """The tags, and the button that changes them."""
    w, number = state.say(), int(str(report.figures["contact"]))
    groups = [str(row[0]) for row in report.sheets["groups"].rows]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for group in groups[:SHOWN]:
            st.badge(escape(group), icon=":material/label:", color="gray")
        with st.popover(
            w("page.contact.groups" if groups else "page.contact.groups_none"),
            icon=":material/label:",
            type="tertiary",
        ):
            _change(number, groups)


def _change(number: int, groups: list[str]) -> None:
    w, busy = state.say(), jobs.running() is not None
    for place, group in enumerate(groups):
        label = w("page.contact.groups_off", name=plain(group, longest=40))
        if st.button(label, key=f"contact_off_{place}", icon=":material/close:", disabled=busy):
            _written(number, group, put=False)
    with st.form(f"contact_group_{state.turn(_TURN)}", border=False):
        name = st.text_input(
            w("page.contacts.tag_name"), max_chars=100, key=f"contact_group_name_{state.turn(_TURN)}"
        )
        if st.form_submit_button(w("page.contacts.tag_put"), disabled=busy):
            _written(number, name or "", put=True)


def _written(number: int, name: str, *, put: bool) -> None:
    base = cached.workspace()
    try:
        made = (base.tag if put else base.untag)([number], name)
    except CarnetError as problem:
        show(problem)
        return
    done.tell(
        "page.contacts.tagged" if put else "page.contacts.untagged", made.import_id, n=1, name=escape(name)
    )
    state.next_turn(_TURN)
    state.next_turn("contacts_grid")
    st.rerun()
