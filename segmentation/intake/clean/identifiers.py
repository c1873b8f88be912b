"""Identifiers stay text: a number's false decimals leave, a damaged one is refused rather than guessed."""

from __future__ import annotations

from segmentation.intake.clean.context import Context


def without_decimals(x: str, _context: Context) -> str:
    """17850.0 is 17850: a spreadsheet or a table library once took the id for a number."""
    return f"CASE WHEN {x} LIKE '%.0' THEN regexp_replace({x}, '^([0-9]+)\\.0+$', '\\1') ELSE {x} END"


def without_damage(x: str, _context: Context) -> str:
    """NULL for 3.36E+11: the last digits are lost, and two people could share what remains."""
    return (
        f"CASE WHEN contains(lower({x}), 'e+') AND regexp_full_match({x},"
        f" '[0-9]([.,][0-9]+)?[eE]\\+[0-9]+') THEN NULL ELSE {x} END"
    )


def digits_only(x: str, _context: Context) -> str:
    """A SIREN or SIRET without the spaces and dots of its presentation."""
    return (
        f"CASE WHEN regexp_full_match({x}, '[0-9][0-9 .\u00a0-]+') THEN regexp_replace({x}, '[^0-9]', '',"
        f" 'g') ELSE {x} END"
    )


def upper_code(x: str, _context: Context) -> str:
    """A VAT or activity code in capitals, without spaces."""
    return f"upper(replace({x}, ' ', ''))"


def lower_link(x: str, _context: Context) -> str:
    """A web address without the spaces pasted around or inside it."""
    return f"replace({x}, ' ', '')"
