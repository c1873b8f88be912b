"""Imports whose tab was closed or loaded again: offered once more while their file is there, then swept away.

Each import under way is held for the process under the session that works on it. Only a file nobody works on
is ever removed: another tab's is left alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import cached, state
from pages.parts.intake.under_way import Draft
from segmentation.intake.read.staged import every_file

OFFERED: Final = 4 * 3600
"""Seconds during which an import left open is offered again, from the last time a tab took it."""
STRAY: Final = 600
"""Seconds after which a staged file that no import holds has been forgotten by its reader."""


@dataclass(slots=True)
class _Held:
    """An import under way: of which base, and in which session."""

    draft: Draft
    base: Path
    session: str
    since: float


_held: dict[str, _Held] = {}
_lock = threading.Lock()


def hold(draft: Draft) -> None:
    """Say that this session works on an import."""
    with _lock:
        _held[draft.turn] = _Held(draft, cached.workspace().database.path, _session(), time.time())


def release(draft: Draft) -> None:
    """Say that nobody works on an import any more, and remove its files; those of an inbox are left."""
    with _lock:
        _held.pop(draft.turn, None)
    remove(draft)


def remove(draft: Draft, *, table: bool = True) -> None:
    """Remove the copies of an import's files: those dropped, and the one that was read."""
    for dropped in (draft.dropped, *draft.waiting) if table else (draft.dropped,):
        if dropped is not None and not dropped.inbox:
            dropped.path.unlink(missing_ok=True)
    if table and draft.table is not None:
        draft.table.path.unlink(missing_ok=True)


def found() -> Draft | None:
    """The last import of this base that no open tab works on and whose file is still there and could be
    read; those left too long are swept away."""
    if any(time.time() - held.since > OFFERED for held in _left()):
        sweep()
    for held in reversed(_left()):
        table, dropped = held.draft.table, held.draft.dropped
        path = table.path if table is not None else dropped.path if dropped is not None else None
        stopped = held.draft.step == "done" or (table is None and held.draft.problem is not None)
        if path is not None and path.is_file() and not stopped:
            return held.draft
    return None


def take_up(draft: Draft) -> None:
    """Go on with it in this session."""
    hold(draft)
    state.put("draft", draft)


def sweep() -> None:
    """Remove what no open tab works on: imports left open in this base, and files their reader forgot."""
    for held in _left():
        held.draft.drop_work()
        release(held.draft)
    used, now = set(_used()), time.time()
    for path in every_file(cached.workspace().database.workdir):
        with suppress(OSError):
            if path not in used and now - path.stat().st_mtime > STRAY:
                path.unlink()


def _left() -> list[_Held]:
    """The imports of this base that no open tab works on, oldest first."""
    base, mine, own = cached.workspace().database.path, _session(), state.get("draft")
    with _lock:
        every = list(_held.values())
    return [
        held
        for held in every
        if held.base == base
        and held.draft is not own
        and (held.session == mine or not _is_open(held.session))
    ]


def _used() -> Iterable[Path]:
    with _lock:
        every = [held.draft for held in _held.values()]
    for draft in every:
        yield from (dropped.path for dropped in (draft.dropped, *draft.waiting) if dropped is not None)
        if draft.table is not None:
            yield draft.table.path


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""


def _is_open(session: str) -> bool:
    """Whether a tab of that session is open; without a server, every session is."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)
