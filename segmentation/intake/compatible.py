"""Whether two sets of names may be one person's, said once in SQL and once in Python.

Compatible: one first name missing, alike (Jaro-Winkler ≥ 0.8), an initial, or first and last names swapped;
when a first name is missing and both names are known, one must hold the other's words. A test holds both
twins equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import JaroWinkler

from segmentation.reference.first_names import same_person

NEAR: Final = 0.8
NEAR_WHOLE: Final = 0.88

_FIRST = (
    "a.first = b.first OR (length(least(a.first, b.first)) > 0 AND (length(a.first) = 1 OR"
    " length(b.first) = 1) AND"
    " a.first[:1] = b.first[:1]) OR (contains(a.first, ' ') AND string_split(a.first, ' ')[1] = b.first)"
    " OR (contains(b.first, ' ') AND string_split(b.first, ' ')[1] = a.first)"
    " OR (length(a.first) > 1 AND length(b.first) > 1 AND jaro_winkler_similarity(a.first, b.first) >="
    f" {NEAR})"
    " OR (a.first = b.last AND a.last = b.first)"
)
_WHOLE = (
    "a.whole IS NULL OR b.whole IS NULL OR list_has_all(string_split(a.whole, ' '),"
    " string_split(b.whole, ' '))"
    " OR list_has_all(string_split(b.whole, ' '), string_split(a.whole, ' '))"
    f" OR jaro_winkler_similarity(a.whole, b.whole) >= {NEAR_WHOLE}"
)
SAME_FAMILY: Final = (
    "a.last IS NULL OR b.last IS NULL OR a.last = b.last OR a.last = b.first OR contains(a.last, b.last)"
    f" OR contains(b.last, a.last) OR jaro_winkler_similarity(a.last, b.last) >= {NEAR}"
)
"""SQL twin of ``same_family``."""

COMPATIBLE: Final = f"CASE WHEN a.first IS NOT NULL AND b.first IS NOT NULL THEN {_FIRST} ELSE {_WHOLE} END"
"""SQL: whether the names of ``a`` and ``b`` (first, last, whole, folded) may be one person's."""


@dataclass(frozen=True, slots=True)
class Named:
    """The folded names of a unit, as ``COMPATIBLE`` compares them."""

    first: str | None
    last: str | None
    whole: str | None


def may_be_one(a: Named, b: Named) -> bool:
    """The Python twin of ``COMPATIBLE``."""
    return a == b or _may_be_one(a, b)


def same_family(a: str | None, b: str | None) -> bool:
    """Whether two last names may be one: one missing, alike, or one within the other."""
    return not a or not b or a in b or b in a or JaroWinkler.similarity(a, b) >= NEAR


@lru_cache(maxsize=1 << 16)
def _may_be_one(a: Named, b: Named) -> bool:
    if a.first and b.first:
        return a.first == b.first or same_person(a.first, a.last, b.first, b.last)
    if not a.whole or not b.whole:
        return True
    one, two = set(a.whole.split()), set(b.whole.split())
    return one <= two or two <= one or JaroWinkler.similarity(a.whole, b.whole) >= NEAR_WHOLE
