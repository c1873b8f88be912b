"""Bases made once per process, then copied: what fills one is paid the first time alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from segmentation.workspace import Workspace

_MADE: dict[Hashable, Path] = {}


@cache
def _folder() -> TemporaryDirectory[str]:
    """Where they are kept, until the process ends."""
    return TemporaryDirectory(prefix="carnet-bases-")


def at(to: Path, make: Callable[..., object], *said: Hashable) -> Path:
    """A base at ``to`` as ``make(path, *said)`` fills it. One that is there already is filled itself."""
    if to.exists():
        make(to, *said)
        return to
    key = (make.__module__, make.__qualname__, said)
    if key not in _MADE:
        path = Path(_folder().name) / f"{len(_MADE)}.duckdb"
        make(path, *said)
        _MADE[key] = path
    shutil.copyfile(_MADE[key], to)
    return to


def empty(path: Path) -> None:
    """A base that holds nothing yet: its tables, and all that is worked out of nobody."""
    Workspace.open(path).close()
