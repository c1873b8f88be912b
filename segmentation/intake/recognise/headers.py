"""How well a header names a field: exactly, once its frame is taken off, or nearly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.dictionary import ENTITIES, fields, own_field, words_of

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


def named(header: str, entities: tuple[str, ...]) -> tuple[Named, ...]:
    """The fields of ``entities`` a header may name, best first; the kept field of each pair once."""
    best: dict[tuple[str, str], float] = {}
    for entity, key, score in _meanings(normal_header(_REPEATED.sub("", header))):
        field = own_field(entity, key)
        if entity in entities and field[0] in entities:
            best[field] = max(best.get(field, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: (-item[1], entities.index(item[0][0])))
    return tuple(Named(entity, key, score) for (entity, key), score in ranked)


@lru_cache(maxsize=4096)
def _meanings(text: str) -> tuple[tuple[str, str, float], ...]:
    """Every (entity, key, score) a normalised header may mean: its exact readings, else the nearest names."""
    found = [
        (entity, key, score) for name, score in _readings(text) for entity, key in _names().get(name, ())
    ]
    if found or len(text) <= 3 or words_of("ignore_words") & set(text.split()):
        return tuple(found)
    near = process.extract(text, _long_names(), scorer=fuzz.WRatio, limit=25, score_cutoff=78)
    return tuple(
        (entity, key, NEAR * ratio / 100 - 0.004 * abs(len(name) - len(text)))
        for name, ratio, _ in near
        for entity, key in _names()[name]
    )


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
