"""Whether a value is a date, and which of day, month and year comes first in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_TIME: Final = (
    r"(?:[ T]+\d{1,2}(?:[:hH]\d{2}(?::\d{2}(?:[.,]\d+)?)?)?\s*"
    r"(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.I)
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.I)
_COMPACT: Final = re.compile(
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?Z?|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)?"
)
_MONTHS: Final = (
    r"(?:janv?|f[ée]vr?|mars?|avr|apr|mai|may|juin|june?|juil|july?|jul|ao[uû]t|aug|sept?|oct|nov|d[ée]c|feb|jan)"
    r"[a-zéû]*\.?"
)
_SPELLED: Final = re.compile(
    rf"(?:[a-z]+\.?,? )?\d{{1,2}}(?:er|st|nd|rd|th)?[ .-]{_MONTHS}[ .,-]*\d{{2,4}}{_TIME}"
    rf"|(?:[a-z]+\.?,? )?{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}{_TIME}",
    re.I,
)


def is_date(text: str) -> bool:
    """A day, with or without its time, in any usual writing."""
    if not 6 <= len(text) <= 40:
        return False
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[2]) <= 12 and int(found[3]) <= 31
    if found := _YEAR_LAST.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        return first <= 31 and second <= 31 and min(first, second) <= 12
    return _COMPACT.fullmatch(text) is not None or _SPELLED.fullmatch(text) is not None


def date_order(values: Iterable[str]) -> tuple[str | None, bool]:
    """(``dmy``, ``mdy`` or ``ymd``; whether it is a guess). Decided on the whole column, never per cell.

    A first part above 12 proves day first, a second part above 12 proves month first; neither, or both,
    gives day first as a guess. Dates that begin with four digits are plain by themselves: the others beside
    them decide (a workbook's own dates among dates typed as text). None when the column holds no date
    written in figures.
    """
    day_first = month_first = year_first = either = 0
    for text in values:
        if _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
            year_first += 1
        elif found := _YEAR_LAST.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            day_first += first > 12
            month_first += second > 12
            either += first <= 12 and second <= 12
    if not (day_first or month_first or either):
        return ("ymd" if year_first else None), False
    if day_first and month_first:
        return ("dmy" if day_first >= month_first else "mdy"), True
    if month_first:
        return "mdy", False
    return "dmy", not day_first
