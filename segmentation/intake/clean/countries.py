"""The ISO code of a country's name in a file, so that a phone or a postal code is read by its country's
rules.
"""

from __future__ import annotations

from segmentation.reference.countries import country_code

UNKNOWN = "??"
"""The code of a word that no list knows: not France, and not empty."""


def iso_code(text: str) -> str:
    """FR for « France », « FR » or « FRA »; "" for no text, ``UNKNOWN`` for a word that is no country."""
    return (country_code(text) or UNKNOWN) if text.strip() else ""
