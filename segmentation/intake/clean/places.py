"""Postal codes, towns and départements: text with its leading zeros, without CEDEX."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.intake.clean.context import Context
from segmentation.reference.geography import place_of


def postal_form(x: str, _context: Context) -> str:
    """« F-75 001 », « 75001.0 » → « 75001 »; codes with letters keep them, in capitals."""
    bare = f"regexp_replace(upper({x}), '^(F|FR)[ -]*([0-9])', '\\2')"
    return (
        f"CASE WHEN length({x}) = 5 AND TRY_CAST({x} AS INTEGER) IS NOT NULL THEN {x} WHEN"
        f" regexp_full_match({bare}, '[0-9][0-9 ]*(\\.0)?') THEN replace(regexp_replace({bare}, '\\.0$',"
        " ''), ' ', '')"
        f" ELSE {bare} END"
    )


def with_zero(x: str, context: Context) -> str:
    """The 0 a spreadsheet took from a French postal code (01000 → 1000), put back when the country allows it.

    Without a country, only in a column whose four-digit codes are mostly French ones (``context.french``):
    Belgium, Switzerland and Luxembourg have four digits.
    """
    allowed = "('FR', '')" if context.french else "('FR')"
    home = f"{context.country} IN {allowed}"
    return f"CASE WHEN {home} AND regexp_full_match({x}, '[1-9][0-9]{{3}}') THEN '0' || {x} ELSE {x} END"


def mostly_french(codes: Sequence[str], has_five_digits: bool) -> bool:
    """Whether four-digit codes that lost a 0 are French: most of them exist, or the column has French ones
    too.
    """
    known = sum(1 for code in codes if is_known("0" + code))
    return has_five_digits or known * 2 > len(codes)


def is_known(code: str) -> bool:
    """Whether France has that postal code."""
    place = place_of(code)
    return place is not None and place.precise


def without_cedex(x: str, _context: Context) -> str:
    """« LYON CEDEX 03 » → « LYON »: the letterbox of companies is not a town."""
    return (
        f"CASE WHEN {x} ILIKE '%cedex%' THEN trim(regexp_replace({x}, '\\s*\\bcedex\\b(\\s*\\d+)?', '',"
        f" 'i')) ELSE {x} END"
    )


def department_zero(x: str, _context: Context) -> str:
    """« 1 » → « 01 » among département numbers."""
    return (
        f"CASE WHEN regexp_full_match({x}, '[1-9](\\.0)?') THEN '0' || {x}[:1] ELSE regexp_replace({x},"
        " '^([0-9]+)\\.0$', '\\1') END"
    )
