"""The JSON form (version 1) of criteria and segments, both ways; an error names the path of the faulty part.

What is written is canonical: defaults are left out, so equal criteria give equal JSON.
Besides DESIGN's forms it reads ``{"event": "order"}`` as "at least once", ``{"from": 30, "to": 60, "unit":
"day"}`` for ``ago_between``, ``{"unit": "month"}`` or ``"month"`` for calendar operators, ``{"field": f,
"times": k}`` for a comparison with another field, and for "X then Y"
``{"event": "email_open", "then": {"event": "order", "within": {"n": 30, "unit": "day"}, "where": …,
"absent": true}}``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from segmentation.criteria.codec_values import (
    Json,
    flag_at,
    flags,
    kept,
    number_at,
    only,
    refused,
    text_at,
    value_from_json,
    value_to_json,
    whole_at,
    window_from_json,
    window_to_json,
)
from segmentation.criteria.nodes import (
    All,
    Any,
    Condition,
    Criterion,
    EventCondition,
    InGroup,
    InSegment,
    Not,
    Sample,
    Span,
    Then,
    Top,
    joined,
)
from segmentation.criteria.segment import Limit, Segment
from segmentation.errors import CriterionError

VERSION = 1
MAX_DEPTH = 40

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
    only(obj, {"version", "include", "exclude", "limit", "added", "removed"}, "")
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
            return kept({"field": node.field, "op": node.op, "value": value_to_json(node.value)}) | flags(
                unknown=node.unknown, exact=node.exact
            )
        case EventCondition():
            return _event_to_json(node)
        case InSegment(key):
            return {"segment": key}
        case InGroup(name):
            return {"group": name}
        case Sample():
            return {"sample": kept({"percent": node.percent, "n": node.n, "seed": node.seed})}
        case Top():
            return {"top": node.n, "by": node.by} | flags(lowest=node.lowest)


def segment_to_json(segment: Segment) -> dict[str, object]:
    """The JSON object of a saved segment; empty parts are left out."""
    limit: dict[str, object] = {}
    if segment.limit is not None:
        limit |= criterion_to_json(segment.limit.top) if segment.limit.top else {}
        limit |= criterion_to_json(segment.limit.sample) if segment.limit.sample else {}
    return {"version": VERSION, "include": criterion_to_json(segment.include)} | kept(
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
    only(obj, {name, *_KEYS[name]}, path)
    match name:
        case "all" | "any":
            children = obj[name]
            if not isinstance(children, Sequence) or isinstance(children, str):
                raise refused(joined(path, name), "list")
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
            return InSegment(text_at(obj, "segment", path))
        case "group":
            return InGroup(text_at(obj, "group", path))
        case "sample":
            return _sample(obj["sample"], joined(path, "sample"))
        case _:
            return _top(obj, path)


def _condition(obj: Json, path: str) -> Condition:
    return Condition(
        field=text_at(obj, "field", path),
        op=text_at(obj, "op", path),
        value=value_from_json(obj.get("value"), joined(path, "value")),
        unknown=flag_at(obj, "unknown", path),
        exact=flag_at(obj, "exact", path),
    )


def _event(obj: Json, path: str, depth: int) -> EventCondition:
    of, where, then = obj.get("of"), obj.get("where"), obj.get("then")
    bare = "op" not in obj and "value" not in obj
    at_least = obj.get("at_least")
    return EventCondition(
        event=text_at(obj, "event", path),
        measure=text_at(obj, "measure", path) if "measure" in obj else "count",
        op=">=" if bare else text_at(obj, "op", path),
        value=1 if bare else value_from_json(obj.get("value"), joined(path, "value")),
        of=of if of is None or isinstance(of, str) else _criterion(of, joined(path, "of"), depth + 1),
        within=None if obj.get("within") is None else window_from_json(obj["within"], joined(path, "within")),
        where=None if where is None else _criterion(where, joined(path, "where"), depth + 1),
        at_least=None if at_least is None else whole_at(at_least, joined(path, "at_least"), least=1),
        then=None if then is None else _then(then, joined(path, "then"), depth),
        unknown=flag_at(obj, "unknown", path),
    )


def _then(obj: object, path: str, depth: int) -> Then:
    if not isinstance(obj, Mapping):
        raise refused(path, "object")
    only(obj, {"event", "within", "where", "absent"}, path)
    within = value_from_json(obj.get("within"), joined(path, "within"))
    if not isinstance(within, Span) or within.to is not None:
        raise refused(joined(path, "within"), "span")
    where = obj.get("where")
    inner = None if where is None else _criterion(where, joined(path, "where"), depth + 1)
    return Then(text_at(obj, "event", path), within, inner, flag_at(obj, "absent", path))


def _sample(obj: object, path: str) -> Sample:
    if not isinstance(obj, Mapping):
        raise refused(path, "object")
    only(obj, {"percent", "n", "seed"}, path)
    if ("percent" in obj) == ("n" in obj):
        raise refused(path, "sample")
    seed = obj.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise refused(joined(path, "seed"), "integer")
    if "n" in obj:
        return Sample(n=whole_at(obj["n"], joined(path, "n"), least=1), seed=seed)
    percent = number_at(obj["percent"], joined(path, "percent"))
    if not 0 < percent <= 100:
        raise refused(joined(path, "percent"), "percent")
    return Sample(percent=percent, seed=seed)


def _top(obj: Json, path: str) -> Top:
    return Top(
        whole_at(obj["top"], joined(path, "top"), least=1),
        text_at(obj, "by", path),
        flag_at(obj, "lowest", path),
    )


def _limit(obj: object) -> Limit | None:
    if obj is None:
        return None
    if not isinstance(obj, Mapping):
        raise refused("limit", "object")
    only(obj, {"top", "by", "lowest", "sample"}, "limit")
    top = _top(obj, "limit") if "top" in obj else None
    sample = _sample(obj["sample"], "limit.sample") if "sample" in obj else None
    if top is None and (sample is None or "by" in obj or "lowest" in obj):
        raise refused("limit", "limit")
    return Limit(top, sample)


def _ids(obj: object, path: str) -> tuple[int, ...]:
    if obj is None:
        return ()
    if not isinstance(obj, Sequence) or isinstance(obj, str):
        raise refused(path, "ids")
    return tuple(sorted({whole_at(item, joined(path, str(rank))) for rank, item in enumerate(obj)}))


def _event_to_json(node: EventCondition) -> dict[str, object]:
    of = node.of if node.of is None or isinstance(node.of, str) else criterion_to_json(node.of)
    obj: dict[str, object] = {
        "event": node.event,
        "measure": node.measure,
        "op": node.op,
        "value": value_to_json(node.value),
        "of": of,
        "within": None if node.within is None else window_to_json(node.within),
        "where": None if node.where is None else criterion_to_json(node.where),
        "at_least": node.at_least,
        "then": None if node.then is None else _then_to_json(node.then),
    }
    return kept(obj) | flags(unknown=node.unknown)


def _then_to_json(then: Then) -> dict[str, object]:
    where = None if then.where is None else criterion_to_json(then.where)
    return kept({"event": then.event, "within": value_to_json(then.within), "where": where}) | flags(
        absent=then.absent
    )
