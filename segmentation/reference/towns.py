"""How a French town is spelled: « LYON 3E », « st etienne » → the name INSEE gives; a near slip is proposed.

A spelling is sure when the postal code holds a town of that name; without a code, when one town of the
country has it. Districts of Paris, Lyon and Marseille are their town. Towns abroad are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from segmentation.criteria.fold import fold_text
from segmentation.reference.countries import is_french
from segmentation.reference.files import POSTAL_TOWNS, TOWNS, columns
from segmentation.reference.geography import department_of, postal_key

LARGE: Final = 5_000
"""Inhabitants from which a name alone, without code or country, is that of the French town."""
_DISTRICT: Final = re.compile(
    r"(paris|lyon|marseille)[ ,]+\(?(?:\d{1,2}|[ivx]+)\)? ?(?:er?|e?me|ieme|nde?)?"
    r"(?: ?arr(?:t|dt|ondissement)?)?"
)
_WORDS: Final = {"saint": "st", "sainte": "ste", "s/": "sur", "ss/": "sous"}


@dataclass(frozen=True, slots=True)
class Towns:
    """The towns of a place under their keys (``town_key``) → the name as it is spelled."""

    names: Mapping[str, str]
    others: frozenset[str] = frozenset()
    """Keys of other names in use there: a part of the town, its former name."""


@dataclass(frozen=True, slots=True)
class _Book:
    by_code: Mapping[str, Towns]
    by_department: Mapping[str, Mapping[str, str]]
    alone: Mapping[str, tuple[str, int]]
    """Key of a name one town alone has → its spelling, its inhabitants."""
    spelled: frozenset[str]


def town_key(text: str) -> str:
    """What a town's name is found by: « St. Étienne » → « st etienne », « Lyon 3ème » → « lyon »."""
    folded = fold_text(text).replace(".", " ")
    folded = re.sub(r"\b(ss?)/ ?", r"\1/ ", folded)
    folded = re.sub(r"^(.*) \((l[ae]s?)\)$", r"\2 \1", folded)
    key = " ".join(_WORDS.get(word, word) for word in folded.split())
    district = _DISTRICT.fullmatch(key)
    return district.group(1) if district else key


def is_spelled(text: str) -> bool:
    """Whether that is, letter by letter, the name of a French town."""
    return text in _book().spelled


def spelled(text: str, postal_code: str | None, country: str | None) -> str | None:
    """The name of the town that ``text`` can only be, else None.

    ``country``: ISO code, "" or None when nothing was said. A code no table knows (CEDEX, companies) speaks
    for its département; a code whose towns are others decides nothing.
    """
    if not is_french(country):
        return None
    key, book = town_key(text), _book()
    if postal_code:
        code = postal_key(postal_code)
        if code in book.by_code:
            return book.by_code[code].names.get(key)
        return book.by_department.get(department_of(code) or "", {}).get(key)
    name, people = book.alone.get(key, (None, 0))
    return name if country or people >= LARGE else None


def meant(text: str, postal_code: str | None, country: str | None) -> str | None:
    """The town of that postal code whose name is one key away (two for a long name), to be proposed; None
    when ``text`` is a town of the département, or two towns are as near."""
    if not is_french(country) or not postal_code:
        return None
    key, code, book = town_key(text), postal_key(postal_code), _book()
    there = book.by_code.get(code)
    if there is None or key in there.names or key in there.others or len(key) < 4:
        return None
    if key in book.by_department.get(department_of(code) or "", {}):
        return None
    most = 2 if len(key) >= 9 else 1
    far = {name: DamerauLevenshtein.distance(key, name, score_cutoff=most) for name in there.names}
    least = min(far.values(), default=most + 1)
    near = [name for name, distance in far.items() if distance == least]
    return there.names[near[0]] if least <= most and len(near) == 1 else None


@cache
def _book() -> _Book:
    codes, names, keys, departments, people = columns(TOWNS, ["code", "nom", "nom_norm", "dep", "population"])
    rows = list(zip(codes, map(str, names), map(str, keys), map(str, departments), people, strict=True))
    town = {code: (name, key) for code, name, key, *_ in rows}
    by_code: dict[object, dict[str, str]] = defaultdict(dict)
    others: dict[object, set[str]] = defaultdict(set)
    for postal, code, said in zip(
        *columns(POSTAL_TOWNS, ["code_postal", "code_commune", "noms_norm"]), strict=True
    ):
        if code in town:
            name, key = town[code]
            by_code[postal][key] = name
            if said != key:
                others[postal].update(str(said).split("|"))
    by_department: dict[str, dict[str, str]] = defaultdict(dict)
    seen: dict[str, tuple[str, int]] = {}
    twice: set[str] = set()
    for _, name, key, department, count in rows:
        by_department[department][key] = name
        if key in seen:
            twice.add(key)
        seen[key] = (name, int(str(count or 0)))
    return _Book(
        {str(postal): Towns(found, frozenset(others[postal])) for postal, found in by_code.items()},
        by_department,
        {key: found for key, found in seen.items() if key not in twice},
        frozenset(map(str, names)),
    )
