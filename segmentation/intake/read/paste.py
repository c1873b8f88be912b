"""Rows copied from a spreadsheet and pasted as text."""

from __future__ import annotations

from pathlib import Path

from segmentation.errors import InputError
from segmentation.intake.read.limits import MAX_FILE_BYTES
from segmentation.intake.read.staged import new_file
from segmentation.intake.read.table import ReadOptions, Table
from segmentation.intake.read.text import Origin, read_text
from segmentation.results import Cancelled, Progress, never, silent


def read_pasted(
    text: str,
    *,
    workdir: Path,
    name: str = "",
    options: ReadOptions | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Table:
    """The table in a pasted text: tabs between cells when it comes from a spreadsheet, else what is found."""
    data = text.encode("utf-8", "replace")
    if not data.strip():
        raise InputError("error.read.empty_paste")
    if len(data) > MAX_FILE_BYTES:
        raise InputError("error.read.too_big", most=MAX_FILE_BYTES // 1_000_000)
    path = new_file(workdir, "paste", ".txt")
    path.write_bytes(data)
    try:
        return read_text(
            path, Origin(name, "paste"), options=options or ReadOptions(), workdir=workdir,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
    finally:
        path.unlink(missing_ok=True)
