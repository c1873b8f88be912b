"""The folder ``inbox`` beside a base: files put there come in from the disk, then move to ``inbox/done``."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

FOLDER: Final = "inbox"
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that waits: where it lies, its name, its size in bytes, when it was last written."""

    path: Path
    name: str
    size: int
    written: datetime


def folder(base: Path) -> Path:
    """The inbox of the base of that file; it may not exist yet."""
    return base.parent / FOLDER


def waiting(base: Path) -> tuple[Waiting, ...]:
    """The files that wait, by name; hidden ones, folders and links are left alone."""
    place = folder(base)
    if not place.is_dir():
        return ()
    found = []
    for path in sorted(place.iterdir(), key=lambda one: one.name.casefold()):
        if path.name.startswith((".", "~$")) or path.is_symlink() or not path.is_file():
            continue
        about = path.stat()
        found.append(Waiting(path, path.name, about.st_size, datetime.fromtimestamp(about.st_mtime)))
    return tuple(found)


def put_away(path: Path) -> Path:
    """Move a file that came in to ``done``, under its name, dated when that name is taken."""
    place = path.parent / DONE
    place.mkdir(exist_ok=True)
    to, turn = place / path.name, 0
    while to.exists():
        turn += 1
        to = place / f"{path.stem} ({datetime.now():%Y-%m-%d}, {turn}){path.suffix}"
    shutil.move(path, to)
    return to
