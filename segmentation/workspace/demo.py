"""Fills an empty base with the demonstration shop, by the same path as any file; seen as of its last day.

Filling takes seconds, so the shop's own base is made once (``make_ready``, whole or not at all) and opened
at once afterwards; it is made anew when its files or the schema have changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from segmentation.errors import StoreError
from segmentation.results import Cancelled, Progress, Statement, never, silent
from segmentation.store.database import Database
from segmentation.store.schema import SCHEMA_VERSION
from segmentation.store.settings import write_setting
from segmentation.workspace import derived

if TYPE_CHECKING:
    from segmentation.workspace.workspace import Workspace

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
FILES: Mapping[str, str] = MappingProxyType(
    {
        "clients.csv": "contacts",
        "commandes.csv": "orders",
        "lignes.csv": "order_lines",
        "evenements.csv": "events",
    }
)
"""The files of the shop and the kind of each, in the order they are brought in."""

SOURCE = "maison-colette"
NAME = "Maison Colette"


def fill(workspace: Workspace, *, progress: Progress, cancelled: Cancelled) -> None:
    """Bring the files in, then set the base's date to the last day seen. Raises StoreError."""
    if any(row.undone_at is None for row in workspace.imports()) or workspace.contacts:
        raise StoreError("error.demo.not_empty")
    for turn, (name, kind) in enumerate(FILES.items()):

        def told(step: str, share: float, turn: int = turn) -> None:
            progress(step, (turn + share) / len(FILES))

        table = workspace.read(FOLDER / name, cancelled=cancelled)
        request = workspace.request(table, workspace.recognise(table, kind=kind), source=SOURCE)
        with workspace.prepare(request, progress=told, cancelled=cancelled) as prepared:
            workspace.commit(prepared, cancelled=cancelled)
    _as_of_last_day(workspace)


def is_ready(path: Path) -> bool:
    """Whether the base at ``path`` is the shop, whole, made from the files and the schema of this program."""
    stamp = _stamp_file(path)
    return path.is_file() and stamp.is_file() and stamp.read_text(encoding="ascii") == _stamp()


def make_ready(path: Path, *, progress: Progress = silent, cancelled: Cancelled = never) -> bool:
    """Make the shop's base at ``path`` unless it is ready; whether it had to be made.

    It is made beside and put in place once whole: a stop half-way leaves what was there. What someone tried
    in an older shop goes with it. Raises StoreError ``error.store.locked`` when that one is in use.
    """
    from segmentation.workspace.workspace import Workspace

    path = Path(path).resolve()
    if is_ready(path):
        return False
    if path.is_file():
        Database.open(path).close()
    beside = path.with_name(f".{path.stem}.part{path.suffix}")
    for file in (beside, beside.with_name(f"{beside.name}.wal")):
        file.unlink(missing_ok=True)
    try:
        with Workspace.open(beside) as shop:
            fill(shop, progress=progress, cancelled=cancelled)
        beside.replace(path)
        _stamp_file(path).write_text(_stamp(), encoding="ascii")
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def _stamp_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.stamp")


def _stamp() -> str:
    content = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for name in FILES:
        content.update((FOLDER / name).read_bytes())
    return content.hexdigest()


def _as_of_last_day(workspace: Workspace) -> None:
    with workspace.database.session() as session, session.transaction(write=True):
        last = session.scalar(
            Statement(
                "SELECT CAST(greatest((SELECT max(order_date) FROM orders),"
                " (SELECT max(event_date) FROM events)) AS DATE)"
            )
        )
        write_setting(session, "as_of", last)
        write_setting(session, "name", NAME)
        write_setting(session, "rfm_cuts", None)
        derived.settle_cuts(session, last)
        derived.refresh_scores(session, last)
