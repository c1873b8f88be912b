"""Which encoding a text file is written in, told by its mark, its validity, then its plausible letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from segmentation.errors import CancelledError, InputError
from segmentation.intake.read.content import utf16_order
from segmentation.intake.read.limits import BLOCK_BYTES, SAMPLE_BYTES

_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LEGACY: Final = ("cp1252", "iso8859-15", "mac_roman", "cp850", "latin-1")
"""One-byte encodings that are scored, the likeliest first: it wins ties."""

CHOICES: Final = ("utf-8", "utf-16", "cp1252", "iso8859-15", "latin-1", "mac_roman", "cp850")
"""What a screen offers."""

_LIKELY: Final = dict.fromkeys("éèêëàâäçîïôöùûüñáíóúæœß", 3) | dict.fromkeys(
    "ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜÑÁÍÓÚÆŒŸÿåÅøØ", 2
)
_MARKS_OF_TEXT: Final = dict.fromkeys("€’‘“”«»°–—…·²³½¼©®™£§º\u00a0•žšŽŠ", 1)
_SYMBOLS: Final = _LIKELY | _MARKS_OF_TEXT

# Control characters that no table means; a vertical tab is a line break inside a cell in FileMaker exports.
_REMOVED: Final = bytes(b for b in range(32) if b not in (9, 10, 13, 11, 12)) + b"\x7f"
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS: Final = bytes.maketrans(b"\x0b\x0c", b"  ")


def detect(path: Path) -> tuple[str, int]:
    """The encoding of a file and the length of its byte-order mark."""
    samples = _samples(path)
    head = samples[0]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if order := utf16_order(head):
        return order, 0
    return detect_bytes(samples), 0


def detect_bytes(samples: list[bytes]) -> str:
    """UTF-8 when the samples are valid or nearly so, else the legacy encoding that reads best."""
    broken = sum(_broken_utf8(sample) for sample in samples)
    wide = sum(len(re.findall(rb"[\xc3\xc2\xc5\xe2][\x80-\xbf]", sample)) for sample in samples)
    if broken == 0 or wide > 20 * broken:
        return "utf-8"
    text = b"\n".join(samples)
    return max(LEGACY, key=lambda name: (plausibility(text, name), -LEGACY.index(name)))


def plausibility(data: bytes, encoding: str) -> float:
    """How much the non-ASCII characters look like western text: per character, letters beside letters score."""
    score = 0.0
    for run in re.findall(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?", data)[:20_000]:
        try:
            text = run.decode(encoding)
        except UnicodeDecodeError:
            score -= 5
            continue
        for index, character in enumerate(text):
            if character < "\x80":
                continue
            before = text[index - 1] if index else ""
            after = text[index + 1] if index + 1 < len(text) else ""
            score += _worth(character, before, after)
    return score


def _worth(character: str, before: str, after: str) -> float:
    worth = _SYMBOLS.get(character)
    if worth is None:
        return -3.0
    inside = bool((before and before.isalpha()) or (after and after.isalpha()))
    if character in _MARKS_OF_TEXT:
        between = bool(before and after and before.isalpha() and after.isalpha())
        return -1.0 if between and character not in "’‘–—\u00a0" else 1.0
    if character.isupper() and before.islower():
        return -2.0
    return float(worth) if inside else 0.5


def text_blocks(
    path: Path, *, encoding: str, skip: int, notes: set[str], cancelled: Callable[[], bool] | None = None
) -> Iterator[bytes]:
    """The file as UTF-8 blocks of any length: lone carriage returns and control characters dealt with.

    Adds ``read.nul_removed``, ``read.control_removed``, ``read.mixed_encoding`` to ``notes`` when it repaired.
    A file whose line ends are lone CR (old Mac) is given line feeds.
    """
    decoder = _decoder(encoding)
    old_mac: bool | None = None
    with path.open("rb") as stream:
        stream.seek(skip)
        while True:
            if cancelled is not None and cancelled():
                raise CancelledError
            raw = stream.read(BLOCK_BYTES)
            block = _decoded(decoder, raw, encoding, notes)
            if old_mac is None and block:
                old_mac = b"\n" not in block and b"\r" in block
            if old_mac:
                block = block.replace(b"\r", b"\n")
            if block:
                yield _without_controls(block, notes)
            if not raw:
                return


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)("strict")
    except LookupError:
        raise InputError("error.read.unknown_encoding", encoding=encoding) from None


def _decoded(decoder: codecs.IncrementalDecoder, raw: bytes, encoding: str, notes: set[str]) -> bytes:
    if encoding == "utf-8" and raw.isascii() and not decoder.getstate()[0]:
        return raw
    state = decoder.getstate()
    try:
        return decoder.decode(raw, final=not raw).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        data = state[0] + raw
        decoder.reset()
        notes.add("read.mixed_encoding")
        if encoding == "utf-8":
            text, rest = _utf8_with_strays(data, final=not raw)
            decoder.setstate((rest, 0))
            return text.encode("utf-8")
        return data.decode(encoding, "replace").encode("utf-8")


def _utf8_with_strays(data: bytes, *, final: bool) -> tuple[str, bytes]:
    """UTF-8 text whose invalid bytes are read as cp1252, byte by byte, and the unfinished tail."""
    parts: list[str] = []
    start = 0
    while True:
        try:
            parts.append(data[start:].decode("utf-8"))
            return "".join(parts), b""
        except UnicodeDecodeError as error:
            good, bad = start + error.start, start + error.end
            parts.append(data[start:good].decode("utf-8"))
            if not final and error.reason == "unexpected end of data":
                return "".join(parts), data[good:]
            parts.append("".join(_one_byte(byte) for byte in data[good:bad]))
            start = bad


def _one_byte(byte: int) -> str:
    return (
        bytes([byte]).decode("cp1252", "replace") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "\ufffd"
    )


def _without_controls(block: bytes, notes: set[str]) -> bytes:
    if not _CONTROL.search(block):
        return block
    notes.add("read.nul_removed" if b"\x00" in block else "read.control_removed")
    return block.translate(_BREAKS, _REMOVED)


def _broken_utf8(sample: bytes) -> int:
    """How many bytes of a sample are not UTF-8; characters cut by its two ends do not count."""
    start = 0
    while start < min(3, len(sample)) and sample[start] & 0xC0 == 0x80:
        start += 1
    broken = 0
    while True:
        try:
            sample[start:].decode("utf-8")
            return broken
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" and start + error.end >= len(sample):
                return broken
            broken += error.end - error.start
            start += error.end
            if broken > 1000:
                return broken


def _samples(path: Path) -> list[bytes]:
    """The head of the file and, when it is long, fifteen more pieces spread over it."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        pieces = [stream.read(SAMPLE_BYTES * 4)]
        step = (size - len(pieces[0])) // 16
        if step > 0:
            for turn in range(1, 16):
                stream.seek(len(pieces[0]) + step * turn)
                pieces.append(stream.read(1 << 16))
    return pieces
