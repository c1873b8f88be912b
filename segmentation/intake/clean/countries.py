"""A country named in a file: its ISO code, so that a phone or a postal code is read by its country's rules,
and one spelling, so that « FR » and « France » are one country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.context import Context, literal
from segmentation.reference.countries import country, country_code, spellings

TONGUES = ("fr", "en")
"""The languages in which a column's countries are named, the usual one first."""

AMBIGUOUS = frozenset({"na", "nc"})
UNKNOWN = "??"
"""The code of a word that no list knows: not France, and not empty."""


def iso_code(text: str) -> str:
    """FR for « France », « FR » or « FRA »; "" for no text, ``UNKNOWN`` for a word that is no country."""
    return (country_code(text) or UNKNOWN) if text.strip() else ""


def tongue_of(written: Mapping[str, int]) -> str:
    """The language in which a column names countries, from how often each text stands in it; else French."""
    votes = dict.fromkeys(TONGUES, 0)
    for text, count in written.items():
        known = country(country_code(text) or "")
        for tongue in TONGUES:
            votes[tongue] += count * (known is not None and fold_text(known.name(tongue)) == fold_text(text))
    return max(TONGUES, key=votes.__getitem__)


def as_kept(text: str, kept: Iterable[str]) -> str:
    """« Allemagne » for « Germany » where ``kept`` has it so, the first one; else the text."""
    code = _certain(text)
    return next((name for name in kept if code and _certain(name) == code), text)


def _certain(text: str) -> str | None:
    return None if fold_text(text) in AMBIGUOUS else country_code(text)


def one_name(x: str, context: Context) -> str:
    """« France » for « FR », « FRA » or « france », in the column's language; other words stay.

    « NA » and « NC » stay: they mean that nothing is known more often than Namibia or New Caledonia.
    """
    names = {
        spelling: known.name(context.tongue)
        for spelling, code in spellings().items()
        if spelling not in AMBIGUOUS and (known := country(code)) is not None
    }
    listed = ", ".join(map(literal, names))
    found = ", ".join(map(literal, names.values()))
    return f"coalesce(MAP([{listed}], [{found}])[replace(fold_text({x}), '.', '')], {x})"
