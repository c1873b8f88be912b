"""From a text file to a table: encoding, dialect, header, then every row below it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from segmentation.errors import InputError
from segmentation.intake.read import dialect as dialects
from segmentation.intake.read import encoding as encodings
from segmentation.intake.read.header import find_header, joined_names
from segmentation.intake.read.limits import MAX_COLUMNS, MAX_RECORD_BYTES, SAMPLE_BYTES
from segmentation.intake.read.normalise import RowWriter
from segmentation.intake.read.records import Dialect, Record, split, written
from segmentation.intake.read.staged import new_file
from segmentation.intake.read.table import ReadOptions, Table, internal_names, unique_headers
from segmentation.results import Cancelled, Progress, never, silent

_HEAD_ROWS = 400


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: its name, the format the user knows it by, the sheets of its workbook."""

    name: str
    format: str = "csv"
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table lies in the text: dialect, names, first byte and first row of its data."""

    dialect: Dialect
    headers: tuple[str, ...]
    accepted: frozenset[int]
    header_row: int
    skipped: int
    data_start: int
    data_row: int


def read_text(
    path: Path,
    origin: Origin,
    *,
    options: ReadOptions,
    workdir: Path,
    dialect: Dialect | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Table:
    """Reads a text file; ``dialect`` is given when the text was written by Carnet itself."""
    notes = set(origin.notes)
    encoding, mark, sure = encodings.detect(path)
    if not sure and not options.encoding:
        notes.add("read.encoding_unsure")
    if mark and origin.format == "csv":
        notes.add("read.bom")
    if options.encoding:
        encoding = options.encoding
    blocks = encodings.text_blocks(path, encoding=encoding, skip=mark, notes=notes, cancelled=cancelled)
    head, final, blocks = _head(blocks)
    layout = _layout(head, final=final, options=options, dialect=dialect, notes=notes)
    target = new_file(workdir, "read", ".csv")
    size = path.stat().st_size
    with target.open("wb") as out:
        writer = RowWriter(
            out, layout.dialect, len(layout.headers), layout.accepted, layout.data_row, notes=notes
        )
        names = [name.encode() for name in ("_row", *internal_names(len(layout.headers)))]
        out.write(written(names, writer.delimiter, writer.mark) + b"\n")
        try:
            writer.feed(_below(_told(blocks, size, progress), layout.data_start))
        except BaseException:
            out.close()
            with contextlib.suppress(OSError):
                target.unlink()
            raise
    if not writer.kept and not writer.refused:
        notes.add("read.no_rows")
    text = origin.format in ("csv", "paste")
    return Table(
        name=origin.name,
        format=origin.format,
        encoding=encoding if origin.format == "csv" else None,
        delimiter=layout.dialect.delimiter if text else None,
        quote=layout.dialect.quote if text else None,
        sheet=origin.sheet,
        sheets=origin.sheets,
        header_row=layout.header_row,
        headers=layout.headers,
        rows_read=writer.kept + len(writer.refused),
        rows_refused=len(writer.refused),
        refused=tuple(writer.refused),
        skipped=layout.skipped,
        path=target,
        path_delimiter=writer.delimiter.decode(),
        path_quote=writer.mark.decode(),
        notes=tuple(sorted(notes)),
        others=origin.others,
    )


def _head(blocks: Iterator[bytes]) -> tuple[bytes, bool, Iterator[bytes]]:
    """Enough text to decide on, whether it is all there is, and the blocks with it put back in front."""
    taken: list[bytes] = []
    for block in blocks:
        taken.append(block)
        data = b"".join(taken)
        if len(data) >= SAMPLE_BYTES and data.count(b"\n") >= 2:
            return data, False, chain(taken, blocks)
        if len(data) > 4 * MAX_RECORD_BYTES:
            raise InputError("error.read.line_too_long")
    data = b"".join(taken)
    if not data.strip():
        raise InputError("error.read.empty")
    return data, True, iter(taken)


def _layout(
    head: bytes, *, final: bool, options: ReadOptions, dialect: Dialect | None, notes: set[str]
) -> Layout:
    for mark in (options.delimiter, options.quote):
        if mark and (len(mark) != 1 or not mark.isascii() or mark in "\r\n"):
            raise InputError("error.read.bad_delimiter")
    start, first_row, named = 0, 1, None
    if separator := dialects.separator_line(head):
        named, start = separator
        first_row = 2
        notes.add("read.sep_line")
    body = head[start:]
    sample = body[:SAMPLE_BYTES]
    whole = final and len(body) <= SAMPLE_BYTES
    if body.find(b"\n", 0, SAMPLE_BYTES) < 0:
        sample, whole = body, final
    if dialect is None:
        dialect = dialects.detect(
            sample, final=whole, delimiter=options.delimiter or named, quote=options.quote
        )
    records = _first_records(sample, dialect, final=whole)
    if not records:
        records, whole = _first_records(body, dialect, final=True), final
    return _placed(records, dialect, options=options, start=start, first_row=first_row, notes=notes)


def _first_records(sample: bytes, dialect: Dialect, *, final: bool) -> list[Record]:
    """The first records, split again once their usual width is known."""
    records: list[Record] = []
    for widths in (frozenset[int](), None):
        known = (
            widths
            if widths is not None
            else frozenset({dialects.modal_width([r for r in records if not r.blank])})
        )
        again: list[Record] = []
        for record in split(sample, dialect, final=final, widths=known):
            again.append(record._replace(parsed=record.cells))
            if len(again) >= _HEAD_ROWS * 5:
                break
        records = again
    return records


def _placed(
    records: list[Record],
    dialect: Dialect,
    *,
    options: ReadOptions,
    start: int,
    first_row: int,
    notes: set[str],
) -> Layout:
    """Decides the header among the first records, hence the columns and where the data begin."""
    _few_columns(dialects.modal_width(records))
    if options.header_row is None:
        index, has = find_header(records)
    elif options.header_row == 0:
        index, has = find_header(records)[0], 0
    else:
        index, has = min(max(0, options.header_row - first_row), len(records) - 1), 1
    below = [record for record in records[index + has :] if not record.blank][: _HEAD_ROWS * 5]
    usual = dialects.modal_width(below) if below else len(records[index].cells)
    names = joined_names(records[index : index + has])
    if has and 2 * sum(len(record.cells) == len(names) for record in below) >= len(below):
        usual = len(names)
    while len(names) > usual and not names[-1]:
        names.pop()
    if has and len(names) == usual - 1 and _numbered(below, usual):
        names.insert(0, "")
    width = max(len(names), usual)
    _few_columns(width)
    if width == 1:
        notes.add("read.one_column")
    if not has:
        notes.add("read.no_header")
    if has > 1:
        notes.add("read.header_rows")
    above = index + has
    data = records[above - 1].end if above else 0
    return Layout(
        dialect=dialect,
        headers=unique_headers(names, width),
        accepted=frozenset({usual, width}),
        header_row=first_row + index if has else 0,
        skipped=first_row - 1 + index,
        data_start=start + data,
        data_row=first_row + index + has,
    )


def _few_columns(width: int) -> None:
    if width > MAX_COLUMNS:
        raise InputError("error.read.columns", columns=width, most=MAX_COLUMNS)


def _numbered(below: list[Record], width: int) -> bool:
    """Whether the first column counts the rows, as R writes tables: the header then lacks its first name."""
    first = [record.cells[0].strip() for record in below if len(record.cells) == width]
    if len(first) < 3 or not all(cell.isdigit() for cell in first):
        return False
    start = int(first[0])
    return [int(cell) for cell in first] == list(range(start, start + len(first)))


def _below(blocks: Iterator[bytes], start: int) -> Iterator[bytes]:
    """The text from byte ``start`` of its UTF-8 form on."""
    for block in blocks:
        if start >= len(block):
            start -= len(block)
            continue
        yield block[start:] if start else block
        start = 0


def _told(blocks: Iterator[bytes], size: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        progress("progress.reading", min(1.0, done / max(1, size)))
