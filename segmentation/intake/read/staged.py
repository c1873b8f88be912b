"""The files of an import under way, in the work folder of a base: a name no one chose, known by its kind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

Kind = Literal["read", "upload", "paste", "form"]
_KINDS: Final[tuple[Kind, ...]] = ("read", "upload", "paste", "form")


def new_file(workdir: Path, kind: Kind, suffix: str = "") -> Path:
    """A path for a file to come: what was read, what a browser gave, what was pasted, a form read first."""
    return workdir / f"{kind}-{uuid.uuid4().hex}{suffix}"


def every_file(workdir: Path) -> Iterator[Path]:
    """Those that are there."""
    for kind in _KINDS:
        yield from workdir.glob(f"{kind}-*")
