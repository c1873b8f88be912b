"""The names the canonical fields bear in real files, in the form headers are compared in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from segmentation.criteria.fields import canonical_fields, dictionary

ENTITIES: Final = ("contacts", "orders", "order_lines", "events")

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_EXPANDED: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "№": "n"})


@dataclass(frozen=True, slots=True)
class Known:
    """A canonical field as recognition needs it: its key, entity, type, content detector, normalised names."""

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


def plain(text: str) -> str:
    """Lower case, no accents, ligatures expanded, anything else than letters and figures as one space."""
    text = unicodedata.normalize("NFKD", text.translate(_EXPANDED))
    return _OTHER.sub(" ", "".join(c for c in text if not unicodedata.combining(c)).lower()).strip()


def normal_header(text: str) -> str:
    """A header as dictionaries write it: camelCase split, then ``plain``."""
    return plain(_CAMEL.sub(" ", text.strip()))


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
                    frozenset(
                        filter(None, map(normal_header, (*row.synonyms, row.key, row.label_fr, row.label_en)))
                    ),
                )
                for row in canonical_fields()[entity]
            )
            for entity in ENTITIES
        }
    )


@lru_cache(maxsize=1)
def known_headers() -> frozenset[str]:
    """Every normalised name of every field, also written in one word."""
    names = {name for entity in fields().values() for field in entity for name in field.names}
    return frozenset(names | {name.replace(" ", "") for name in names if len(name) > 5})


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
