"""The JSON of what nodes hold: texts, numbers, days, lengths of time, places and windows, each refused with
its path."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from segmentation.criteria.nodes import Other, Place, Scalar, Span, Value, Window, joined
from segmentation.errors import CriterionError

MAX_VALUES = 100_000


UNITS = ("day", "week", "month", "quarter", "year")


Json = Mapping[str, object]


def window_from_json(obj: object, path: str) -> Window:
    if not isinstance(obj, Mapping):
        raise refused(path, "window")
    for kind in ("this", "previous"):
        if set(obj) == {kind}:
            return Window(kind, unit=unit_at(obj[kind], joined(path, kind)))
    if set(obj) == {"between"}:
        start, end = _pair(obj["between"], joined(path, "between"))
        return Window("between", start=_day(start, path), end=_day(end, path))
    for kind in ("last", "older_than"):
        if kind in obj and set(obj) <= {kind, "unit"}:
            unit = unit_at(obj.get("unit", "day"), joined(path, "unit"))
            return Window(kind, n=whole_at(obj[kind], joined(path, kind)), unit=unit)
    if "ago_between" in obj and set(obj) <= {"ago_between", "unit"}:
        low, high = _pair(obj["ago_between"], joined(path, "ago_between"))
        unit = unit_at(obj.get("unit", "day"), joined(path, "unit"))
        return Window("ago_between", n=whole_at(low, path), to=whole_at(high, path), unit=unit)
    raise refused(path, "window")


def value_from_json(obj: object, path: str) -> Value:
    if isinstance(obj, Mapping):
        return _object(obj, path)
    if isinstance(obj, Sequence) and not isinstance(obj, str):
        if len(obj) > MAX_VALUES:
            raise CriterionError("error.criterion.too_many", path=path, most=MAX_VALUES)
        return tuple(_scalar(item, joined(path, str(rank))) for rank, item in enumerate(obj))
    return _scalar(obj, path)


def _object(obj: Json, path: str) -> Value:
    keys = set(obj)
    if keys == {"unit"}:
        return unit_at(obj["unit"], joined(path, "unit"))
    if {"of", "km"} == keys:
        return Place(text_at(obj, "of", path), number_at(obj["km"], joined(path, "km")))
    if "field" in keys and keys <= {"field", "times"}:
        return Other(text_at(obj, "field", path), number_at(obj.get("times", 1), joined(path, "times")))
    unit = unit_at(obj.get("unit", "day"), joined(path, "unit"))
    today = flag_at(obj, "today", path) if "today" in obj else None
    if {"from", "to"} <= keys <= {"from", "to", "unit"}:
        low, high = obj["from"], obj["to"]
        return Span(whole_at(low, joined(path, "from")), unit, to=whole_at(high, joined(path, "to")))
    if "n" in keys and keys <= {"n", "unit", "today"}:
        return Span(whole_at(obj["n"], joined(path, "n")), unit, today=today)
    raise refused(path, "value")


def text_at(obj: Json, key: str, path: str) -> str:
    value = obj.get(key)
    if not isinstance(value, str) or not value.strip():
        raise refused(joined(path, key), "text")
    return value


def flag_at(obj: Json, key: str, path: str) -> bool:
    value = obj.get(key, False)
    if not isinstance(value, bool):
        raise refused(joined(path, key), "boolean")
    return value


def number_at(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise refused(path, "number")
    return value


def whole_at(value: object, path: str, *, least: int = 0) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 2_000_000_000:
        raise refused(path, "integer")
    return value


def unit_at(value: object, path: str) -> str:
    if value not in UNITS:
        raise refused(path, "unit")
    return str(value)


def _pair(value: object, path: str) -> tuple[object, object]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise refused(path, "range")
    return value[0], value[1]


def _day(value: object, path: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise refused(path, "date") from None


def _scalar(value: object, path: str) -> Scalar:
    if value is None or isinstance(value, (str, bool)):
        return value
    return number_at(value, path)


def only(obj: Json, known: set[str], path: str) -> None:
    for key in obj:
        if key not in known:
            raise CriterionError("error.criterion.key", path=joined(path, str(key)), name=str(key))


def refused(path: str, expected: str) -> CriterionError:
    return CriterionError(f"error.criterion.value.{expected}", path=path)


def kept(obj: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in obj.items() if value is not None}


def flags(**flags: bool) -> dict[str, object]:
    return {name: True for name, value in flags.items() if value}


def value_to_json(value: Value) -> object:
    match value:
        case Span(n, unit, to, today):
            if to is not None:
                return {"from": n, "to": to, "unit": unit}
            return kept({"n": n, "unit": unit, "today": today})
        case Place(of, km):
            return {"of": of, "km": km}
        case Other(field, times):
            return {"field": field} | ({} if times == 1 else {"times": times})
        case tuple():
            return list(value)
        case _:
            return value


def window_to_json(window: Window) -> dict[str, object]:
    if window.kind in ("this", "previous"):
        return {window.kind: window.unit}
    if window.kind == "between":
        return {"between": [window.start, window.end]}
    if window.kind == "ago_between":
        return {"ago_between": [window.n, window.to], "unit": window.unit}
    return {window.kind: window.n, "unit": window.unit}
