"""How well a header names a field: exactly, once its frame is taken off, or nearly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from segmentation.intake.recognise.dictionary import ENTITIES, fields, normal_header, own_field, words_of

EXACT: Final = 1.0
FRAMED: Final = 0.94
"""A name inside a known frame ("Billing City", "Téléphone (bureau)")."""

NEAR: Final = 0.92
"""Ceiling of a name that is only close in its letters."""

_REPEATED: Final = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A field a header may name, and how surely from the header alone."""

    entity: str
    key: str
    score: float


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Every normalised name → the (entity, key) it may mean; also written in one word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entity in ENTITIES:
        for field in fields()[entity]:
            for name in field.names:
                for written in {name, name.replace(" ", "")} if len(name) > 5 else {name}:
                    found.setdefault(written, []).append((entity, field.key))
    return MappingProxyType({name: tuple(dict.fromkeys(owners)) for name, owners in found.items()})


@lru_cache(maxsize=1)
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in _names() if len(name) > 3)


@lru_cache(maxsize=4096)
def named(header: str, entities: tuple[str, ...]) -> tuple[Named, ...]:
    """The fields of ``entities`` a header may name, best first; the kept field of each pair once."""
    text = normal_header(_REPEATED.sub("", header))
    best: dict[tuple[str, str], float] = {}
    for name, score in _readings(text):
        for entity, key in _names().get(name, ()):
            _note(best, entity, key, score, entities)
    unknown = max(best.values(), default=0.0) < FRAMED
    if len(text) > 3 and unknown and not words_of("ignore_words") & set(text.split()):
        for name, ratio, _ in process.extract(
            text, _long_names(), scorer=fuzz.WRatio, limit=25, score_cutoff=78
        ):
            score = NEAR * ratio / 100 - 0.004 * abs(len(name) - len(text))
            for entity, key in _names()[name]:
                _note(best, entity, key, score, entities)
    ranked = sorted(best.items(), key=lambda item: (-item[1], entities.index(item[0][0])))
    return tuple(Named(entity, key, score) for (entity, key), score in ranked)


def _note(
    best: dict[tuple[str, str], float], entity: str, key: str, score: float, entities: tuple[str, ...]
) -> None:
    if entity not in entities:
        return
    field = own_field(entity, key)
    if field[0] in entities:
        best[field] = max(best.get(field, 0.0), score)


def _readings(text: str) -> list[tuple[str, float]]:
    """A header as it is, then with its frame taken off."""
    readings = [(text, EXACT), (text.replace(" ", ""), EXACT)]
    for prefix in words_of("strip_prefixes"):
        if text.startswith(prefix + " "):
            readings.append((text.removeprefix(prefix + " "), FRAMED))
    for suffix in words_of("strip_suffixes"):
        if text.endswith(" " + suffix):
            readings.append((text.removesuffix(" " + suffix), FRAMED))
    if text.endswith("s") and len(text) > 4:
        readings.append((text[:-1], FRAMED))
    return readings
