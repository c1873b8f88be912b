"""Words that mean "no value" (N/A, néant, inconnu, nan…): read after the words of the column's own
dictionary.
"""

from __future__ import annotations

from functools import lru_cache

from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.context import Context, literals

_PLAIN = frozenset(
    {"", "n/a", "null", "none", "nan", "#n/a", "#ref!", "#valeur!", "#value!", "undefined", "(vide)"}
)
_COUNTRY_CODES = frozenset({"na", "nc", "nr"})
_NAMES = frozenset({"na", "nan", "nil", "vide", "aucun"})
"""Real surnames and first names; as "no value" they are believed only in lower or upper case throughout."""


@lru_cache(maxsize=1)
def null_words() -> frozenset[str]:
    """Every word that says there is no value, in small letters, with and without its accents."""
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    words = {word.lower() for word in blocks["null_tokens"]} | _PLAIN
    return frozenset(words | {fold_text(word) for word in words} | {"—", "–", "...", "…"})


def empty_words(x: str, context: Context) -> str:
    """NULL for a word that means nothing is known; codes and ids only lose the unmistakable ones."""
    words = null_words()
    if context.type in ("id", "code"):
        words = _PLAIN | {"-", "--"}
    elif context.type == "country":
        words -= _COUNTRY_CODES
    elif context.key == "gender":
        words -= {"x"}
    short = f"length({x}) <= {max(map(len, words))}"
    if context.type == "name":
        shouted = {w for n in _NAMES for w in (n, n.upper())} | {"NaN"}
        believed = f"lower({x}) IN ({literals(words - _NAMES)}) OR {x} IN ({literals(shouted)})"
        return f"CASE WHEN {short} AND ({believed}) THEN NULL ELSE {x} END"
    return f"CASE WHEN {short} AND lower({x}) IN ({literals(words)}) THEN NULL ELSE {x} END"
