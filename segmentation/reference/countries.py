"""Which country a cell names: ISO codes, names in five languages, and what people write instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.reference.files import COUNTRIES, COUNTRY_ALIASES, rows

# Parts of France that have an ISO code of their own, with the département their postal codes start with.
FRENCH_TERRITORIES: Final = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976", "BL": "977", "MF": "978",
    "TF": "984", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes and its names."""

    iso2: str
    iso3: str
    french: str
    english: str

    def name(self, language: str) -> str:
        """Its name in a language: English in "en", else French."""
        return self.english if language == "en" else self.french


@cache
def _by_code() -> dict[str, Country]:
    return {row["iso2"]: Country(row["iso2"], row["iso3"], row["fr"], row["en"]) for row in rows(COUNTRIES)}


@cache
def spellings() -> dict[str, str]:
    """Folded spelling → ISO 2 code; a country's own names win over aliases."""
    found = {_key(row["alias"]): row["iso2"] for row in rows(COUNTRY_ALIASES)}
    for row in rows(COUNTRIES):
        for column in ("it", "de", "es", "en", "fr", "iso3", "iso2"):
            found[_key(row[column])] = row["iso2"]
    return found


@cache
def spellings_of(code: str) -> tuple[str, ...]:
    """Every folded way of writing the country of an ISO 2 code; a French territory's include France's."""
    wanted = {code, "FR"} if code in FRENCH_TERRITORIES else {code}
    return tuple(text for text, iso in spellings().items() if iso in wanted)


def country_code(written: str | None) -> str | None:
    """« Suisse », « CH », « che », « U.S.A. » → ISO 2 code; None when empty or not recognised."""
    return spellings().get(_key(written)) if written else None


def country(code: str) -> Country | None:
    """The country of an ISO 2 code."""
    return _by_code().get(code.upper())


def countries() -> tuple[Country, ...]:
    return tuple(_by_code().values())


@cache
def _by_name() -> dict[str, Country]:
    """Folded French or English name → country; a code is no name, « NA » may mean that nothing is known."""
    return {_key(name): known for known in countries() for name in (known.french, known.english)}


def shown(written: str, language: str) -> str:
    """A country kept under its French or English name, in a language: « Allemagne » → Germany for "en".

    Any other text stays as it is written.
    """
    known = _by_name().get(_key(written))
    return known.name(language) if known else written


def is_french(code: str | None) -> bool:
    """Whether French postal codes are used there: France, its overseas territories, or nothing said."""
    return not code or code == "FR" or code in FRENCH_TERRITORIES


def _key(text: str) -> str:
    words = fold_text(text).replace(".", "").replace("(", " ").replace(")", " ").split()
    return " ".join(word for word in words if word != "the")
