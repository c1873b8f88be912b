"""The names the canonical fields bear in real files, in the form headers are compared in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from segmentation.criteria.fields import canonical_fields, dictionary
from segmentation.intake.header_names import names_of, normal_header, plain

ENTITIES: Final = ("contacts", "orders", "order_lines", "events")


@dataclass(frozen=True, slots=True)
class Known:
    """A canonical field as recognition needs it: key, entity, type, content detector, normalised names."""

    key: str
    entity: str
    type: str
    detector: str
    names: frozenset[str]


_SAME_AS: Final[Mapping[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        ("orders", "contact_id"): ("contacts", "contact_id"),
        ("events", "contact_id"): ("contacts", "contact_id"),
        ("orders", "email"): ("contacts", "email"),
        ("events", "email"): ("contacts", "email"),
        ("orders", "customer_name"): ("contacts", "full_name"),
        ("order_lines", "order_id"): ("orders", "order_id"),
    }
)
"""Fields that say the same thing from another entity: the contact's and the order's own are kept."""


def own_field(entity: str, key: str) -> tuple[str, str]:
    """The entity and key under which a field is kept."""
    return _SAME_AS.get((entity, key), (entity, key))


@lru_cache(maxsize=1)
def fields() -> Mapping[str, tuple[Known, ...]]:
    """The canonical fields of each entity with every name they may bear."""
    return MappingProxyType(
        {
            entity: tuple(
                Known(
                    row.key,
                    entity,
                    row.type,
                    row.detector if row.detector != "None" else "",
                    names_of(row),
                )
                for row in canonical_fields()[entity]
            )
            for entity in ENTITIES
        }
    )


_BY_TYPE: Final = MappingProxyType(
    {"date": "date", "datetime": "date", "money": "money", "integer": "count", "number": "number"}
)


@lru_cache(maxsize=1)
def _detectors() -> Mapping[tuple[str, str], str]:
    return MappingProxyType(
        {
            (field.entity, field.key): field.detector or _BY_TYPE.get(field.type, "")
            for rows in fields().values()
            for field in rows
        }
    )


def detector_of(entity: str, key: str) -> str:
    """The content detector of a field, its type's where it has none of its own, "" when nothing can tell."""
    return _detectors()[entity, key]


@lru_cache(maxsize=8)
def words_of(block: str) -> frozenset[str]:
    """A flat list of the dictionary (strip_prefixes, strip_suffixes, ignore_words), longest use first."""
    words = dictionary()[block]
    assert isinstance(words, list)
    return frozenset(normal_header(str(word)) for word in words)


@lru_cache(maxsize=32)
def values_of(name: str, group: str = "") -> frozenset[str]:
    """The plain words of a value dictionary (civility, gender, boolean…), all groups or one."""
    groups = dictionary()["value_dictionaries"]
    assert isinstance(groups, dict)
    found = groups[name]
    if isinstance(found, list):
        return frozenset(plain(word) or word for word in found)
    chosen = found.values() if not group else [found[group]]
    return frozenset(plain(word) or word for words in chosen for word in words)


@lru_cache(maxsize=1)
def event_words() -> Mapping[str, str]:
    """Each plain word of an event type in a file → the type's code."""
    rows = dictionary()["event_types"]
    assert isinstance(rows, list)
    return MappingProxyType(
        {plain(word): str(row["key"]) for row in rows for word in (*row["synonyms"], row["key"])}
    )
