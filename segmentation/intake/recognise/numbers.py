"""Whether a value is a number, and which mark a column writes its decimals with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_UNITS: Final = re.compile(r"[\s\u00a0\u202f]|€|\$|£|%|EUR|USD|GBP|CHF|euros?|pts?\b|ans\b", re.I)
_NUMBER: Final = re.compile(r"[-+]?(\d+|\d{1,3}([.,']\d{3})+)([.,]\d+)?([eE][-+]?\d+)?-?|[-+]?[.,]\d+")
_GROUPED: Final = {mark: re.compile(rf"[-+]?[1-9]\d{{0,2}}(\{mark}\d{{3}})+") for mark in ",."}
_CODE: Final = re.compile(r"0\d+")


def bare(text: str) -> str:
    """A number without its spaces and units; accounting parentheses become a minus."""
    text = _UNITS.sub("", text)
    return "-" + text[1:-1] if text.startswith("(") and text.endswith(")") else text


def is_number(text: str) -> bool:
    """An amount or a quantity in any usual writing; a code with leading zeros is not one."""
    text = bare(text)
    return 0 < len(text) <= 20 and _NUMBER.fullmatch(text) is not None and _CODE.fullmatch(text) is None


def decimal_mark(values: Iterable[str]) -> str | None:
    """``,`` or ``.``, decided on the whole column; None when every value is whole.

    Where both marks stand in one value the last one is the decimal; a mark followed by three figures only
    everywhere separates thousands.
    """
    votes = {",": 0, ".": 0}
    thousands = {",": 0, ".": 0}
    for text in values:
        text = bare(text)
        comma, dot = text.rfind(","), text.rfind(".")
        if comma >= 0 and dot >= 0:
            votes["," if comma > dot else "."] += 1
        elif comma >= 0 or dot >= 0:
            mark = "," if comma >= 0 else "."
            grouped = _GROUPED[mark].fullmatch(text)
            (thousands if grouped else votes)[mark] += 1
    if votes[","] or votes["."]:
        return "," if votes[","] > votes["."] else "."
    if thousands["."] or thousands[","]:
        return "." if thousands[","] > thousands["."] else ","
    return None
