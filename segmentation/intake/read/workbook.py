"""A workbook, read by a guarded process of its own."""

from __future__ import annotations

from pathlib import Path

from segmentation.errors import InputError
from segmentation.intake.read.table import ReadOptions, Table
from segmentation.results import Cancelled, Progress


def read_workbook(
    path: Path, *, name: str, options: ReadOptions, workdir: Path, progress: Progress, cancelled: Cancelled
) -> Table:
    """The table of one sheet."""
    raise InputError("error.read.damaged_workbook")


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook."""
    raise InputError("error.read.damaged_workbook")
