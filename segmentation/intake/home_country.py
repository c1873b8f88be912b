"""The country of a file that does not say it, by its own evidence: postal codes, numbers, words of headers.

Without a country, a number is read as France writes it. Another country is told only when one is proved: by
postal codes of a form no other country has, by numbers that France could not read and one country can, or by
the code that the other numbers of the file carry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import phonenumbers

from segmentation.criteria.fields import canonical_fields
from segmentation.intake.clean.code_and_town import code_beside
from segmentation.intake.clean.phones import parsed
from segmentation.intake.clean.places import is_known
from segmentation.intake.header_names import normal_header
from segmentation.intake.read.table import Table
from segmentation.intake.recognise.sample import sample_rows

HOME: Final = "FR"
COUNTRIES: Final = tuple("FR BE CH LU DE ES IT NL PT GB IE US CA AU".split())
"""Countries a file may be of, the one read by default first."""
FEWEST: Final = 3
"""Values below which a column proves nothing."""
_LOOKED: Final = 300
_MOST: Final = 0.8
_APART: Final = 0.2
"""By how much a country must be ahead of the next one."""

_CODED: Final = re.compile(r"\s*(\+|00)")
"""How a number that carries its country begins."""

_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
        "IE": r"[A-Z]\d[\dW] ?(?!\d[A-Z]{2}$)[A-Z\d]{4}",
        "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
        "NL": r"\d{4} ?[A-Z]{2}",
        "PT": r"\d{4}-\d{3}",
        "US": r"\d{5}-\d{4}",
    }
)
"""Postal codes as one country alone writes them."""
_FOUR: Final = ("BE", "CH", "LU", "AU")
"""Countries whose postal codes are four figures, as those of France that lost a zero are."""

_TONGUES: Final[Mapping[frozenset[str], tuple[str, ...]]] = MappingProxyType(
    {
        frozenset(words.split()): tuple(countries.split())
        for words, countries in (
            (
                "surname postcode county mobile landline phone town street address first last",
                "GB IE US CA AU",
            ),
            ("vorname nachname plz ort strasse telefon handy mobil", "DE CH LU"),
            ("nombre apellidos apellido movil ciudad provincia direccion correo", "ES"),
            ("cognome cellulare citta provincia indirizzo cap", "IT CH"),
            ("voornaam achternaam telefoon plaats woonplaats straat", "NL BE"),
            ("apelido telemovel morada cidade localidade telefone", "PT"),
            ("prenom nom ville adresse portable telephone", "BE CH LU CA"),
        )
    }
)
"""Words of headers in one language → where people write so; two of them are needed."""


def asks_country(mapping: Mapping[int, str | None]) -> bool:
    """Whether a file has numbers and no column says their country."""
    held = set(mapping.values())
    return "contacts.country" not in held and bool(_of_type(mapping, "phone"))


def country_of(table: Table, mapping: Mapping[int, str | None]) -> str:
    """The ISO code of the country that a file proves, "" when it proves none or another column says it."""
    if not asks_country(mapping):
        return ""
    codes, towns = (_of_type(mapping, kind) for kind in ("postal_code", "city"))
    return _proved(table, _of_type(mapping, "phone"), codes, towns)


def _of_type(mapping: Mapping[int, str | None], kind: str) -> tuple[int, ...]:
    keys = {
        f"{entity}.{f.key}" for entity, rows in canonical_fields().items() for f in rows if f.type == kind
    }
    return tuple(sorted(index for index, field in mapping.items() if field in keys))


@lru_cache(maxsize=32)
def _proved(table: Table, phones: tuple[int, ...], codes: tuple[int, ...], towns: tuple[int, ...]) -> str:
    if not table.path.exists():
        return ""
    rows = sample_rows(table)
    every = _values(rows, phones)
    numbers = [text for text in every if not _CODED.match(text)][:_LOOKED]
    if len(numbers) < FEWEST:
        return ""
    written = [code_beside(text) or text.upper() for text in _values(rows, codes)]
    written += filter(None, map(code_beside, _values(rows, towns)))
    spoken = _spoken(table.headers)
    proved = _by_code(written)
    if proved is not None:
        return _best(numbers, proved, least=0.5)
    four = [code for code in written if re.fullmatch(r"\d{4}", code)]
    french = sum(is_known(f"0{code}") for code in four) > _MOST * len(four)
    if len(four) >= max(FEWEST, _MOST * len(written)) and not french:
        return _best(numbers, [code for code in _FOUR if code in (spoken or _FOUR)])
    at_home = sum(bool(re.fullmatch(r"(33|0)0?[1-79]\d{8}", re.sub(r"\D", "", text))) for text in numbers)
    coded = _by_prefix(every)
    if at_home >= 0.5 * len(numbers) or HOME in coded:
        return ""
    return _best(numbers, coded or [code for code in COUNTRIES[1:] if code in (spoken or COUNTRIES)])


def _values(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[str]:
    """The different filled cells of some columns."""
    return list(dict.fromkeys(row[at].strip() for row in rows for at in columns if row[at].strip()))


def _spoken(headers: Sequence[str]) -> tuple[str, ...]:
    """The countries where people write headers so, none when no language is told."""
    words = {word for header in headers for word in normal_header(header).split()}
    told = sorted(((len(said & words), where) for said, where in _TONGUES.items()), reverse=True)
    return told[0][1] if told[0][0] >= 2 and told[0][0] > told[1][0] else ()


def _by_code(codes: Sequence[str]) -> list[str] | None:
    """The country whose form most codes have, None when they have no form of one country."""
    if len(codes) < FEWEST:
        return None
    shares = {code: sum(bool(re.fullmatch(form, text)) for text in codes) for code, form in _CODES.items()}
    best = max(shares, key=shares.__getitem__)
    return [best] if shares[best] >= _MOST * len(codes) else None


def _by_prefix(numbers: Sequence[str]) -> list[str]:
    """The country that most of the numbers with a code name, none when they are few."""
    written = [parsed(text, HOME) for text in numbers if _CODED.match(text)][:_LOOKED]
    named = Counter(
        phonenumbers.region_code_for_number(phonenumbers.parse(text))
        for text in written
        if text.startswith("+")
    )
    told = [code for code, times in named.items() if times >= max(FEWEST, _MOST * len(written))]
    return [code for code in told if code in COUNTRIES]


def _best(numbers: Sequence[str], among: Sequence[str], *, least: float = _MOST) -> str:
    """The country of ``among`` that reads enough of the numbers, well ahead of the others; else ""."""
    shares = {code: sum(_reads(text, code) for text in numbers) / len(numbers) for code in among}
    ranked = sorted(among, key=lambda code: -shares[code])
    if not ranked or shares[ranked[0]] < least:
        return ""
    ahead = len(ranked) == 1 or shares[ranked[0]] - shares[ranked[1]] >= _APART
    return ranked[0] if ahead else ""


def _reads(text: str, country: str) -> bool:
    """Whether a number is one of ``country``; those of one plan (+1) are told apart by their area."""
    written = parsed(text, country)
    if not written.startswith("+"):
        return False
    return country not in ("US", "CA") or (
        phonenumbers.region_code_for_number(phonenumbers.parse(written)) == country
    )
