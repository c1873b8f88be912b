"""Folding: the one way text is compared without case, accents or typographic accidents.

The store's SQL macro ``fold_text`` says the same in SQL; a test holds both equal.
"""

from __future__ import annotations

import unicodedata

_EXPANDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ẞ": "ss", "Œ": "oe", "Æ": "ae"})
_SPACED = str.maketrans(dict.fromkeys("-‐‑‒–—'’‘ʼ\u00a0\u202f\u2007\t\n\r", " "))


def fold_text(text: str) -> str:
    """``text`` in NFC, œ æ ß expanded, lower case, accents stripped, hyphens, apostrophes and
    no-break spaces as spaces, spaces collapsed and trimmed: « L’Haÿ-les-Roses » → ``l hay les roses``."""
    composed = unicodedata.normalize("NFC", text).translate(_EXPANDED).lower().translate(_EXPANDED)
    decomposed = unicodedata.normalize("NFD", composed)
    bare = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    spaced = unicodedata.normalize("NFC", bare).translate(_SPACED)
    return " ".join(part for part in spaced.split(" ") if part)
