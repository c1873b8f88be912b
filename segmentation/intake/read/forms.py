"""Texts that are tables without being CSV: web pages, Excel's XML, address cards, JSON; each becomes rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from segmentation.errors import InputError
from segmentation.intake.read import encoding as encodings
from segmentation.intake.read.html_tables import largest_table
from segmentation.intake.read.json_rows import json_rows
from segmentation.intake.read.limits import MAX_CELLS, MAX_FORM_BYTES
from segmentation.intake.read.records import Dialect
from segmentation.intake.read.sheet_xml import sheet_rows
from segmentation.intake.read.staged import new_file
from segmentation.intake.read.table import ReadOptions, Table
from segmentation.intake.read.text import Origin, read_text
from segmentation.intake.read.vcards import card_rows
from segmentation.results import Cancelled, Progress

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """How a form of text becomes rows, and whether the first of them always names the columns.

    ``worded``: nothing in the text names them; ``rows`` does, in the language it is also given.
    """

    rows: Callable[..., Rows]
    named: bool
    worded: bool = False


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "html": Form(largest_table, named=False),
        "xml": Form(sheet_rows, named=False),
        "vcard": Form(card_rows, named=True, worded=True),
        "json": Form(json_rows, named=True),
    }
)
"""What ``content.kind_of`` says → how to read it. A form that holds no table raises ``error.read.<form>``."""


def read_form(
    path: Path,
    form: str,
    *,
    name: str,
    options: ReadOptions,
    workdir: Path,
    progress: Progress,
    cancelled: Cancelled,
) -> Table:
    """The table in such a text. Raises InputError ``error.read.*``."""
    size = path.stat().st_size
    if size > MAX_FORM_BYTES:
        raise InputError("error.read.big_form", size=size, most=MAX_FORM_BYTES)
    found, notes = FORMS[form], set[str]()
    encoding, mark, _sure = encodings.detect(path)
    blocks = encodings.text_blocks(
        path, encoding=options.encoding or encoding, skip=mark, notes=notes, cancelled=cancelled
    )
    text = b"".join(blocks).decode("utf-8", "replace")
    rows_file = new_file(workdir, "form", ".csv")
    try:
        with rows_file.open("w", encoding="utf-8", newline="") as out:
            _write(found.rows(text, options.language) if found.worded else found.rows(text), out, form)
        header = 1 if found.named and options.header_row is None else options.header_row
        return read_text(
            rows_file,
            Origin(name, form, notes=tuple(notes)),
            options=ReadOptions(encoding="utf-8", header_row=header),
            workdir=workdir,
            dialect=Dialect(",", '"'),
            progress=progress,
            cancelled=cancelled,
        )
    finally:
        rows_file.unlink(missing_ok=True)


def _write(rows: Rows, out: object, form: str) -> None:
    """The rows as CSV; InputError when there is none, or when they spread too far."""
    writer = csv.writer(out, lineterminator="\n")  # type: ignore[arg-type]
    cells = written = 0
    for row in rows:
        cells += len(row)
        written += 1
        if cells > MAX_CELLS:
            raise InputError("error.read.huge_sheet", rows=written, columns=len(row))
        writer.writerow(row)
    if not written:
        raise InputError(f"error.read.{form}")
