"""How a sentence of the catalogue, typed with plain spaces, is shown."""

from __future__ import annotations

import re

_FRENCH_SPACES = re.compile(r"(?<=\S) (?=[:;?!»](?![\w:/]))|(?<=«) ")


def typeset(text: str, language: str) -> str:
    """The sentence with the spaces of French punctuation made no-break: no line begins with a mark."""
    return _FRENCH_SPACES.sub("\u00a0", text) if language == "fr" else text
