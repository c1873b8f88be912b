"""A workbook, parsed by a guarded process: limits before, a private directory, a deadline, text rows out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from segmentation.errors import CancelledError, InputError
from segmentation.intake.read.container import workbook_format
from segmentation.intake.read.content import kind_of
from segmentation.intake.read.limits import MAX_CELLS, MAX_COLUMNS, WORKBOOK_MEMORY_BYTES, WORKBOOK_SECONDS
from segmentation.intake.read.records import Dialect
from segmentation.intake.read.table import ReadOptions, Table
from segmentation.intake.read.text import Origin, read_text
from segmentation.results import Cancelled, Progress, never

_PROCESS: Final = Path(__file__).with_name("workbook_process.py")
_POLL_SECONDS: Final = 0.05
_KEPT_ENVIRONMENT: Final = ("SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")


def read_workbook(
    path: Path, *, name: str, options: ReadOptions, workdir: Path, progress: Progress, cancelled: Cancelled
) -> Table:
    """The table of one sheet: the one asked for, else the first that looks like a table."""
    with _parsed(path, sheet=options.sheet, rows=True, cancelled=cancelled, workdir=workdir) as (
        rows,
        answer,
        form,
    ):
        progress("progress.reading", 0.5)
        notes = [
            note
            for note, true in (
                ("read.error_cells", answer["errors"]),
                ("read.other_sheets", answer["others"]),
            )
            if true
        ]
        origin = Origin(
            name, form, str(answer["sheet"]), _names(answer), tuple(notes), others=_names(answer, "others")
        )
        options = ReadOptions(encoding="utf-8", header_row=options.header_row)
        try:
            return read_text(
                rows,
                origin,
                options=options,
                workdir=workdir,
                dialect=Dialect(",", '"'),
                progress=lambda step, share: progress(step, 0.5 + share / 2),
                cancelled=cancelled,
            )
        except InputError as error:
            if error.code == "error.read.empty":
                raise InputError("error.read.empty_workbook") from error
            raise


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook, in order."""
    with _parsed(path, sheet=None, rows=False, cancelled=never, workdir=None) as (_, answer, _form):
        return _names(answer)


@contextmanager
def _parsed(
    path: Path, *, sheet: str | None, rows: bool, cancelled: Cancelled, workdir: Path | None
) -> Iterator[tuple[Path, Mapping[str, object], str]]:
    """(rows as CSV, what the process answered, format), alive until the block ends."""
    with path.open("rb") as stream:
        kind = kind_of(stream.read(4096))
    form = "parquet" if kind == "parquet" else workbook_format(path, kind)
    with tempfile.TemporaryDirectory(prefix="workbook-", dir=workdir) as folder:
        private = Path(folder)
        book, out, answer = private / f"book.{form}", private / "rows.csv", private / "answer.json"
        _lend(path, book)
        code = _run(
            [
                str(book),
                str(out) if rows else "-",
                str(answer),
                *map(str, (WORKBOOK_MEMORY_BYTES, WORKBOOK_SECONDS, MAX_CELLS, MAX_COLUMNS)),
                *([sheet] if sheet is not None else []),
            ],
            private,
            cancelled,
        )
        yield out, _answered(code, answer, sheet), form


def _lend(path: Path, book: Path) -> None:
    """Gives the process the file under a name that says its format."""
    try:
        os.link(path, book)
    except OSError:
        shutil.copyfile(path, book)


def _run(arguments: list[str], folder: Path, cancelled: Cancelled) -> int:
    """The exit code of the process; killed, and -9, when it is too slow."""
    environment = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    environment |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "RUST_BACKTRACE": "0"}
    deadline = time.monotonic() + WORKBOOK_SECONDS
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", str(_PROCESS), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            if cancelled():
                raise CancelledError
            if time.monotonic() > deadline:
                return -9
            try:
                process.wait(_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        return process.returncode
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _answered(code: int, answer: Path, sheet: str | None) -> Mapping[str, object]:
    """What the process said; InputError when it refused, died or was killed."""
    try:
        found = json.loads(answer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if code == 0 and found:
        return dict(found)
    if code == 3 and found:
        error = str(found.pop("error"))
        values = {key: found[key] for key in ("rows", "columns") if key in found}
        if error == "error.read.no_such_sheet":
            values = {"sheet": sheet, "sheets": ", ".join(_names(found))}
        raise InputError(error, **values)
    raise InputError("error.read.heavy_workbook" if code < 0 else "error.read.damaged_workbook")


def _names(answer: Mapping[str, object], which: str = "sheets") -> tuple[str, ...]:
    names = answer.get(which, [])
    return tuple(str(name) for name in names) if isinstance(names, list) else ()
