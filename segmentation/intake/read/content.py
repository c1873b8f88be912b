"""What a file really is, from its bytes: never from its name."""

from __future__ import annotations

import re
from typing import Final

from segmentation.errors import InputError

_KNOWN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM\x00\x00", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "compressed"),
    (b"(\xb5/\xfd", "compressed"),
    (b"BZh", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"),
    (b"{\\rtf", "document"),
)
"""First bytes → the ``error.read.*`` that says what to do."""

_MARKUP: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = (
    (re.compile(rb"\s*(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body|<table)", re.I | re.S), "html"),
    (re.compile(rb"\s*<\?xml|\s*<[a-z][\w:]*[^<>]*>\s*<", re.I), "xml"),
    (re.compile(rb"\s*(\{\s*\"[^\"\n]*\"\s*:|\[\s*[\[{])"), "json"),
    (re.compile(rb"\s*BEGIN:V(CARD|CALENDAR)", re.I), "vcard"),
)

_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f")


def kind_of(head: bytes) -> str:
    """What the first bytes say: ``text``, ``zip``, ``ole``, ``parquet``, or a form of text (``_MARKUP``).

    ``zip`` holds xlsx, xlsm, xlsb and ods; ``ole`` holds xls and encrypted workbooks. Anything else is an
    InputError.
    """
    if not head.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise InputError("error.read.empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, what in _KNOWN:
        if head.startswith(magic):
            raise InputError(f"error.read.{what}")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or looks_utf16(head):
        return "text"
    for pattern, what in _MARKUP:
        if pattern.match(head[:4096].removeprefix(b"\xef\xbb\xbf")):
            return what
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head[:65536].replace(b"\x00", b""))
    nuls = head[:65536].count(0)
    if controls > len(head[:65536]) * 0.02 or nuls > len(head[:65536]) * 0.3:
        raise InputError("error.read.binary")
    return "text"


def looks_utf16(head: bytes) -> bool:
    """Whether nearly every other byte is zero, as in UTF-16 of a western text without its mark."""
    return utf16_order(head) is not None


def utf16_order(head: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` when the zero bytes sit on one side only; else None."""
    sample = head[:65536]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None
