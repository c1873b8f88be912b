"""What may be wrong with a definition that can be asked: said to the person, never in their way.

Some warnings read the tree alone (mixed groups, rules that exclude or repeat one another); others need facts
the audience knows (how many, how full a field is, what each rule changes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.implications import covered, disjoint
from segmentation.criteria.nodes import All, Any, Condition, Criterion, Not, child_paths, walk
from segmentation.criteria.segment import Segment, as_segment, trees
from segmentation.i18n import Words

ALMOST = 0.95
"""From this share of the base on, a segment selects nearly everyone."""
MOSTLY_EMPTY = 0.20
"""Above this share of contacts without a value, a rule on the field is worth a warning."""


@dataclass(frozen=True, slots=True)
class Warning_:
    """``code`` is the key of the sentence, ``values`` fill it, ``path`` is the node it is about ("" for the
    whole).

    Values named first and second are paths of rules; share is in [0, 1]; field is a code.
    """

    code: str
    path: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the audience knows: members, contacts in the base, share of contacts with a value by field, and
    the paths of rules without which the segment is the same."""

    count: int | None = None
    base: int | None = None
    filled: Mapping[str, float] = field(default_factory=dict)
    idle: tuple[str, ...] = ()


def warnings(
    thing: Criterion | Segment, catalogue: Catalogue, facts: Facts | None = None
) -> tuple[Warning_, ...]:
    """The warnings of a definition, the most serious first, each once."""
    segment, known = as_segment(thing), facts or Facts()
    found: list[Warning_] = []
    for look in LOOKS:
        for root, tree in trees(segment):
            found.extend(look(tree, root, catalogue, known))
    unique: dict[tuple[str, str], Warning_] = {}
    for warning in found:
        unique.setdefault((warning.code, warning.path), warning)
    return tuple(unique.values())


def said(warning: Warning_, thing: Criterion | Segment, catalogue: Catalogue, w: Words) -> str:
    """The sentence of a warning; a rule is named by its number in reading order, a group by its path."""
    leaves = [
        path
        for root, tree in trees(as_segment(thing))
        for path, node in walk(tree, root)
        if not isinstance(node, (All, Any, Not))
    ]
    values: dict[str, object] = {}
    for name, value in warning.values.items():
        if name == "share":
            values[name] = w.percent(value)
        elif name == "field":
            field = catalogue.fields[str(value)]
            values[name] = field.label or w(f"field.{field.code}")
        else:
            values[name] = leaves.index(str(value)) + 1 if value in leaves else f"« /{value} »"
    return w(warning.code, **values)


def _empty(tree: Criterion, root: str, _catalogue: Catalogue, facts: Facts) -> Iterator[Warning_]:
    if facts.count == 0 and root == "":
        yield Warning_("warning.empty")


def _almost_everyone(tree: Criterion, root: str, _catalogue: Catalogue, facts: Facts) -> Iterator[Warning_]:
    if facts.count and facts.base and root == "" and tree != All() and facts.count / facts.base >= ALMOST:
        yield Warning_("warning.almost_everyone", values={"share": facts.count / facts.base})


def _any_of_none(tree: Criterion, root: str, _catalogue: Catalogue, _facts: Facts) -> Iterator[Warning_]:
    for path, node in walk(tree, root):
        if node == Any():
            yield Warning_("warning.any_group_empty", path)


def _contradiction(tree: Criterion, root: str, catalogue: Catalogue, _facts: Facts) -> Iterator[Warning_]:
    for first_path, first, second_path, second in _pairs_of_all(tree, root):
        opposite = first == Not(second) or second == Not(first)
        if opposite or disjoint(first, second):
            yield Warning_("warning.contradiction", second_path, {"first": first_path, "second": second_path})


def _redundant(tree: Criterion, root: str, catalogue: Catalogue, _facts: Facts) -> Iterator[Warning_]:
    for path, node in walk(tree, root):
        if not isinstance(node, (All, Any)):
            continue
        children = child_paths(node, path)
        for rank, (first_path, first) in enumerate(children):
            for second_path, second in children[rank + 1 :]:
                inside, around = covered(first, second), covered(second, first)
                if not (inside or around):
                    continue
                # In « tous », the wider rule changes nothing; in « au moins un », the narrower one.
                wider_is_first = around and not inside
                idle_is_first = wider_is_first == isinstance(node, All)
                idle, other = (first_path, second_path) if idle_is_first else (second_path, first_path)
                yield Warning_("warning.redundant", idle, {"first": idle, "second": other})


def _no_effect(tree: Criterion, root: str, _catalogue: Catalogue, facts: Facts) -> Iterator[Warning_]:
    paths = {path for path, _ in walk(tree, root)}
    for path in facts.idle:
        if path in paths and path != root:
            yield Warning_("warning.no_effect", path, {"first": path})


def _mixed(tree: Criterion, root: str, _catalogue: Catalogue, _facts: Facts) -> Iterator[Warning_]:
    groups = {
        type(node) for _, node in walk(tree, root) if isinstance(node, (All, Any)) and len(node.children) > 1
    }
    if len(groups) == 2:
        yield Warning_("warning.mixed", root)


def _mostly_empty(tree: Criterion, root: str, _catalogue: Catalogue, facts: Facts) -> Iterator[Warning_]:
    for path, node in walk(tree, root):
        if not isinstance(node, Condition) or node.unknown or node.op in ("empty", "not_empty"):
            continue
        filled = facts.filled.get(node.field)
        if filled is not None and 1 - filled > MOSTLY_EMPTY:
            yield Warning_("warning.mostly_empty", path, {"share": 1 - filled, "field": node.field})


def _pairs_of_all(tree: Criterion, root: str) -> Iterator[tuple[str, Criterion, str, Criterion]]:
    for path, node in walk(tree, root):
        if isinstance(node, All):
            children = child_paths(node, path)
            for rank, (first_path, first) in enumerate(children):
                for second_path, second in children[rank + 1 :]:
                    yield first_path, first, second_path, second


Look = Callable[[Criterion, str, Catalogue, Facts], Iterator[Warning_]]
LOOKS: tuple[Look, ...] = (
    _empty,
    _contradiction,
    _any_of_none,
    _almost_everyone,
    _redundant,
    _no_effect,
    _mixed,
    _mostly_empty,
)
"""Every look at a definition, the most serious first."""
