"""The copies of a base that lie beside it: kept on purpose, or made before its file was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

FOLDER: Final = "backups"
KINDS: Final = ("kept", "brought", "before", "upgrade")
"""Kept on purpose, brought back from elsewhere, the base before a restore, before an upgrade of the program;
``page.settings.backup_kind.<kind>`` says it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: where it lies, what it is, when it was made, its size in bytes."""

    path: Path
    kind: str
    made: datetime
    size: int


def found(base: Path) -> tuple[Backup, ...]:
    """The copies of the base of that file, newest first."""
    folder, listed = base.parent / FOLDER, {}
    listed["kept"] = folder.glob(f"{base.stem}-*{base.suffix}")
    listed["brought"] = folder.glob(f"{base.stem}+*{base.suffix}")
    listed["before"] = base.parent.glob(f"{base.name}.before-restore")
    listed["upgrade"] = base.parent.glob(f"{base.stem}.v*.backup{base.suffix}")
    copies = [_about(path, kind) for kind, paths in listed.items() for path in paths if path.is_file()]
    return tuple(sorted(copies, key=lambda one: (one.made, one.path.name), reverse=True))


def new_path(base: Path, *, brought: bool = False) -> Path:
    """Where a new copy goes, under today's moment; its folder is made, private to the user."""
    folder = base.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"{base.stem}{'+' if brought else '-'}{datetime.now():%Y-%m-%d-%H%M%S}"
    path, turn = folder / f"{stem}{base.suffix}", 1
    while path.exists():
        turn += 1
        path = folder / f"{stem}-{turn}{base.suffix}"
    return path


def _about(path: Path, kind: str) -> Backup:
    about = path.stat()
    return Backup(path, kind, datetime.fromtimestamp(about.st_mtime), about.st_size)
