"""The shapes a value can have: each reads what the criterion says for the type of the field, or refuses it.

A reader takes (value, field) and gives the typed value a builder expects; ValueError means "not this shape".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from segmentation.criteria.catalogue import Field
from segmentation.criteria.codec_values import UNITS
from segmentation.criteria.nodes import Other, Place, Span, Value

Reader = Callable[[Value, Field], object]
MOST_NUMBER = 10**15
_RE2_REFUSES = re.compile(r"\(\?[=!>]|\(\?<[=!]|(?<!\\)(\\\\)*\\[1-9]")


def _nothing(value: Value, _field: Field) -> None:
    if value is not None:
        raise ValueError


def _text(value: Value, _field: Field) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or not str(value).strip():
        raise ValueError
    return unicodedata.normalize("NFC", str(value))


def _texts(value: Value, field: Field) -> tuple[str, ...]:
    items = value if isinstance(value, tuple) else (value,)
    if not items:
        raise ValueError
    return tuple(_text(item, field) for item in items)


def _pattern(value: Value, field: Field) -> str:
    pattern = _text(value, field)
    if _RE2_REFUSES.search(pattern):
        raise ValueError
    try:
        re.compile(pattern)
    except re.error:
        raise ValueError from None
    return pattern


def number(value: Value, field: Field) -> int | float | Decimal:
    """A finite number below 10^15, exact (Decimal) when the field is money."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < MOST_NUMBER:
        raise ValueError
    if float(value).is_integer():
        return int(value)
    return round(Decimal(repr(value)), 9) if field.type == "money" else value


def _number_or_field(value: Value, field: Field) -> object:
    return value if isinstance(value, Other) else number(value, field)


def _range(value: Value, field: Field) -> tuple[object, object]:
    low, high = _two(value)
    read = tuple(None if end is None else number(end, field) for end in (low, high))
    if read[0] is not None and read[1] is not None and read[0] > read[1]:
        raise ValueError
    return read[0], read[1]


def _percent(value: Value, _field: Field) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 100:
        raise ValueError
    return round(Decimal(repr(value)), 6)


def _boolean(value: Value, _field: Field) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def day(value: Value) -> date:
    """A day written YYYY-MM-DD (a time after it is left aside)."""
    if not isinstance(value, str):
        raise ValueError
    return date.fromisoformat(value[:10])


def _day_or_field(value: Value, _field: Field) -> object:
    return value if isinstance(value, Other) else day(value)


def _days(value: Value, _field: Field) -> tuple[date | None, date | None]:
    low, high = (None if end is None else day(end) for end in _two(value))
    if low is not None and high is not None and low > high:
        raise ValueError
    return low, high


def _span(value: Value, _field: Field) -> Span:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Span(value, "day")
    if not isinstance(value, Span) or value.to is not None:
        raise ValueError
    return value


def _ages(value: Value, _field: Field) -> Span:
    if isinstance(value, tuple):
        low, high = _two(value)
        if isinstance(low, int) and isinstance(high, int) and 0 <= low <= high:
            return Span(low, "day", to=high)
    if not isinstance(value, Span) or value.to is None or value.n > value.to:
        raise ValueError
    return value


def _unit(value: Value, _field: Field) -> str:
    if isinstance(value, Span) and value.n == 1 and value.to is None:
        return value.unit
    if value not in UNITS:
        raise ValueError
    return str(value)


def _between(low: int, high: int) -> Reader:
    def read(value: Value, _field: Field) -> tuple[int, ...]:
        items = value if isinstance(value, tuple) else (value,)
        numbers = tuple(item for item in items if isinstance(item, int) and not isinstance(item, bool))
        if not items or len(numbers) != len(items) or not all(low <= item <= high for item in numbers):
            raise ValueError
        return tuple(sorted(set(numbers)))

    return read


def _hours(value: Value, _field: Field) -> tuple[int, int]:
    start, end = _two(value)
    good = all(
        isinstance(hour, int) and not isinstance(hour, bool) and 0 <= hour <= 24 for hour in (start, end)
    )
    if not good or start == end:
        raise ValueError
    assert isinstance(start, int) and isinstance(end, int)
    return start, end


def _place(value: Value, _field: Field) -> Place:
    if not isinstance(value, Place) or not 0 < value.km <= 1000:
        raise ValueError
    return value


def _size(value: Value, _field: Field) -> tuple[int | None, int | None]:
    low, high = (value, value) if isinstance(value, int) else _two(value)
    for end in (low, high):
        if end is not None and (isinstance(end, bool) or not isinstance(end, int) or end < 0):
            raise ValueError
    assert isinstance(low, int | None) and isinstance(high, int | None)
    return low, high


def _two(value: Value) -> tuple[Value, Value]:
    if not isinstance(value, tuple) or len(value) != 2 or value == (None, None):
        raise ValueError
    return value[0], value[1]


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "none": _nothing,
        "text": _text,
        "texts": _texts,
        "pattern": _pattern,
        "number": _number_or_field,
        "range": _range,
        "percent": _percent,
        "boolean": _boolean,
        "day": _day_or_field,
        "days": _days,
        "span": _span,
        "ages": _ages,
        "unit": _unit,
        "months": _between(1, 12),
        "weekdays": _between(1, 7),
        "hours": _hours,
        "place": _place,
        "size": _size,
    }
)
"""Each shape by name; ``shape.<name>`` of the catalogues says it to a person."""
