"""The reader's words for a value: gender F is « Femme », rfm_segment champions is « Champions », and a
country has its name in their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from segmentation.criteria.catalogue import Field
from segmentation.i18n import Words
from segmentation.reference.countries import shown


def choice_word(field: Field, value: str) -> str | None:
    """The key of the word of ``value``, None when it is the user's own text."""
    if value not in field.choices:
        return None
    if field.code.startswith("rfm_segment"):
        return f"rfm.{value}"
    if field.code.startswith("consent_"):
        return f"consent.{value}"
    return f"choice.{field.code}.{value}"


def names_of(field: Field, values: Iterable[str], w: Words) -> dict[str, str]:
    """Each value of ``field`` that a reader sees beside the others → how it is shown.

    Two spellings that a base keeps of one country (« Allemagne », « Germany ») are told apart: each as it is
    written.
    """
    names = {value: _named(field, value, w) for value in values}
    seen = Counter(names.values())
    return {
        value: name if seen[name] == 1 or value in field.choices else value for value, name in names.items()
    }


def _named(field: Field, value: str, w: Words) -> str:
    word = choice_word(field, value)
    if word:
        return w(word)
    return shown(value, w.language) if field.type == "country" else value
