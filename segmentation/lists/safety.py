"""No cell of a file may run: what a text becomes in a workbook and in a CSV.

A workbook's cells are written as text, so only what its format forbids is taken out. A spreadsheet runs a
CSV's text that begins like a formula (OWASP ASVS 5.0, 1.2.10): an apostrophe goes before it, except before
plain numbers and E.164 phones, which campaign tools need bare; the intake takes the apostrophe back.
"""

from __future__ import annotations

import re
from decimal import Decimal

LONGEST = 32_767
"""Characters in a cell of a workbook."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_RUNS = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_HARMLESS = re.compile(r"-?[0-9]+([.,][0-9]+)?|\+[0-9]{6,15}")


def cell_text(text: str) -> str:
    """``text`` as a cell of a workbook can hold it: no control character but tab and line feed, cut."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def csv_text(text: str) -> str:
    """``text`` as a CSV's cell: no control character, and nothing a spreadsheet would run."""
    plain = _CONTROLS.sub("", text)
    return f"'{plain}" if _RUNS.match(plain) and not _HARMLESS.fullmatch(plain) else plain


def plain_number(number: int | float | Decimal, decimal: str = ".") -> str:
    """A number in plain figures (never 1E+5), without useless zeros, with that decimal mark."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "") else text).replace(".", decimal)
