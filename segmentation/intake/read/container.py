"""What a workbook file holds, checked before any reader opens it: its format, its true size, its extent."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Final

from segmentation.errors import InputError
from segmentation.intake.read.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_INFLATED_BYTES,
    MAX_INFLATION,
)

_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml$", re.I)
_WIDE_COLUMN: Final = re.compile(rb' r="([A-Z]{2,3})\d')
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]{0,40}? r="(\d{1,7})"| r="[A-Z]{1,3}(\d{6,7})"')
_CHUNK: Final = 1 << 20
_SMALL: Final = 10 * 1024 * 1024
"""Below this inflated size a high ratio harms nobody (small sheets full of one value)."""


def workbook_format(path: Path, kind: str) -> str:
    """``xlsx``, ``xlsb``, ``ods`` or ``xls``; InputError for anything else or anything that would harm.

    ``kind`` is ``zip`` or ``ole``. xlsm is read as xlsx.
    """
    if kind == "ole":
        return _old_format(path)
    try:
        with zipfile.ZipFile(path) as parts:
            return _zipped_format(parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise InputError("error.read.damaged_workbook") from error


def _old_format(path: Path) -> str:
    """An OLE file is an old workbook, an encrypted one, or another Office document."""
    data = path.read_bytes()
    if _ENCRYPTED_PACKAGE in data:
        raise InputError("error.read.password")
    if "WordDocument".encode("utf-16-le") in data or "PowerPoint".encode("utf-16-le") in data:
        if "Workbook".encode("utf-16-le") not in data:
            raise InputError("error.read.not_a_workbook")
    return "xls"


def _zipped_format(parts: zipfile.ZipFile) -> str:
    infos = parts.infolist()
    names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in infos}
    declared = sum(info.file_size for info in infos)
    stored = sum(info.compress_size for info in infos)
    if any(info.flag_bits & 0x1 for info in infos):
        raise InputError("error.read.password")
    if declared > MAX_INFLATED_BYTES or (declared > _SMALL and declared > MAX_INFLATION * max(1, stored)):
        raise InputError("error.read.heavy_workbook")
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if "content.xml" in names:
        if "meta-inf/manifest.xml" in names and b"encryption-data" in _part(parts, "META-INF/manifest.xml"):
            raise InputError("error.read.password")
        _measure(parts, [info for info in infos if info.filename == "content.xml"], cells=False)
        return "ods"
    if any(name.startswith("xl/") for name in names):
        sheets = [info for info in infos if _SHEET.search(info.filename.replace("\\", "/"))]
        others = [info for info in infos if info.filename.endswith("sharedStrings.xml")]
        _measure(parts, sheets, cells=True)
        _measure(parts, others, cells=False)
        return "xlsx"
    if any(name.startswith(("word/", "ppt/")) for name in names) or "mimetype" in names:
        raise InputError("error.read.not_a_workbook")
    apple = any(name.endswith(".iwa") for name in names)
    raise InputError("error.read.numbers" if apple else "error.read.archive")


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as stream:
        return stream.read(_CHUNK)


def _measure(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo], *, cells: bool) -> None:
    """Inflates parts without keeping them: refuses lying sizes, document types, sheets too wide or far."""
    total = 0
    for info in infos:
        with parts.open(info) as stream:
            total += _extent(stream, cells=cells, left=MAX_INFLATED_BYTES - total)


def _extent(stream: IO[bytes], *, cells: bool, left: int) -> int:
    """Bytes inflated; raises when the furthest cell of the sheet is too far.

    Rows come from the row tags, and from cells that claim a row above 100,000; the memory limit of the
    process guards against what a sheet could still hide from this.
    """
    rows, columns, size, tail = 0, 0, 0, b""
    while chunk := stream.read(_CHUNK):
        if not size and b"<!DOCTYPE" in chunk[:4096]:
            raise InputError("error.read.damaged_workbook")
        size += len(chunk)
        if size > left:
            raise InputError("error.read.heavy_workbook")
        if not cells:
            continue
        text = tail + chunk
        columns = max(columns, _furthest_column(text, columns))
        rows = max(rows, *(int(row or far) for row, far in _ROW.findall(text)), 0)
        tail = text[-64:]
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise InputError("error.read.huge_sheet", rows=rows, columns=columns)
    return size


def _furthest_column(text: bytes, known: int) -> int:
    """The furthest column cells of this piece of sheet claim, when it is beyond ``known``; else 0."""
    wide = max((_column_number(letters) for letters in set(_WIDE_COLUMN.findall(text))), default=0)
    for number in range(26, max(known, wide), -1):
        if b' r="%c' % (64 + number) in text:
            return number
    return wide


def _column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for code in letters:
        number = number * 26 + code - 64
    return number
