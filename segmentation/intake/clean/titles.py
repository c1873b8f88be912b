"""A title before a name keeps its own language: « Monsieur » becomes « M. », "MRS." becomes "Mrs".

« Mr » is of both languages: it is read as the other titles beside it, else as the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.context import literals

_OF_BOTH: Final = frozenset(("mr", "mr."))
_FRENCH: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "M.": frozenset("m m. monsieur".split()),
        "Mme": frozenset("mme mme. madame mlle mlle. mademoiselle melle mdme".split()),
    }
)
_ENGLISH: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "Mr": frozenset(("mister",)),
        "Mrs": frozenset(("mrs", "mrs.")),
        "Ms": frozenset(("ms", "ms.")),
        "Miss": frozenset(("miss",)),
        "Mx": frozenset(("mx", "mx.")),
    }
)
_ALONE: Final = frozenset(("m", "m."))
"""What is « Monsieur » in a French column, and nothing known in an English one."""
_SAME: Final = (
    (_FRENCH["M."], frozenset(("mr", "mr.", "mister"))),
    (_FRENCH["Mme"], _ENGLISH["Mrs"] | _ENGLISH["Ms"] | _ENGLISH["Miss"]),
)
"""What one language calls a man, a woman, and what the other does."""


def tongue_of(written: Mapping[str, int], otherwise: str) -> str:
    """The language, "fr" or "en", most titles of a column are of, from how often each text stands in it;
    ``otherwise`` when they are of both, of neither, or as many of each."""
    votes = {"fr": 0, "en": 0}
    for text, count in written.items():
        title = fold_text(text)
        for tongue, kept in (("fr", _FRENCH), ("en", _ENGLISH)):
            votes[tongue] += count * any(title in words for words in kept.values())
    return max(votes, key=votes.__getitem__) if votes["fr"] != votes["en"] else otherwise


def kept_titles(tongue: str) -> Mapping[str, frozenset[str]]:
    """Each title as it is kept in a column of a language, with its folded spellings."""
    if tongue == "en":
        own = {"Mr": _ENGLISH["Mr"] | _OF_BOTH, "M.": _FRENCH["M."] - _ALONE}
    else:
        own = {"M.": _FRENCH["M."] | _OF_BOTH}
    return {**_ENGLISH, **_FRENCH, **own}


def kept_title(text: str, tongue: str) -> str:
    """A title as it is kept; one of no list (« Dr », « Herr ») as it is written."""
    title = fold_text(text)
    return next((kept for kept, words in kept_titles(tongue).items() if title in words), text)


def is_translated(one: str, other: str) -> str:
    """SQL: whether two folded titles are the same one, in French and in English."""
    pairs = [pair for both in _SAME for pair in (both, both[::-1])]
    cases = (f"{one} IN ({literals(a)}) AND {other} IN ({literals(b)})" for a, b in pairs)
    return f"({' OR '.join(cases)})"
