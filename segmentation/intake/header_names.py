"""The form headers are compared in, and every name the canonical fields bear in real files."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from segmentation.criteria.fields import CanonicalField, canonical_fields

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_EXPANDED: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "№": "n"})


def plain(text: str) -> str:
    """Lower case, no accents, ligatures expanded, anything else than letters and figures as one space."""
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text.translate(_EXPANDED))
        text = "".join(c for c in marked if not unicodedata.combining(c))
    return _OTHER.sub(" ", text.lower()).strip()


def normal_header(text: str) -> str:
    """A header as dictionaries write it: camelCase split, then ``plain``."""
    return plain(_CAMEL.sub(" ", text.strip()))


def names_of(field: CanonicalField) -> frozenset[str]:
    """Every normalised name of a field: its synonyms, its key, its labels."""
    names = (*field.synonyms, field.key, field.label_fr, field.label_en)
    return frozenset(filter(None, map(normal_header, names)))


@lru_cache(maxsize=1)
def known_headers() -> frozenset[str]:
    """Every normalised name of every field, also written in one word."""
    names = {name for rows in canonical_fields().values() for row in rows for name in names_of(row)}
    return frozenset(names | {name.replace(" ", "") for name in names if len(name) > 5})
