"""The canonical fields and their names in real files, read once from the reference dictionary."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

DICTIONARY: Final = Path(__file__).parents[3] / "data" / "reference" / "schema_synonyms.json"

ENTITIES: Final = ("contacts", "orders", "order_lines", "events")

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A canonical field as recognition needs it: its key, entity, storage type, content detector, names."""

    key: str
    entity: str
    type: str
    detector: str | None
    names: tuple[str, ...]


def normal_header(text: str) -> str:
    """A header without accents, case, camelCase or punctuation: the form dictionaries are written in."""
    text = _CAMEL.sub(" ", text.strip())
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("№", "n")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _OTHER.sub(" ", plain.lower()).strip()


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Any]:
    return MappingProxyType(json.loads(DICTIONARY.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def fields() -> Mapping[str, tuple[Known, ...]]:
    """The canonical fields of each entity."""
    return MappingProxyType(
        {
            entity: tuple(
                Known(f["key"], entity, f["type"], f.get("detector"), tuple(f["synonyms_norm"]))
                for f in _content()["entities"][entity]
            )
            for entity in ENTITIES
        }
    )


@lru_cache(maxsize=1)
def known_headers() -> frozenset[str]:
    """Every normalised name of every field, also written in one word."""
    names = {name for entity in fields().values() for field in entity for name in (*field.names, normal_header(field.key))}
    return frozenset(names | {name.replace(" ", "") for name in names if len(name) > 5})


def words_of(block: str) -> Any:
    """A block of the dictionary beside the fields: value_dictionaries, strip_prefixes, event_types…"""
    return _content()[block]
