"""Past imports: which file, when, by whom, what it changed, and how to forget one exactly."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.intake import compare
from pages.parts.intake.origin import name_of, tool
from pages.parts.intake.refused import refused_download
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.errors import CarnetError
from segmentation.store.imports import Import
from segmentation.store.kept_refusals import Stake
from segmentation.workspace.ingest import DEFAULT_SOURCE

SHOWN = 20
FACTS = ("orders", "order_lines", "events")
"""Kinds whose rows are no people."""


def past() -> None:
    """The list, newest first; an undone import stays in it, marked.

    Where a file comes from is said of a known tool, or where it tells two apart.
    """
    w = state.say()
    imports = cached.workspace().imports()
    if not imports:
        return
    several = len({row.source for row in imports if row.file_name}) > 1
    st.header(w("page.import.history"), anchor=False)
    for row in imports[:SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(f"**{escape(row.file_name or w(f'kind.{row.kind}'))}**")
                about = [w.moment(row.created_at), w(f"kind.{_kind(row)}")]
                if row.source not in ("", DEFAULT_SOURCE) and (several or tool(row.source)):
                    about.append(escape(name_of(row.source)))
                if row.author:
                    about.append(escape(row.author))
                st.caption("\u00a0· ".join(about))
                st.caption(account(row))
                if row.notes.get("corrects"):
                    st.caption(w("page.import.corrects", name=_file(imports, row.notes["corrects"])))
            if row.rows_rejected and row.undone_at is None:
                refused_download(row.import_id, row.rows_rejected, key="history")
            if row.undone_at is not None:
                st.badge(w("page.import.undone"), color="gray")
            else:
                undo_button(row.import_id, key="history")
    if len(imports) > SHOWN:
        st.caption(w("page.import.history_more", n=len(imports) - SHOWN))
    compare.past_two()


def _kind(row: Import) -> str:
    """The kind of an import in words: refusals kept of another one are no typing by hand."""
    return "refusals" if row.notes.get("what") == "refusals" else row.kind


def _file(imports: Sequence[Import], number: object) -> str:
    """The file of an import, safe for Markdown."""
    return escape(next((row.file_name for row in imports if row.import_id == number), str(number)))


def account(row: Import) -> str:
    """What an import changed, in numbers of what it holds: contacts, orders, items, actions."""
    w = state.say()
    counts = [
        counted(row.kind, name, count)
        for name, count in (
            ("new", row.new_rows),
            ("updated", row.updated_rows),
            ("unchanged", row.unchanged_rows),
            ("merged", row.merged_rows),
            ("rejected", row.rows_rejected),
        )
        if count
    ]
    return w.listing(counts) if counts else w("page.import.nothing_changed")


def counted(kind: str, name: str, count: int) -> str:
    """So many rows of a file of that kind that are ``name`` (new, updated, unchanged, merged, rejected)."""
    of = "" if kind not in FACTS else f".{kind}" if name == "new" else ".rows"
    return state.say()(f"page.import.done.{name}{of}", n=count)


def undo_button(import_id: int, *, key: str) -> None:
    """A button that asks once, then forgets the import."""
    w = state.say()
    with st.popover(
        w("page.import.undo"), icon=":material/undo:", type="tertiary", key=f"undo_{key}_{import_id}"
    ):
        st.markdown(w("page.import.undo_means"))
        stake = cached.refusals_at_stake().get(import_id)
        keep = stake is not None and _keeps_refusals(stake, import_id, key=key)
        busy = jobs.running() is not None
        if st.button(w("page.import.undo_yes"), key=f"undo_yes_{key}_{import_id}", disabled=busy):
            _undo(import_id, stake if keep else None)


def _keeps_refusals(stake: Stake, import_id: int, *, key: str) -> bool:
    """Ask what becomes of refusals that no other import says; they are kept unless one says otherwise."""
    w = state.say()
    st.warning(w("page.import.undo_refusals", n=stake.people), icon=":material/do_not_disturb_on:")
    choice = st.radio(
        w("page.import.undo_refusals_question"),
        ("keep", "forget"),
        format_func=lambda code: w(f"page.import.undo_refusals_{code}"),
        key=f"undo_refusals_{key}_{import_id}",
        label_visibility="collapsed",
    )
    return choice == "keep"


def _undo(import_id: int, kept: Stake | None) -> None:
    w = state.say()
    try:
        with st.spinner(w("page.import.undoing")):
            cached.workspace().undo(import_id, keep_refusals=kept is not None)
    except CarnetError as problem:
        show(problem)
        return
    state.put("said", w("page.import.undo_kept", n=kept.people) if kept else w("page.import.undo_done"))
    state.drop("draft")
    st.rerun()
