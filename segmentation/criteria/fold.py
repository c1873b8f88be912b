"""Folding: the one way text is compared without case, accents or typographic accidents.

The store's SQL macro ``fold_text`` says the same in SQL; a test holds both equal.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

SPACED = "-'\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2018\u2019\u02bc\u00b4`\u00a0\u202f\u2007\u2009\t\n\r"
"""Characters a folded text reads as a space: hyphens, apostrophes, no-break spaces, line ends."""

_TO_SPACE = str.maketrans(dict.fromkeys(SPACED, " "))
EXPANDED = MappingProxyType({"œ": "oe", "æ": "ae", "ß": "ss", "ς": "σ"})
"""Lower-case letters a folded text writes otherwise: ligatures in two letters, the final sigma as any."""
_EXPANDED = str.maketrans(dict(EXPANDED))


def fold_text(text: str) -> str:
    """``text`` in NFC, lower case, œ æ ß expanded, accents stripped, hyphens, apostrophes and
    no-break spaces as spaces, spaces collapsed and trimmed: « L’Haÿ-les-Roses » → ``l hay les roses``."""
    composed = unicodedata.normalize("NFC", text).lower().translate(_EXPANDED)
    marks = unicodedata.normalize("NFD", composed)
    bare = "".join(character for character in marks if unicodedata.category(character) != "Mn")
    spaced = unicodedata.normalize("NFC", bare).translate(_TO_SPACE)
    return " ".join(part for part in spaced.split(" ") if part)
