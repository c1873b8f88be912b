"""The tree a person is editing: plain dictionaries with an id each, to and from the JSON of a criterion.

A rule that is not finished stays in the tree and out of the criterion: a half-typed value changes no count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import uuid4

Node = dict[str, object]
Json = dict[str, object]

GROUP, FIELD, EVENT, SEGMENT, MEMBER, TOP, SAMPLE = (
    "group",
    "field",
    "event",
    "segment",
    "member",
    "top",
    "sample",
)
DEEPEST = 3
NO_VALUE = frozenset({"empty", "not_empty"})


def new_id() -> str:
    """A fresh id: widgets are keyed by it, so a replaced node gets fresh widgets."""
    return uuid4().hex[:8]


def group(*rules: Node, comb: str = "all") -> Node:
    """A group of rules: ``all`` of them, or ``any`` one."""
    return {"id": new_id(), "type": GROUP, "comb": comb, "not": False, "rules": list(rules)}


def field_rule(field: str, op: str, value: object = None) -> Node:
    """A rule on one field of the contact or, inside a ``where`` group, of the event."""
    return {
        "id": new_id(),
        "type": FIELD,
        "field": field,
        "op": op,
        "value": value,
        "unknown": False,
        "exact": False,
        "not": False,
    }


def event_rule(event: str) -> Node:
    """A rule on what the contact did: at least once, ever, until the person says otherwise."""
    return {
        "id": new_id(),
        "type": EVENT,
        "event": event,
        "measure": "count",
        "of": None,
        "op": ">=",
        "value": 1,
        "within": None,
        "where": None,
        "at_least": None,
        "then": None,
        "unknown": False,
        "not": False,
    }


def leaf_rule(kind: str, **parts: object) -> Node:
    """A rule on a segment, a group, the top of a field, or a sample."""
    return {"id": new_id(), "type": kind, "not": False, **parts}


def to_json(node: Node) -> Json | None:
    """The criterion a node says; None while it is not finished. An empty group is everyone."""
    said = _said(node)
    if said is None:
        return None
    return {"not": said} if node.get("not") else said


def _said(node: Node) -> Json | None:
    kind = node["type"]
    if kind == GROUP:
        children = [child for child in map(to_json, rules(node)) if child is not None]
        return {str(node["comb"]): children} if children or node["comb"] == "all" else {"all": []}
    if kind == FIELD:
        return _field_json(node)
    if kind == EVENT:
        return _event_json(node)
    if kind == SEGMENT:
        return {"segment": node["key"]} if node.get("key") else None
    if kind == MEMBER:
        return {"group": node["name"]} if node.get("name") else None
    if kind == TOP:
        lowest = {"lowest": True} if node.get("lowest") else {}
        return {"top": node["n"], "by": node["by"], **lowest} if node.get("by") and node.get("n") else None
    size = {name: node[name] for name in ("percent", "n") if node.get(name)}
    return {"sample": {**size, "seed": node.get("seed", 0)}} if size else None


def _field_json(node: Node) -> Json | None:
    op, value = str(node["op"]), node["value"]
    if op not in NO_VALUE and not complete(value):
        return None
    said: Json = {"field": node["field"], "op": op}
    if op not in NO_VALUE:
        said["value"] = value
    for flag in ("unknown", "exact"):
        if node.get(flag):
            said[flag] = True
    return said


def _event_json(node: Node) -> Json | None:
    if not complete(node["value"]):
        return None
    of = node["of"]
    if isinstance(of, dict) and "type" in of:
        of = to_json(of)
    if node["measure"] == "share" and not isinstance(of, dict):
        return None
    said: Json = {key: node[key] for key in ("event", "measure", "op", "value")}
    if of and node["measure"] != "count":
        said["of"] = of
    for part in ("within", "at_least", "then"):
        if node.get(part) is not None:
            said[part] = node[part]
    where = node["where"]
    if isinstance(where, dict) and (inner := to_json(where)) not in (None, {"all": []}):
        said["where"] = inner
    if node.get("unknown"):
        said["unknown"] = True
    return said


def complete(value: object) -> bool:
    """Whether a value is typed in full: no blank text, no empty list, no range open at both ends."""
    if value is None or value == "" or value == []:
        return False
    if isinstance(value, Mapping):
        return all(part is not None and part != "" for part in value.values())
    if isinstance(value, (list, tuple)):
        return any(part is not None and part != "" for part in value)
    return True


def from_json(obj: Mapping[str, object]) -> Node:
    """The editing tree of a criterion; the root is always a group."""
    node = _node(obj)
    return node if node["type"] == GROUP else group(node)


def _node(obj: Mapping[str, object]) -> Node:
    if "not" in obj:
        inner = obj["not"]
        assert isinstance(inner, Mapping)
        node = _node(inner)
        return {**node, "not": not node["not"]}
    for comb in ("all", "any"):
        if comb in obj:
            children = obj[comb]
            assert isinstance(children, list)
            return group(*map(_node, children), comb=comb)
    if "field" in obj:
        rule = field_rule(str(obj["field"]), str(obj["op"]), obj.get("value"))
        return {**rule, "unknown": bool(obj.get("unknown")), "exact": bool(obj.get("exact"))}
    if "event" in obj:
        return _event_node(obj)
    if "segment" in obj:
        return leaf_rule(SEGMENT, key=obj["segment"])
    if "group" in obj:
        return leaf_rule(MEMBER, name=obj["group"])
    if "top" in obj:
        return leaf_rule(TOP, n=obj["top"], by=obj["by"], lowest=bool(obj.get("lowest")))
    sample = obj["sample"]
    assert isinstance(sample, Mapping)
    return leaf_rule(SAMPLE, percent=sample.get("percent"), seed=sample.get("seed", 0), n=sample.get("n"))


def _event_node(obj: Mapping[str, object]) -> Node:
    rule = event_rule(str(obj["event"]))
    rule |= {key: obj[key] for key in ("measure", "op", "value", "within", "at_least", "then") if key in obj}
    of, where = obj.get("of"), obj.get("where")
    rule["of"] = from_json(of) if isinstance(of, Mapping) else of
    rule["where"] = from_json(where) if isinstance(where, Mapping) else None
    rule["unknown"] = bool(obj.get("unknown"))
    return rule


def rules(node: Node) -> list[Node]:
    """The rules of a group, the list itself: changing it changes the group."""
    found = node["rules"]
    assert isinstance(found, list)
    return found


def copied(node: Node) -> Node:
    """The same node with fresh ids throughout, so that each copy has widgets of its own."""
    fresh = {name: _copied(value) for name, value in node.items()}
    return {**fresh, "id": new_id()} if "id" in node else fresh


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return copied(value)
    return [_copied(item) for item in value] if isinstance(value, list) else value


def duplicate(node: Node, parent: Node) -> None:
    """A copy of the node right after it."""
    rules(parent).insert(_place(node, parent) + 1, copied(node))


def wrap(node: Node, parent: Node) -> None:
    """The node alone in a group in its place, which combines the other way than the group around it."""
    rules(parent)[_place(node, parent)] = group(node, comb="any" if parent["comb"] == "all" else "all")


def dissolve(node: Node, parent: Node) -> None:
    """The rules of a group in its place."""
    place = _place(node, parent)
    rules(parent)[place : place + 1] = rules(node)


def move(node: Node, parent: Node, step: int) -> None:
    """The node ``step`` places further down, inside its group."""
    place = _place(node, parent)
    rules(parent).insert(max(0, place + step), rules(parent).pop(place))


def remove(node: Node, parent: Node) -> None:
    """The group without the node."""
    del rules(parent)[_place(node, parent)]


def _place(node: Node, parent: Node) -> int:
    return next(place for place, one in enumerate(rules(parent)) if one["id"] == node["id"])


def numbered(node: Node, path: str = "") -> Iterator[tuple[Node, str | None]]:
    """Each node with the path of its criterion in ``to_json`` of the root; None while unfinished."""
    finished = to_json(node) is not None
    here = path if finished else None
    yield node, here
    if node["type"] != GROUP:
        return
    inside = (f"{path}.not" if path else "not") if node["not"] else path
    rank = 0
    for child in rules(node):
        step = f"{inside}.{node['comb']}.{rank}" if inside else f"{node['comb']}.{rank}"
        done = to_json(child) is not None
        yield from numbered(child, step) if done and finished else ((one, None) for one, _ in numbered(child))
        rank += done
