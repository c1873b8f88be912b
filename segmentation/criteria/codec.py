"""The JSON form (version 1) of criteria and segments, both ways; an error names the path of the faulty part.

What is written is canonical: defaults are left out, so equal criteria give equal JSON.
Besides DESIGN's forms it reads ``{"event": "order"}`` as "at least once", ``{"from": 30, "to": 60, "unit":
"day"}`` for ``ago_between``, ``{"unit": "month"}`` or ``"month"`` for calendar operators, ``{"field": f,
"times": k}`` for a comparison with another field, and for "X then Y"
``{"event": "email_open", "then": {"event": "order", "within": {"n": 30, "unit": "day"}, "where": …,
"absent": true}}``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date

from segmentation.criteria.nodes import (
    All,
    Any,
    Condition,
    Criterion,
    EventCondition,
    InGroup,
    InSegment,
    Not,
    Other,
    Place,
    Sample,
    Scalar,
    Span,
    Then,
    Top,
    Value,
    Window,
    joined,
)
from segmentation.criteria.segment import Limit, Segment
from segmentation.errors import CriterionError

VERSION = 1
MAX_DEPTH = 40
MAX_VALUES = 100_000
UNITS = ("day", "week", "month", "quarter", "year")
Json = Mapping[str, object]

_KEYS: Mapping[str, frozenset[str]] = {
    "all": frozenset(),
    "any": frozenset(),
    "not": frozenset(),
    "field": frozenset({"op", "value", "unknown", "exact"}),
    "event": frozenset({"measure", "op", "value", "of", "within", "where", "at_least", "then", "unknown"}),
    "segment": frozenset(),
    "group": frozenset(),
    "sample": frozenset(),
    "top": frozenset({"by", "lowest"}),
}
"""The key that names each kind of node, and the keys it may carry beside."""


def criterion_from_json(obj: object, path: str = "") -> Criterion:
    """The criterion an object read from JSON says; CriterionError with ``path`` when it says none."""
    return _criterion(obj, path, 0)


def segment_from_json(obj: object) -> Segment:
    """A saved segment, or a bare criterion as the segment that includes it."""
    if not isinstance(obj, Mapping) or not ({"include", "version"} & set(obj)):
        return Segment(criterion_from_json(obj))
    _only(obj, {"version", "include", "exclude", "limit", "added", "removed"}, "")
    version = obj.get("version", VERSION)
    if version != VERSION:
        raise CriterionError("error.criterion.version", version=version, path="version")
    exclude = obj.get("exclude")
    return Segment(
        include=criterion_from_json(obj.get("include", {"all": []})),
        exclude=None if exclude is None else criterion_from_json(exclude, "exclude"),
        limit=_limit(obj.get("limit")),
        added=_ids(obj.get("added"), "added"),
        removed=_ids(obj.get("removed"), "removed"),
    )


def criterion_to_json(node: Criterion) -> dict[str, object]:
    """The JSON object of a criterion, defaults left out."""
    match node:
        case All(children):
            return {"all": [criterion_to_json(child) for child in children]}
        case Any(children):
            return {"any": [criterion_to_json(child) for child in children]}
        case Not(child):
            return {"not": criterion_to_json(child)}
        case Condition():
            return _kept({"field": node.field, "op": node.op, "value": _plain(node.value)}) | _flags(
                unknown=node.unknown, exact=node.exact
            )
        case EventCondition():
            return _event_to_json(node)
        case InSegment(key):
            return {"segment": key}
        case InGroup(name):
            return {"group": name}
        case Sample():
            return {"sample": _kept({"percent": node.percent, "n": node.n, "seed": node.seed})}
        case Top():
            return {"top": node.n, "by": node.by} | _flags(lowest=node.lowest)


def segment_to_json(segment: Segment) -> dict[str, object]:
    """The JSON object of a saved segment; empty parts are left out."""
    limit: dict[str, object] = {}
    if segment.limit is not None:
        limit |= criterion_to_json(segment.limit.top) if segment.limit.top else {}
        limit |= criterion_to_json(segment.limit.sample) if segment.limit.sample else {}
    return {"version": VERSION, "include": criterion_to_json(segment.include)} | _kept(
        {
            "exclude": None if segment.exclude is None else criterion_to_json(segment.exclude),
            "limit": limit or None,
            "added": list(segment.added) or None,
            "removed": list(segment.removed) or None,
        }
    )


def canonical(thing: Criterion | Segment) -> str:
    """One text per meaning: the JSON with sorted keys and no blank. The key of a cached bitmap."""
    obj = segment_to_json(thing) if isinstance(thing, Segment) else criterion_to_json(thing)
    return json.dumps(obj, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _criterion(obj: object, path: str, depth: int) -> Criterion:
    if not isinstance(obj, Mapping):
        raise CriterionError("error.criterion.node", path=path, found=type(obj).__name__)
    if depth > MAX_DEPTH:
        raise CriterionError("error.criterion.too_deep", path=path, most=MAX_DEPTH)
    names = [name for name in _KEYS if name in obj]
    if len(names) != 1:
        raise CriterionError("error.criterion.node", path=path, found=", ".join(map(str, obj)) or "{}")
    name = names[0]
    _only(obj, {name, *_KEYS[name]}, path)
    match name:
        case "all" | "any":
            children = obj[name]
            if not isinstance(children, Sequence) or isinstance(children, str):
                raise _bad(joined(path, name), "list")
            read = tuple(
                _criterion(c, joined(path, f"{name}.{i}"), depth + 1) for i, c in enumerate(children)
            )
            return All(read) if name == "all" else Any(read)
        case "not":
            return Not(_criterion(obj["not"], joined(path, "not"), depth + 1))
        case "field":
            return _condition(obj, path)
        case "event":
            return _event(obj, path, depth)
        case "segment":
            return InSegment(_text(obj, "segment", path))
        case "group":
            return InGroup(_text(obj, "group", path))
        case "sample":
            return _sample(obj["sample"], joined(path, "sample"))
        case _:
            return _top(obj, path)


def _condition(obj: Json, path: str) -> Condition:
    return Condition(
        field=_text(obj, "field", path),
        op=_text(obj, "op", path),
        value=_value(obj.get("value"), joined(path, "value")),
        unknown=_flag(obj, "unknown", path),
        exact=_flag(obj, "exact", path),
    )


def _event(obj: Json, path: str, depth: int) -> EventCondition:
    of, where, then = obj.get("of"), obj.get("where"), obj.get("then")
    bare = "op" not in obj and "value" not in obj
    at_least = obj.get("at_least")
    return EventCondition(
        event=_text(obj, "event", path),
        measure=_text(obj, "measure", path) if "measure" in obj else "count",
        op=">=" if bare else _text(obj, "op", path),
        value=1 if bare else _value(obj.get("value"), joined(path, "value")),
        of=of if of is None or isinstance(of, str) else _criterion(of, joined(path, "of"), depth + 1),
        within=None if obj.get("within") is None else _window(obj["within"], joined(path, "within")),
        where=None if where is None else _criterion(where, joined(path, "where"), depth + 1),
        at_least=None if at_least is None else _whole(at_least, joined(path, "at_least"), least=1),
        then=None if then is None else _then(then, joined(path, "then"), depth),
        unknown=_flag(obj, "unknown", path),
    )


def _then(obj: object, path: str, depth: int) -> Then:
    if not isinstance(obj, Mapping):
        raise _bad(path, "object")
    _only(obj, {"event", "within", "where", "absent"}, path)
    within = _value(obj.get("within"), joined(path, "within"))
    if not isinstance(within, Span) or within.to is not None:
        raise _bad(joined(path, "within"), "span")
    where = obj.get("where")
    inner = None if where is None else _criterion(where, joined(path, "where"), depth + 1)
    return Then(_text(obj, "event", path), within, inner, _flag(obj, "absent", path))


def _window(obj: object, path: str) -> Window:
    if not isinstance(obj, Mapping):
        raise _bad(path, "window")
    for kind in ("this", "previous"):
        if set(obj) == {kind}:
            return Window(kind, unit=_unit(obj[kind], joined(path, kind)))
    if set(obj) == {"between"}:
        start, end = _pair(obj["between"], joined(path, "between"))
        return Window("between", start=_day(start, path), end=_day(end, path))
    for kind in ("last", "older_than"):
        if kind in obj and set(obj) <= {kind, "unit"}:
            unit = _unit(obj.get("unit", "day"), joined(path, "unit"))
            return Window(kind, n=_whole(obj[kind], joined(path, kind)), unit=unit)
    if "ago_between" in obj and set(obj) <= {"ago_between", "unit"}:
        low, high = _pair(obj["ago_between"], joined(path, "ago_between"))
        unit = _unit(obj.get("unit", "day"), joined(path, "unit"))
        return Window("ago_between", n=_whole(low, path), to=_whole(high, path), unit=unit)
    raise _bad(path, "window")


def _value(obj: object, path: str) -> Value:
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
        return _unit(obj["unit"], joined(path, "unit"))
    if {"of", "km"} == keys:
        return Place(_text(obj, "of", path), _number(obj["km"], joined(path, "km")))
    if "field" in keys and keys <= {"field", "times"}:
        return Other(_text(obj, "field", path), _number(obj.get("times", 1), joined(path, "times")))
    unit = _unit(obj.get("unit", "day"), joined(path, "unit"))
    today = _flag(obj, "today", path) if "today" in obj else None
    if {"from", "to"} <= keys <= {"from", "to", "unit"}:
        low, high = obj["from"], obj["to"]
        return Span(_whole(low, joined(path, "from")), unit, to=_whole(high, joined(path, "to")))
    if "n" in keys and keys <= {"n", "unit", "today"}:
        return Span(_whole(obj["n"], joined(path, "n")), unit, today=today)
    raise _bad(path, "value")


def _sample(obj: object, path: str) -> Sample:
    if not isinstance(obj, Mapping):
        raise _bad(path, "object")
    _only(obj, {"percent", "n", "seed"}, path)
    if ("percent" in obj) == ("n" in obj):
        raise _bad(path, "sample")
    seed = obj.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise _bad(joined(path, "seed"), "integer")
    if "n" in obj:
        return Sample(n=_whole(obj["n"], joined(path, "n"), least=1), seed=seed)
    percent = _number(obj["percent"], joined(path, "percent"))
    if not 0 < percent <= 100:
        raise _bad(joined(path, "percent"), "percent")
    return Sample(percent=percent, seed=seed)


def _top(obj: Json, path: str) -> Top:
    return Top(
        _whole(obj["top"], joined(path, "top"), least=1), _text(obj, "by", path), _flag(obj, "lowest", path)
    )


def _limit(obj: object) -> Limit | None:
    if obj is None:
        return None
    if not isinstance(obj, Mapping):
        raise _bad("limit", "object")
    _only(obj, {"top", "by", "lowest", "sample"}, "limit")
    top = _top(obj, "limit") if "top" in obj else None
    sample = _sample(obj["sample"], "limit.sample") if "sample" in obj else None
    if top is None and (sample is None or "by" in obj or "lowest" in obj):
        raise _bad("limit", "limit")
    return Limit(top, sample)


def _ids(obj: object, path: str) -> tuple[int, ...]:
    if obj is None:
        return ()
    if not isinstance(obj, Sequence) or isinstance(obj, str):
        raise _bad(path, "ids")
    return tuple(sorted({_whole(item, joined(path, str(rank))) for rank, item in enumerate(obj)}))


def _text(obj: Json, key: str, path: str) -> str:
    value = obj.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _bad(joined(path, key), "text")
    return value


def _flag(obj: Json, key: str, path: str) -> bool:
    value = obj.get(key, False)
    if not isinstance(value, bool):
        raise _bad(joined(path, key), "boolean")
    return value


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _bad(path, "number")
    return value


def _whole(value: object, path: str, *, least: int = 0) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 2_000_000_000:
        raise _bad(path, "integer")
    return value


def _unit(value: object, path: str) -> str:
    if value not in UNITS:
        raise _bad(path, "unit")
    return str(value)


def _pair(value: object, path: str) -> tuple[object, object]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise _bad(path, "range")
    return value[0], value[1]


def _day(value: object, path: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise _bad(path, "date") from None


def _scalar(value: object, path: str) -> Scalar:
    if value is None or isinstance(value, (str, bool)):
        return value
    return _number(value, path)


def _only(obj: Json, known: set[str], path: str) -> None:
    for key in obj:
        if key not in known:
            raise CriterionError("error.criterion.key", path=joined(path, str(key)), name=str(key))


def _bad(path: str, expected: str) -> CriterionError:
    return CriterionError(f"error.criterion.value.{expected}", path=path)


def _kept(obj: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in obj.items() if value is not None}


def _flags(**flags: bool) -> dict[str, object]:
    return {name: True for name, value in flags.items() if value}


def _plain(value: Value) -> object:
    match value:
        case Span(n, unit, to, today):
            if to is not None:
                return {"from": n, "to": to, "unit": unit}
            return _kept({"n": n, "unit": unit, "today": today})
        case Place(of, km):
            return {"of": of, "km": km}
        case Other(field, times):
            return {"field": field} | ({} if times == 1 else {"times": times})
        case tuple():
            return list(value)
        case _:
            return value


def _event_to_json(node: EventCondition) -> dict[str, object]:
    of = node.of if node.of is None or isinstance(node.of, str) else criterion_to_json(node.of)
    obj: dict[str, object] = {
        "event": node.event,
        "measure": node.measure,
        "op": node.op,
        "value": _plain(node.value),
        "of": of,
        "within": None if node.within is None else _window_to_json(node.within),
        "where": None if node.where is None else criterion_to_json(node.where),
        "at_least": node.at_least,
        "then": None if node.then is None else _then_to_json(node.then),
    }
    return _kept(obj) | _flags(unknown=node.unknown)


def _window_to_json(window: Window) -> dict[str, object]:
    if window.kind in ("this", "previous"):
        return {window.kind: window.unit}
    if window.kind == "between":
        return {"between": [window.start, window.end]}
    if window.kind == "ago_between":
        return {"ago_between": [window.n, window.to], "unit": window.unit}
    return {window.kind: window.n, "unit": window.unit}


def _then_to_json(then: Then) -> dict[str, object]:
    where = None if then.where is None else criterion_to_json(then.where)
    return _kept({"event": then.event, "within": _plain(then.within), "where": where}) | _flags(
        absent=then.absent
    )
