"""How currencies are written: their signs, codes and names, alone in a cell or beside an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.clean.context import literal

CURRENCIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "EUR": ("€", "eur", "euro", "euros"),
        "CAD": ("cad", "ca$", "ca $", "c$", "c $", "$ca", "$ ca"),
        "AUD": ("aud", "a$", "au$"),
        "NZD": ("nzd", "nz$"),
        "HKD": ("hkd", "hk$"),
        "BRL": ("brl", "r$"),
        "USD": ("$", "usd", "us$", "dollar", "dollars"),
        "GBP": ("£", "gbp", "livre sterling", "livres sterling", "pound", "pounds"),
        "CHF": ("chf", "fr.", "sfr", "franc suisse", "francs suisses"),
        "JPY": ("¥", "jpy", "yen", "yens"),
        "XOF": ("xof", "fcfa", "f cfa"),
        "MAD": ("mad", "dh", "dhs"),
        "PLN": ("pln", "zł"),
    }
)
"""Each code with what is written for it; one that holds another's sign comes before it."""
ALONE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"EUR": ("eu",), "GBP": ("livre", "livres")})
"""What says a currency only where nothing else is written: beside an amount, « livre » is a book."""

_OTHERS: Final = (
    "AED ARS BGN CLP CNY COP CZK DKK DZD EGP HUF ILS INR ISK KRW MUR MXN NOK PHP RON RSD SAR SEK SGD THB TND"
    " TRY TWD UAH VND XAF XPF ZAR"
).split()


def _pattern(words: tuple[str, ...]) -> str:
    """Any of the words, in capitals, none of them inside a longer word (edges know plain letters only)."""
    edge = re.compile(r"[A-Z0-9]")
    return "|".join(
        (r"\b" if edge.match(word[0]) else "") + re.escape(word) + (r"\b" if edge.match(word[-1]) else "")
        for word in (one.upper() for one in words)
    )


_PATTERNS: Final = {code: _pattern(words) for code, words in CURRENCIES.items()}
_CODES: Final = rf"\b({'|'.join(_OTHERS)})\b"


def code_in(x: str) -> str:
    """SQL of the currency a written amount says, NULL when it says none."""
    text = f"upper({x})"
    known = " ".join(
        f"WHEN regexp_matches({text}, {literal(pattern)}) THEN '{code}'"
        for code, pattern in _PATTERNS.items()
    )
    return f"CASE {known} ELSE nullif(regexp_extract({text}, {literal(_CODES)}), '') END"


def said_in(text: str) -> str:
    """The currency that a text says, "" when it says none."""
    known = (code for code, pattern in _PATTERNS.items() if re.search(pattern, text.upper()))
    return next(known, "") or next(iter(re.findall(_CODES, text.upper())), "")
