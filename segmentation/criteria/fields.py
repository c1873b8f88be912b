"""The canonical fields: what a contact, an order, a line or an event can hold, read once from the dictionary.

The dictionary is ``data/reference/schema_synonyms.json``; its types decide how a value is stored and asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

DICTIONARY = Path(__file__).resolve().parents[2] / "data" / "reference" / "schema_synonyms.json"

KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            "id name text category email phone url address city code department region country company "
            "siren siret vat naf currency".split(),
            "text",
        ),
        "postal_code": "place",
        **dict.fromkeys("integer number percent money".split(), "number"),
        "date": "date",
        "datetime": "date",
        "list": "list",
        "boolean": "boolean",
    }
)
"""Which family of operators each field type takes; ``place`` is text that also knows distances."""


@dataclass(frozen=True, slots=True)
class CanonicalField:
    """One field of the dictionary; ``entity`` is contacts, orders, order_lines or events."""

    key: str
    entity: str
    type: str
    family: str
    label_fr: str
    label_en: str
    detector: str
    synonyms: tuple[str, ...]


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, object]:
    """The whole dictionary as read from its file (families, entities, event types, value dictionaries)."""
    content: Mapping[str, object] = MappingProxyType(json.loads(DICTIONARY.read_text(encoding="utf-8")))
    return content


@lru_cache(maxsize=1)
def canonical_fields() -> Mapping[str, tuple[CanonicalField, ...]]:
    """The fields of each entity, in the order of the dictionary.

    ``order_date`` and ``event_date`` are moments (datetime) whatever the dictionary says.
    """
    entities = dictionary()["entities"]
    assert isinstance(entities, dict)
    return MappingProxyType(
        {entity: tuple(_field(entity, row) for row in rows) for entity, rows in entities.items()}
    )


@lru_cache(maxsize=1)
def event_types() -> tuple[str, ...]:
    """The codes an ``event_type`` can hold once recognised: email_sent, email_open, site_visit…"""
    rows = dictionary()["event_types"]
    assert isinstance(rows, list)
    return tuple(row["key"] for row in rows)


def kind_of(field_type: str) -> str:
    """The family of operators of a field type: text, place, number, date, list or boolean."""
    return KINDS[field_type]


def _field(entity: str, row: Mapping[str, object]) -> CanonicalField:
    moment = row["key"] in ("order_date", "event_date")
    synonyms = row.get("synonyms", ())
    assert isinstance(synonyms, (list, tuple))
    return CanonicalField(
        key=str(row["key"]),
        entity=entity,
        type="datetime" if moment else str(row["type"]),
        family=str(row["family"]),
        label_fr=str(row["label_fr"]),
        label_en=str(row["label_en"]),
        detector=str(row.get("detector", "")),
        synonyms=tuple(str(synonym) for synonym in synonyms),
    )
