"""Columns with a closed vocabulary: yes or no, gender, civility, event type, currency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.context import Context, literal
from segmentation.intake.clean.currency_words import ALONE, CURRENCIES
from segmentation.intake.clean.titles import kept_titles


@lru_cache(maxsize=8)
def words_of(block: str) -> dict[str, frozenset[str]]:
    """A value dictionary: each code with its folded words."""
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    return {code: frozenset(fold_text(word) for word in words) for code, words in blocks[block].items()}


@lru_cache(maxsize=1)
def event_words() -> dict[str, frozenset[str]]:
    """Each event type with its folded words, its own code included."""
    rows = dictionary()["event_types"]
    assert isinstance(rows, list)
    return {
        row["key"]: frozenset(
            fold_text(word) for word in (row["key"], row["key"].replace("_", " "), *row["synonyms"])
        )
        for row in rows
    }


def chosen(x: str, codes: Mapping[str, Collection[str]]) -> str:
    """SQL of the first code whose folded words hold ``x``, NULL for another word."""
    code_of: dict[str, str] = {}
    for code, words in codes.items():
        for word in sorted(words):
            code_of.setdefault(word, code)
    listed = ", ".join(map(literal, code_of))
    found = ", ".join(map(literal, code_of.values()))
    return f"MAP([{listed}], [{found}])[fold_text({x})]"


def yes_or_no(x: str, _context: Context) -> str:
    """``true`` or ``false`` for the words of the dictionary; another word stays, and cannot be read."""
    return f"coalesce({chosen(x, words_of('boolean'))}, {x})"


def gender(x: str, _context: Context) -> str:
    """F, M or X for a declared gender; never taken from a name or a civility."""
    return f"coalesce({chosen(x, words_of('gender'))}, {x})"


def civility(x: str, context: Context) -> str:
    """« M. » and « Mme », "Mr", "Mrs"… for their many spellings, each in its own language; couples, other
    titles and companies stay as written.
    """
    return f"coalesce({chosen(x, kept_titles(context.tongue))}, {x})"


def event_type(x: str, _context: Context) -> str:
    """The code of an event's word; an unknown word stays as its own type."""
    return f"coalesce({chosen(x, event_words())}, {x})"


def _currency_words() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(map(fold_text, (*words, *ALONE.get(code, ())))) for code, words in CURRENCIES.items()
    }


def currency(x: str, _context: Context) -> str:
    """The ISO code of a currency's sign or name; other codes in capitals."""
    return f"coalesce({chosen(x, _currency_words())}, upper({x}))"
