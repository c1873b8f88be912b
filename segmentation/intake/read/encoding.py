"""Which encoding a text file is written in, told by its mark, its validity, then its plausible letters."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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

_LIKELY: Final = dict.fromkeys("éèêëàâçîïôùûüœ", 3) | dict.fromkeys("ÉÈÊËÀÂÇÎÏÔÙÛÜŒäöñß", 2)
_LIKELY_ABROAD: Final = dict.fromkeys("áíóúæåøÄÖÑÁÍÓÚÆŸÿÅØìòõãÃÕ", 1)
_MARKS_OF_TEXT: Final = dict.fromkeys("€’‘“”«»°–—…·²³½¼©®™£§º\u00a0•žšŽŠ", 1)
_SYMBOLS: Final = _LIKELY | _LIKELY_ABROAD | _MARKS_OF_TEXT

_FOREIGN: Final = bytes(range(128, 256))
_C1: Final = bytes(range(128, 160))
_WHOLE_CHARACTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CUT_CHARACTER: Final = re.compile(rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z")
_RUN: Final = re.compile(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?")

# Control characters that no table means; a vertical tab is a line break inside a cell in FileMaker exports.
_REMOVED: Final = bytes(b for b in range(32) if b not in (9, 10, 13, 11, 12)) + b"\x7f"
_CONTROLS: Final = _REMOVED + b"\x0b\x0c"
_BREAKS: Final = bytes.maketrans(b"\x0b\x0c", b"  ")


def detect(path: Path) -> tuple[str, int, bool]:
    """The encoding of a file, the length of its byte-order mark, whether its letters are plausible."""
    samples = _samples(path)
    head = samples[0]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark), True
    if order := utf16_order(head):
        return order, 0, True
    encoding = detect_bytes(samples)
    return encoding, 0, encoding == "utf-8" or _plausible(_runs(samples), encoding)


def detect_bytes(samples: list[bytes]) -> str:
    """UTF-8 when the samples are valid or nearly so, else the legacy encoding that reads best."""
    broken, wide = 0, 0
    for sample in samples:
        more, whole = _broken_utf8(sample)
        broken, wide = broken + more, wide + whole
    if broken == 0 or wide > 20 * broken:
        return "utf-8"
    runs = _runs(samples)
    return max(LEGACY, key=lambda name: (plausibility(runs, name), -LEGACY.index(name)))


def _plausible(runs: Mapping[bytes, int], encoding: str) -> bool:
    """Whether the foreign characters of a text are mostly letters and marks a western file uses."""
    foreign = sum(count * (len(run) - len(run.translate(None, _FOREIGN))) for run, count in runs.items())
    return plausibility(runs, encoding) >= 0.9 * foreign


def plausibility(runs: Mapping[bytes, int], encoding: str) -> float:
    """How much runs of foreign bytes, with the letters around, look like western text in an encoding."""
    return sum(count * _run_worth(run, encoding) for run, count in runs.items())


def _runs(samples: list[bytes]) -> Counter[bytes]:
    """Each run of foreign bytes with the letters that touch it, and how often it occurs."""
    return Counter(run for sample in samples for run in _RUN.findall(sample)[:20_000])


def _run_worth(run: bytes, encoding: str) -> float:
    try:
        text = run.decode(encoding)
    except UnicodeDecodeError:
        return -5.0
    around = f"\0{text}\0"
    return sum(
        _worth(character, around[index], around[index + 2])
        for index, character in enumerate(text)
        if character >= "\x80"
    )


def _worth(character: str, before: str, after: str) -> float:
    worth = _SYMBOLS.get(character)
    if worth is None:
        return -3.0
    if before >= "\x80" and after >= "\x80":  # three foreign letters in a row: another alphabet
        return -2.0
    inside = before.isalpha() or after.isalpha()
    if character in _MARKS_OF_TEXT:
        between = before.isalpha() and after.isalpha()
        return -1.0 if between and character not in "’‘–—\u00a0" else 1.0
    if character.isupper() and (before.islower() or (after.islower() and after >= "\x80")):
        return -2.0
    return float(worth) if inside else 0.5


def text_blocks(
    path: Path, *, encoding: str, skip: int, notes: set[str], cancelled: Callable[[], bool] | None = None
) -> Iterator[bytes]:
    """The file as UTF-8 blocks of any length: lone carriage returns and control characters dealt with.

    Notes what it repaired: ``read.nul_removed``, ``read.control_removed``, ``read.mixed_encoding``.
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
    if encoding == "cp1252" and len(raw.translate(None, _C1)) == len(raw):
        return raw.decode("latin-1").encode("utf-8")  # the same letters, several times faster
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
    cleaned = block.translate(None, _CONTROLS)
    if len(cleaned) == len(block):
        return block
    notes.add("read.nul_removed" if b"\x00" in block else "read.control_removed")
    return block.translate(_BREAKS, _REMOVED)


def _broken_utf8(sample: bytes) -> tuple[int, int]:
    """(bytes that are not UTF-8, whole foreign characters); characters cut by its two ends do not count."""
    start = 0
    while start < min(3, len(sample)) and sample[start] & 0xC0 == 0x80:
        start += 1
    body = _CUT_CHARACTER.sub(b"", sample[start:])
    if body.isascii():
        return 0, 0
    whole = _WHOLE_CHARACTER.findall(body)
    foreign = len(body) - len(body.translate(None, _FOREIGN))
    return foreign - sum(map(len, whole)), len(whole)


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
