"""Copies of the base: one to take away, one kept here, and the way to put one back."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.intake import draft, upload_words
from pages.parts.problem import show
from segmentation.errors import CarnetError
from segmentation.workspace import Workspace, backups
from segmentation.workspace.backups import Backup

SHOWN = 10
LARGEST_MB = 1_000
"""What a browser may bring back; a larger file is put in the folder of backups by hand."""


def draw() -> None:
    """Draw the part; after a restore, one sentence on what is in place now."""
    w, base = state.say(), cached.workspace()
    busy = jobs.running() is not None
    with st.container(border=True):
        st.header(w("page.settings.backups"), anchor=False)
        said = state.get("restored")
        if isinstance(said, str):
            st.success(said, icon=":material/check_circle:")
            state.drop("restored")
        st.markdown(w("page.settings.backup"))
        with st.container(horizontal=True):
            st.download_button(
                w("page.settings.backup_make"),
                data=partial(_copy, base),
                file_name=w("page.settings.backup_file", date=date.today().isoformat()),
                icon=":material/save:",
                on_click="ignore",
                key="settings_backup",
                disabled=busy,
            )
            if st.button(
                w("page.settings.backup_keep"),
                icon=":material/inventory_2:",
                key="backup_keep",
                disabled=busy,
            ):
                _keep(base)
        for copy in backups.found(base.database.path)[:SHOWN]:
            _one(base, copy, busy=busy)
        _bring(base)


def _one(base: Workspace, copy: Backup, *, busy: bool) -> None:
    """A copy with its date and size, and the way to put it back, asked once."""
    w = state.say()
    size = w("unit.megabytes", size=w.number(max(copy.size / 1_000_000, 0.1), digits=1))
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = w(f"page.settings.backup_kind.{copy.kind}")
        st.markdown(f"**{w.moment(copy.made)}** · {kind} · {size}", width="stretch")
        with st.popover(
            w("page.settings.restore"),
            icon=":material/settings_backup_restore:",
            key=f"restore_{state.turn('restore')}_{copy.path.name}",
        ):
            st.markdown(w("page.settings.restore_means", date=w.moment(copy.made)))
            if st.button(
                w("page.settings.restore_yes"),
                key=f"restore_yes_{copy.path.name}",
                type="primary",
                disabled=busy,
            ):
                _restore(base, copy)


def _restore(base: Workspace, copy: Backup) -> None:
    """Put a copy in place; an import under way in this session read another base, and is left."""
    w = state.say()
    draft.close()
    try:
        with st.spinner(w("page.settings.restoring")):
            base.restore(copy.path)
    except CarnetError as problem:
        show(problem)
        return
    state.next_turn("restore")  # a fresh popover: the one that asked is closed
    state.put("restored", w("page.settings.restored", date=w.moment(copy.made), n=base.contacts))
    st.rerun()


def _keep(base: Workspace) -> None:
    try:
        base.backup(backups.new_path(base.database.path))
    except CarnetError as problem:
        show(problem)
        return
    st.rerun()


def _bring(base: Workspace) -> None:
    """A copy taken away earlier comes back into the list; putting it in place is asked there."""
    w = state.say()
    with st.expander(w("page.settings.backup_bring")):
        upload_words.draw()
        sent = st.file_uploader(
            w("page.settings.backup_bring"),
            type=["duckdb"],
            key=f"backup_bring_{state.turn('backup')}",
            max_upload_size=LARGEST_MB,
            label_visibility="collapsed",
        )
        if sent is None:
            return
        with backups.new_path(base.database.path, brought=True).open("wb") as out:
            shutil.copyfileobj(sent, out, 1 << 20)
        state.next_turn("backup")
        st.rerun()


def _copy(base: Workspace) -> bytes:
    to = base.database.workdir / f"backup-{uuid4().hex}.duckdb"
    try:
        base.backup(to)
        return to.read_bytes()
    finally:
        to.unlink(missing_ok=True)
