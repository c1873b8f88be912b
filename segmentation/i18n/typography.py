"""How a sentence of the catalogue, typed with plain spaces, is shown."""

from __future__ import annotations

import re

_FRENCH_SPACES = re.compile(r"(?<=\S) (?=[:;?!»](?![\w:/]))|(?<=«) ")

_COUNTED = re.compile(
    r"(?<=[\d}]) (?=(?:jours?|mois|ans?|hommes?|femmes?|days?|months?|years?|wom[ae]n|m[ae]n)\b)"
)
"""Between a number, or the place of one, and the short word it counts."""


def typeset(text: str, language: str) -> str:
    """The sentence with no-break spaces: a number stays with its unit, and no French mark begins a line."""
    text = _COUNTED.sub("\u00a0", text)
    return _FRENCH_SPACES.sub("\u00a0", text) if language == "fr" else text
