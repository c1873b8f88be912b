"""Names of people and towns typed all in capitals or all in small letters get their capitals back."""

from __future__ import annotations

import re

SUSPECT = "({x} = upper({x}) OR {x} = lower({x})) AND regexp_matches({x}, '\\pL\\pL')"
"""SQL: text entirely in one case, with at least two letters in a row (an initial is left alone)."""

_LOW_IN_NAMES = frozenset({"de", "du", "des", "d", "von", "van", "der", "den", "y", "da", "dos", "et"})
_LOW_IN_TOWNS = _LOW_IN_NAMES | frozenset(
    {"la", "le", "les", "lès", "lez", "l", "en", "sur", "sous", "aux", "au", "à", "près", "et"}
)
_WORD = re.compile(r"[^\W\d_]+")


def recased(text: str, low: frozenset[str] = _LOW_IN_NAMES) -> str:
    """``text`` with a capital on each word; de, du, des, d' stay low inside: « LE GALL » → « Le Gall »."""

    def cased(match: re.Match[str]) -> str:
        word = match.group().lower()
        followed = text[match.end() : match.end() + 1]
        elided = word in {"d", "l"} and followed in {"'", "’"}
        if match.start() and word in low and (elided or word not in {"d", "l"}):
            return word
        if match.start() and len(word) == 1 and text[match.start() - 1] in {"'", "’"} and not elided:
            return word
        return word[0].upper() + word[1:]

    return _WORD.sub(cased, text)


def name(text: str, _country: str) -> str:
    """A person's name recased."""
    return recased(text)


def town(text: str, _country: str) -> str:
    """A town's name recased: « AIX-EN-PROVENCE » → « Aix-en-Provence »."""
    return recased(text, _LOW_IN_TOWNS)
