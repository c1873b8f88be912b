"""The word of a value of a closed field: gender F is « Femme », rfm_segment champions is « Champions »."""

from __future__ import annotations

from segmentation.criteria.catalogue import Field


def choice_word(field: Field, value: str) -> str | None:
    """The key of the word of ``value``, None when it is the user's own text."""
    if value not in field.choices:
        return None
    if field.code.startswith("rfm_segment"):
        return f"rfm.{value}"
    if field.code.startswith("consent_"):
        return f"consent.{value}"
    return f"choice.{field.code}.{value}"
