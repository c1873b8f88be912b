"""One file in, one table out: the content decides the way it is read, never the name."""

from __future__ import annotations

from pathlib import Path

from segmentation.errors import InputError
from segmentation.intake.read import workbook
from segmentation.intake.read.content import kind_of
from segmentation.intake.read.forms import FORMS, read_form
from segmentation.intake.read.limits import MAX_DISK_BYTES, MAX_FILE_BYTES
from segmentation.intake.read.table import ReadOptions, Table
from segmentation.intake.read.text import Origin, read_text
from segmentation.results import Cancelled, Progress, never, silent


def read_file(
    path: Path,
    *,
    name: str,
    workdir: Path,
    options: ReadOptions | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Table:
    """Reads a CSV, a workbook or one of ``FORMS``.

    Raises InputError(``error.read.*``) or CancelledError, nothing else.

    ``name`` is shown, never used as a path. The table's ``path`` is a new file in ``workdir``.
    """
    options = options or ReadOptions()
    kind = _kind(path, MAX_DISK_BYTES if options.from_disk else MAX_FILE_BYTES)
    if kind == "text":
        return read_text(
            path, Origin(name), options=options, workdir=workdir, progress=progress, cancelled=cancelled
        )
    if kind in FORMS:
        return read_form(
            path, kind, name=name, options=options, workdir=workdir, progress=progress, cancelled=cancelled
        )
    return workbook.read_workbook(
        path, name=name, options=options, workdir=workdir, progress=progress, cancelled=cancelled
    )


def sheets(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, in order; none for another file."""
    return workbook.sheet_names(path) if _kind(path) in ("zip", "ole") else ()


def _kind(path: Path, most: int = MAX_FILE_BYTES) -> str:
    """What the bytes are, once the size is acceptable."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1 << 18)
    except OSError as error:
        raise InputError("error.read.unreadable", reason=error.strerror or "") from error
    if size == 0:
        raise InputError("error.read.empty")
    if size > most:
        raise InputError("error.read.too_big", most=most // 1_000_000)
    return kind_of(head)
