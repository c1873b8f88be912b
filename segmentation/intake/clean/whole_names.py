"""A whole name (« Mme Marie-Claire LE GALL », "Dupont, Jean") gives civility, first and last name.

Companies, couples and names nobody can cut for sure are left whole. Which comes first is decided on the whole
column: by capitals, by a comma, else by the lists of first names and surnames.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.choices import words_of
from segmentation.intake.clean.names import recased
from segmentation.intake.clean.titles import kept_title, tongue_of
from segmentation.intake.recognise.dictionary import values_of
from segmentation.reference.first_names import first_names, last_names

_UNRANKED: Final = 200_000
_PROOF: Final = 50
"""How many times better one order must read than the other to prove itself."""
_MOST: Final = 0.9
"""Share of the proofs of a column from which its order holds for the names that prove nothing."""
_VOTERS: Final = 2_000
"""Names that decide the order of a column."""
_SEVERAL: Final = re.compile(r"[\d@/&+|()]|\b(et|and|und|ou|chez|c/o)\b", re.I)
_LOW: Final = frozenset(
    "de du des d la le les van von der den ten ter da do dos das di del della el al ben bin ibn ould".split()
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A name cut: what is missing is empty."""

    civility: str
    first: str
    last: str


def cut_names(texts: Iterable[str], tongue: str = "fr") -> dict[str, Parts]:
    """The parts of each whole name of a column that can be cut; the others are left out. ``tongue`` is the
    file's, for titles that do not say their own."""
    whole = list(texts)
    votes: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for text in whole[:: max(1, len(whole) // _VOTERS)]:
        title, words = _bare(text)
        votes[_proof(words)] += 1
        titles[title] += 1
    tongue = tongue_of(titles, tongue)
    proofs = votes["first"] + votes["last"]
    order = max(("first", "last"), key=votes.__getitem__) if proofs >= 3 else ""
    order = order if order and votes[order] >= _MOST * proofs else ""
    loud = [bool(_by_capitals(_bare(text)[1])) for text in whole[:_VOTERS]]
    capitals = sum(loud) >= 0.8 * len(loud)
    cut = ((text, _cut(text, order, capitals=capitals)) for text in whole)
    return {
        text: replace(parts, civility=kept_title(parts.civility, tongue))
        for text, parts in cut
        if parts is not None
    }


def _cut(text: str, order: str, *, capitals: bool) -> Parts | None:
    if _SEVERAL.search(text) or _is_company(text):
        return None
    civility, words = _bare(text)
    found = _by_comma(words) or _by_capitals(words)
    if found and not (capitals or "," in text or _ranked(found[0], found[1]) < _UNRANKED * _UNRANKED):
        found = None
    if not found and len(words) == 1:
        found = ([], words) if civility else None
    if not found and words:
        own = _proof(words)
        found = _ordered(words, own if own in ("first", "last") else order)
    if not found or (found[0] and found[0][0].lower() in _LOW):
        return None
    first, last = (" ".join(word for word in part if len(word.strip(".")) > 1) for part in found)
    if not last or bool(first) != bool(found[0]):
        return None
    return Parts(civility, _cased(first), _cased(last))


def _bare(text: str) -> tuple[str, list[str]]:
    """The title a name begins with, as it is written, and the words after it."""
    words = text.split()
    if len(words) > 1 and len(words[0]) < 13 and (words[0][-1] == "." or words[0].lower() in _titles()):
        if fold_text(words[0]) in _titles():
            return words[0], words[1:]
    return "", words


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(word for code in ("M", "F", "X") for word in words_of("civility")[code])


@lru_cache(maxsize=1)
def _company() -> re.Pattern[str]:
    words = (values_of("legal_forms") | values_of("company_words")) - {"fils", "france", "sa", "ab"}
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b")


def _is_company(text: str) -> bool:
    return _company().search(_folded(text).replace(".", "")) is not None


def _by_comma(words: Sequence[str]) -> tuple[list[str], list[str]] | None:
    text = " ".join(words)
    if text.count(",") != 1:
        return None
    last, first = (part.split() for part in text.split(","))
    return (first, last) if first and last else None


def _by_capitals(words: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Cut between the words in capitals, the surname, and the others; None unless all stand together."""
    loud = [word.isupper() and len(word.strip(".")) > 1 for word in words]
    if not any(loud) or all(loud):
        return None
    start, end = loud.index(True), len(loud) - loud[::-1].index(True)
    while start and words[start - 1] in _LOW:
        start -= 1
    quiet = any(not is_loud and words[start + at] not in _LOW for at, is_loud in enumerate(loud[start:end]))
    first = [*words[:start], *words[end:]]
    if quiet or not first or (start and end < len(words)):
        return None
    return first, list(words[start:end])


def _proof(words: Sequence[str]) -> str:
    """ "first" or "last", what the words prove to come first by the ranks of the lists; "" for no proof."""
    if len(words) < 2 or "," in " ".join(words):
        return ""
    one, other = _ordered(words, "first"), _ordered(words, "last")
    as_first = _ranked(*one) if one else _UNRANKED**2
    as_last = _ranked(*other) if other else _UNRANKED**2
    if as_first * _PROOF < as_last:
        return "first"
    return "last" if as_last * _PROOF < as_first else ""


def _ordered(words: Sequence[str], order: str) -> tuple[list[str], list[str]] | None:
    """First and last name of words in an order; None when what would be the first name is in no list."""
    if len(words) < 2 or not order:
        return None
    names = list(words) if order == "first" else list(words[::-1])
    size = 1
    while size < len(names) - 1 and names[size].lower() not in _LOW and _goes_on(names, size, order):
        size += 1
    first = names[:size] if order == "first" else names[:size][::-1]
    last = list(words[size:]) if order == "first" else list(words[: len(words) - size])
    return (first, last) if _first_rank(" ".join(first)) < _UNRANKED else None


def _goes_on(names: Sequence[str], size: int, order: str) -> bool:
    """Whether the next word is still of the first name: « Jean Pierre », not « Jean Martin »."""
    so_far = [*names[:size], names[size]]
    text = " ".join(so_far if order == "first" else so_far[::-1])
    return _folded(text) in first_names()


def _ranked(first: Sequence[str], last: Sequence[str]) -> int:
    surname = _folded(" ".join(last))
    known = last_names().get(surname) or last_names().get(surname.replace(" ", "")) or _UNRANKED
    return _first_rank(" ".join(first)) * known


@lru_cache(maxsize=100_000)
def _first_rank(name: str) -> int:
    key = _folded(name)
    ranks = first_names().get(key) or (first_names().get(key.split(" ")[0]) if " " in key else None)
    return min((rank for rank in (ranks.women, ranks.men) if rank), default=_UNRANKED) if ranks else _UNRANKED


def _folded(text: str) -> str:
    """`fold_text`, by the short way for plain letters."""
    if text.isascii() and text.replace(" ", "").isalpha() and "  " not in text:
        return text.lower()
    return fold_text(text)


def _cased(text: str) -> str:
    loud = any(word.isupper() and len(word) > 1 for word in text.split())
    return recased(text) if loud or text.islower() else text
