"""The settings of a base: as-of date, money, zone, names; those a criterion reads change its version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from segmentation.results import Statement, Value
from segmentation.store.reading import Reader
from segmentation.store.session import Session

ASKED = frozenset(
    {
        "as_of",
        "currency",
        "timezone",
        "rfm_cuts",
        "rfm_options",
        "life_cycle",
        "deductions_off",
        "own_rules",
    }
)
"""Settings that a criterion can read: changing one makes a new version."""

BASE_CURRENCY: Final = (
    "(SELECT coalesce(any_value(value ->> '$'), 'EUR') FROM settings WHERE key = 'currency')"
)
"""SQL: the code of the base's currency."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its value, or its default when the base says nothing.

    ``as_of`` None means today. ``rfm_cuts`` None means not derived yet; else the JSON of the cuts and their
    date. ``life_cycle`` holds the thresholds of the stages that differ from their defaults.
    ``list_columns`` are the columns last chosen for a list. ``extra`` holds screens' own settings.
    """

    as_of: date | None = None
    currency: str = "EUR"
    timezone: str = "Europe/Paris"
    language: str | None = None
    name: str = ""
    default_source: str = ""
    rfm_cuts: Mapping[str, object] | None = None
    rfm_options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    life_cycle: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, key: str, default: object = None) -> object:
        """A setting by its key, ``extra`` included; ``default`` when it has no value."""
        value = getattr(self, key) if key in Settings.__slots__ else self.extra.get(key)
        return default if value is None else value


def read_settings(reader: Reader) -> Settings:
    """The settings of a base."""
    stored = {str(key): json.loads(str(value)) for key, value in reader.run(_EVERY).rows}
    known = {
        name: stored.pop(name) for name in list(stored) if name in Settings.__slots__ and name != "extra"
    }
    if known.get("as_of"):
        known["as_of"] = date.fromisoformat(known["as_of"])
    return Settings(**{name: value for name, value in known.items() if value is not None}, extra=stored)


_EVERY = Statement("SELECT key, value FROM settings")


def write_setting(session: Session, key: str, value: Value) -> None:
    """Keep one setting (None forgets it), inside a writing transaction; a new version if criteria read it."""
    if isinstance(value, date):
        value = value.isoformat()
    session.sql("DELETE FROM settings WHERE key = ?", key)
    if value is not None:
        session.sql("INSERT INTO settings VALUES (?, ?)", key, json.dumps(value, ensure_ascii=False))
    if key in ASKED:
        session.bump()
