"""The drop zone: files or pasted rows leave the browser for the base's work directory, and memory at once."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts import cached, ink, state
from pages.parts.intake import draft, templates, upload_words
from pages.parts.intake.under_way import Dropped
from pages.parts.problem import show
from pages.parts.text import escape
from segmentation.errors import InputError
from segmentation.intake.read.limits import MAX_FILE_BYTES
from segmentation.intake.read.staged import new_file
from segmentation.workspace import inbox

CHUNK = 1 << 20
ACCEPTED_MB = 350
"""Above our own limit, so that a file that is too large is refused in the reader's language."""
RECIPES = ("excel", "till", "shopify", "prestashop", "woocommerce", "google", "outlook", "brevo", "mailchimp")


def zone() -> bool:
    """Draw the drop zone, the paste tab and the inbox; True once something has been taken into the draft.

    The inbox is the one of the person's own base: the demonstration, which lies beside it, has none.
    """
    parts = {"file": _files, "paste": _paste} | ({} if state.in_demo() else {"inbox": _inbox})
    taken = False
    tabs = ink.tabs([state.say()(f"page.import.tab_{name}") for name in parts])
    for tab, part in zip(tabs, parts.values(), strict=True):
        with tab:
            taken = part() or taken
    return taken


def recipes() -> None:
    """How to get the file out of the usual tools, one short line each."""
    w = state.say()
    with st.expander(w("page.import.recipes")):
        for tool in RECIPES:
            st.markdown(w(f"page.import.recipe.{tool}"))
        templates.downloads()


def _files() -> bool:
    w = state.say()
    with st.container(border=True):
        st.header(w("page.import.drop"), anchor=False)
        upload_words.draw()
        sent = st.file_uploader(
            w("page.import.drop"),
            accept_multiple_files=True,
            key=f"upload_{state.turn('upload')}",
            max_upload_size=ACCEPTED_MB,
            label_visibility="collapsed",
        )
        st.caption(w("page.import.accepted"))
    refusal = state.get("refused_upload")
    if isinstance(refusal, InputError):
        show(refusal)
    return bool(sent) and _take(sent)


def _take(sent: Sequence[UploadedFile]) -> bool:
    """Copy the files by pieces, then empty the widget and the session's upload memory."""
    state.drop("refused_upload")
    copied = [Dropped(_copy(file), file.name) for file in sent if file.size <= MAX_FILE_BYTES]
    for file in sent:
        if file.size > MAX_FILE_BYTES:
            refusal = InputError("error.read.too_big_here", most=MAX_FILE_BYTES // 1_000_000)
            state.put("refused_upload", refusal)
    state.next_turn("upload")
    _release()
    if copied:
        draft.start(copied)
    else:
        st.rerun()
    return bool(copied)


def _copy(file: UploadedFile) -> Path:
    """A name no one chose: the file's own name is never a path."""
    path = new_file(cached.workspace().database.workdir, "upload")
    with path.open("wb") as out:
        shutil.copyfileobj(file, out, CHUNK)
    return path


def _release() -> None:
    """Give the upload's memory back now, not when the tab closes (inner call of Streamlit 1.67)."""
    try:
        context = get_script_run_ctx()
        if context is not None:
            context.uploaded_file_mgr.remove_session_files(context.session_id)
    except AttributeError:
        logging.getLogger(__name__).warning("the upload's memory is kept until the tab closes")


def _paste() -> bool:
    w, turn = state.say(), state.turn("paste")
    with st.container(border=True):
        text = st.text_area(
            w("page.import.paste"),
            key=f"paste_{turn}",
            height=180,
            placeholder=w("page.import.paste_example"),
        )
        asked = st.button(
            w("page.import.paste_button"), key=f"paste_go_{turn}", icon=":material/content_paste:"
        )
    if not asked:
        return False
    if not (text or "").strip():
        show(InputError("error.read.empty_paste"))
        return False
    path = new_file(cached.workspace().database.workdir, "paste", ".txt")
    path.write_text(str(text), encoding="utf-8", newline="")
    state.next_turn("paste")
    draft.start([Dropped(path, w("page.import.pasted_name"))])
    return True


def _inbox() -> bool:
    """The files of the folder ``inbox``, read from the disk: for what is too large for a browser."""
    w, base = state.say(), cached.workspace()
    found = inbox.waiting(base.database.path)
    with st.container(border=True):
        st.markdown(w("page.import.inbox", folder=escape(str(inbox.folder(base.database.path)), longest=200)))
        if not found:
            st.caption(w("page.import.inbox_empty"))
            return False
        for one in found:
            size = w("unit.megabytes", size=w.number(max(one.size / 1_000_000, 0.1), digits=1))
            st.markdown(f"- {escape(one.name)} · {size} · {w.moment(one.written)}")
        asked = st.button(
            w("page.import.inbox_go", n=len(found)), key="inbox_go", icon=":material/folder_open:"
        )
    if asked:
        draft.start([Dropped(one.path, one.name, inbox=True) for one in found])
    return asked
