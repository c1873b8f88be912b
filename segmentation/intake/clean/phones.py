"""Telephone numbers in E.164: French ones by their prefix in SQL, the others through phonenumbers.

06 39 98 xx xx and other fiction ranges stay French; overseas prefixes get their own country code.
``sms_number`` rests on ``MOBILE``: French and overseas mobile ranges, other countries as phonenumbers says.
"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from segmentation.intake.clean.context import Context

_PRESENTATION = "abcdefghijklmnopqrstuvwxyzéè :.,;-_/()\u2010\u2011\u2013\u00a0\u202f"

MOBILE = (
    "(regexp_matches({x}, '^\\+33[67]') OR regexp_matches({x},"
    " '^\\+(590690|590691|594694|596696|596697|262692"
    "|262693|262639)'))"
)
"""SQL: an E.164 number in a French or overseas mobile range."""

FORM = "phone_form"
"""The rule that writes French numbers as ``french`` does."""

_ORDINARY = "0([13478][0-9]|2[0-57-9]|5[1-8]|6[0-24-8]|63([0-8]|998))[0-9]*"
ORDINARY = f"(length({{x}}) = 10 AND cc IN ('', 'FR') AND regexp_full_match({{x}}, '{_ORDINARY}'))"
"""SQL: ten figures as France writes them, of no overseas range: only ``french`` changes such a number."""

ORDINARY_VALUE = "'+33' || {x}[2:]"
ORDINARY_MOBILE = "{x}[2] IN ('6', '7')"

HOME = "regexp_matches({x}, '^\\+(33|590|594|596|262|508)')"

DAMAGED = "regexp_full_match({x}, '[0-9]([.,][0-9]+)?[eE]\\+[0-9]+')"


_SEVERAL = "^([+(0-9][0-9 .()+-]{7,}[0-9])[^0-9]*( ?[/;,|\\n]| ou | or )[^0-9+(]*[+(0-9][0-9 ./()-]{7,}.*$"
SEVERAL = f"length({{x}}) > 17 AND regexp_matches({{x}}, '{_SEVERAL}')"
"""SQL: a cell that holds two whole numbers."""
_BETWEEN = re.compile(r" ?[/;,|\n]| ou | or ")
_FRENCH_MOBILE = re.compile(r"((\+|00)?33|0)0?[67]\d{8}")


def first_of_several(x: str, _context: Context) -> str:
    """The first number of a cell that holds two whole numbers."""
    return f"CASE WHEN length({x}) > 17 THEN regexp_replace({x}, '{_SEVERAL}', '\\1') ELSE {x} END"


def mobile_of_several(text: str, country: str) -> str:
    """The mobile of a cell of several numbers whose first is not one; a cell without one stays.

    In a cell that uses "/" inside its numbers, a piece is no number: nothing is chosen.
    """
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    mobiles = [_is_mobile_of(piece, country) for piece in pieces]
    return text if mobiles[0] or True not in mobiles else pieces[mobiles.index(True)]


def _is_mobile_of(text: str, country: str) -> bool:
    """Whether a number as it is written is a mobile of ``country`` or of the one it says."""
    figures = re.sub(r"[^+\d]", "", text.replace("(0)", ""))
    at_home = country in ("", "FR") or figures.startswith(("+33", "0033"))
    if at_home and _FRENCH_MOBILE.fullmatch(figures):
        return True
    written = parsed(text, country)
    return written.startswith("+") and is_mobile(written)


def zeros_typed_as_letters(x: str, _context: Context) -> str:
    """The letter O of a number is its zero: « O6 12 34 O5 78 »; a text with another letter is left alone."""
    typed = f"regexp_full_match({x}, '[+(]?[0-9Oo][0-9Oo .()/-]*') AND regexp_matches({x}, '[Oo]')"
    figures = f"length(regexp_replace({x}, '[^0-9]', '', 'g')) >= 5"
    return f"CASE WHEN {typed} AND {figures} THEN translate({x}, 'Oo', '00') ELSE {x} END"


def with_zero(x: str, context: Context) -> str:
    """The 0 that a spreadsheet took from a nine-digit French number, put back (country French or unknown)."""
    lost = (
        f"{x}[:1] BETWEEN '1' AND '9' AND {context.country} IN ('', 'FR')"
        f" AND regexp_full_match({x}, '[1-9]([ .-]?[0-9]){{8}}(\\.0)?')"
    )
    return f"CASE WHEN {lost} THEN '0' || regexp_replace({x}, '\\.0$', '') ELSE {x} END"


def french(x: str, context: Context) -> str:
    """E.164 for a French number, overseas included; another text stays for phonenumbers."""
    digits = f"translate(replace(lower({x}), '(0)', ''), '{_PRESENTATION}', '')"
    whole = f"regexp_full_match({digits}, '(?:(?:\\+|00)?33|0)0?[1-9][0-9]{{8}}')"
    home = f"({context.country} IN ('', 'FR') OR {digits}[:1] = '+' OR {digits}[:2] = '00')"
    code = (
        "CASE WHEN n[:5] = '63998' THEN '+33' || n WHEN n[:3] IN ('590', '690', '691') THEN '+590' || n"
        " WHEN n[:3] IN ('594', '694') THEN '+594' || n WHEN n[:3] IN ('596', '696', '697') THEN '+596' || n"
        " WHEN n[:3] = '508' THEN '+' || n"
        " WHEN n[:3] IN ('262', '263', '692', '693', '269', '639') THEN '+262' || n ELSE '+33' || n END"
    )
    return (
        f"CASE WHEN {whole} AND {home} THEN list_transform([right({digits}, 9)], lambda n: {code})[1]"
        f" ELSE {x} END"
    )


_MADE_UP = re.compile(r"\+44(7700900|1632960)\d{3}")
"""British numbers kept for fiction, as the French 06 39 98 are: read, though nobody answers them."""

FOREIGN = "NOT regexp_full_match({x}, '\\+[0-9]{8,15}') OR NOT " + HOME
"""SQL: what is not yet a French or overseas E.164 number."""


@lru_cache(maxsize=1 << 16)
def parsed(text: str, country: str) -> str:
    """The E.164 form of a number of ``country`` (ISO code, '' = France); a text that is no number stays."""
    region = country if len(country) == 2 and country.isalpha() else "FR"
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    known = phonenumbers.is_valid_number(number) or _MADE_UP.fullmatch(written)
    return written if known else text


def is_mobile(e164: str) -> bool:
    """Whether a number may receive an SMS, as its country's numbering plan says."""
    if _MADE_UP.fullmatch(e164):
        return e164.startswith("+447")
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    return phonenumbers.number_type(number) in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)
