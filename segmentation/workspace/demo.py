"""Fills an empty base with the demonstration shop, by the same path as any file; seen as of its last day.

Filling takes seconds, so the shop is made once per machine (``make_ready``, whole or not at all), kept fresh
beside, and copied in no time wherever it is asked for; it is made anew when its files or the way they are
read have changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType

from segmentation.errors import StoreError
from segmentation.intake import load
from segmentation.results import Cancelled, Progress, Statement, never, silent
from segmentation.store.bases import open_base
from segmentation.store.imports import read_imports
from segmentation.store.schema import SCHEMA_VERSION
from segmentation.store.settings import write_setting
from segmentation.workspace import derived, ingest
from segmentation.workspace.opened import OpenBase

PROGRAM = Path(__file__).resolve().parents[1]
FOLDER = PROGRAM.parent / "data" / "demo"
FRESH = FOLDER.parent / "demo-fresh.duckdb"
"""Where this machine keeps the shop as it was made: never opened, only copied."""
FILES: Mapping[str, str] = MappingProxyType(
    {
        "clients.csv": "contacts",
        "commandes.csv": "orders",
        "lignes.csv": "order_lines",
        "evenements.csv": "events",
    }
)
"""The files of the shop and the kind of each, in the order they are brought in."""

ABANDONED = 3600
"""Seconds after which a half-made shop that nobody writes is nobody's."""

_MAKING = threading.Lock()
"""Two bases of one process wait for the same fresh shop instead of making it twice."""

SOURCE = "maison-colette"
NAME = "Maison Colette"


def fill(base: OpenBase, *, progress: Progress, cancelled: Cancelled) -> None:
    """Bring the files in, then set the base's date to the last day seen. Raises StoreError."""
    database = base.database
    if any(row.undone_at is None for row in read_imports(database)) or base.contacts:
        raise StoreError("error.demo.not_empty")
    for turn, (name, kind) in enumerate(FILES.items()):

        def told(step: str, share: float, turn: int = turn) -> None:
            progress(step, (turn + share) / len(FILES))

        table = ingest.read_table(database, FOLDER / name, cancelled=cancelled)
        found = ingest.recognise_table(database, table, kind=kind)
        request = ingest.make_request(database, table, found, author=base.author, source=SOURCE)
        with load.prepare(database, request, progress=told, cancelled=cancelled) as prepared:
            ingest.commit(prepared, as_of=base.as_of, cancelled=cancelled)
    _as_of_last_day(base)


def is_ready(path: Path) -> bool:
    """Whether the base at ``path`` is the shop, whole, made from the files and the schema of this program."""
    stamp = _stamp_file(path)
    return path.is_file() and stamp.is_file() and stamp.read_text(encoding="ascii") == _stamp()


def make_ready(
    path: Path, *, fresh: Path | None = None, progress: Progress = silent, cancelled: Cancelled = never
) -> bool:
    """Make the shop's base at ``path`` unless it is ready; whether it had to be made.

    With ``fresh``, a shop that nobody opens is kept there, and copied. It is made beside and put in place
    once whole: a stop half-way leaves what was there. What someone tried in an older shop goes with it.
    Raises StoreError ``error.store.locked`` when that one is in use.
    """
    path = Path(path).resolve()
    if is_ready(path):
        return False
    if path.is_file():
        open_base(path).close()
    beside = path.with_name(f".{path.stem}.part{os.getpid()}{path.suffix}")
    _sweep(path)
    try:
        if fresh is None or not _copied(Path(fresh), beside, progress=progress, cancelled=cancelled):
            _make(beside, progress=progress, cancelled=cancelled)
        beside.replace(path)
        _stamp_file(path).write_text(_stamp(), encoding="ascii")
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def _sweep(path: Path) -> None:
    """Drop what a making that was killed has left: one of this process, or one that no longer moves."""
    for file in path.parent.glob(f".{path.stem}.part*"):
        mine = f".part{os.getpid()}." in file.name
        with suppress(OSError):
            if file.is_file() and (mine or time.time() - file.stat().st_mtime > ABANDONED):
                file.unlink()


def _make(path: Path, *, progress: Progress, cancelled: Cancelled) -> None:
    with OpenBase.open(path) as shop:
        fill(shop, progress=progress, cancelled=cancelled)


def _copied(fresh: Path, to: Path, *, progress: Progress, cancelled: Cancelled) -> bool:
    """Copy the fresh shop, made first if needed; False where its folder cannot be written."""
    try:
        with _MAKING:
            make_ready(fresh, progress=progress, cancelled=cancelled)
        shutil.copyfile(fresh, to)
    except (OSError, StoreError):
        return False
    to.chmod(0o600)
    return True


def _stamp_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.stamp")


@cache
def _rooms() -> bytes:
    """The program that reads the files and keeps their rows, as one hash."""
    content = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for room in ("intake", "reference", "store"):
        for file in sorted((PROGRAM / room).rglob("*.py")):
            content.update(file.read_bytes())
    return content.digest()


def _stamp() -> str:
    content = hashlib.sha256(_rooms())
    for name in FILES:
        content.update((FOLDER / name).read_bytes())
    return content.hexdigest()


def _as_of_last_day(base: OpenBase) -> None:
    with base.database.session() as session, session.transaction(write=True):
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
