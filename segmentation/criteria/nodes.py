"""The tree of a criterion: frozen nodes that know no field, no SQL and no language.

Everything a node holds is hashable, so that a leaf can be the key of a cache. Values stay as the user wrote
them (text, numbers, ``YYYY-MM-DD``); ``operators`` reads them for the type of the field.
"""

from __future__ import annotations

from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time counted from the as-of date: ``{"n": 90, "unit": "day"}``.

    ``to`` makes it a range of ages (``{"from": 30, "to": 60, "unit": "day"}``);
    ``today`` says whether the as-of day itself is in, None leaving the operator's own rule.
    """

    n: int
    unit: str
    to: int | None = None
    today: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A disc around a postal code: ``{"of": "69003", "km": 15}``; another country is ``"BE-1000"``."""

    of: str
    km: float


@dataclass(frozen=True, slots=True)
class Other:
    """Another field of the same contact, times a factor: ``{"field": "average_basket", "times": 2}``."""

    field: str
    times: float = 1


Value = Scalar | Span | Place | Other | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The days an event condition looks at: ``last``, ``between``, ``this``, ``previous``, ``older_than``,
    ``ago``."""

    kind: str
    n: int | None = None
    to: int | None = None
    unit: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class All:
    """True when every child is true; ``All(())`` is everyone."""

    children: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """True when one child at least is true; ``Any(())`` is nobody."""

    children: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The exact complement of its child among live contacts."""

    child: Criterion


@dataclass(frozen=True, slots=True)
class Condition:
    """One field, one operator, one value. ``unknown`` takes in contacts without a value; ``exact`` compares
    text as written, case and accents included."""

    field: str
    op: str
    value: Value = None
    unknown: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Then:
    """What must follow each event, strictly later and at most ``within`` after its day; ``absent`` keeps
    the events that nothing followed."""

    event: str
    within: Span
    where: Criterion | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class EventCondition:
    """A measure over the events of a contact, compared with a value.

    ``of`` is the field measured, or for ``share`` the criterion counted; ``where`` keeps some events;
    ``within`` keeps some days; ``at_least`` is the fewest events a share is worth computing on.
    """

    event: str
    measure: str
    op: str
    value: Value = None
    of: str | Criterion | None = None
    within: Window | None = None
    where: Criterion | None = None
    at_least: int | None = None
    then: Then | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class InSegment:
    """The members of a saved segment, with its own exclusions, limit and hand-made changes."""

    key: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """The contacts that carry a group or a tag, its name compared folded."""

    name: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A stable share (``percent``) or number (``n``) of the base, drawn by hash of seed and contact."""

    percent: float | None = None
    n: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Top:
    """The ``n`` contacts with the highest (or ``lowest``) value of a field; ties by contact id; no value,
    never in."""

    n: int
    by: str
    lowest: bool = False


Leaf = Condition | EventCondition | InSegment | InGroup | Sample | Top
Criterion = All | Any | Not | Leaf
EVERYONE = All()


def child_paths(node: Criterion, path: str = "") -> tuple[tuple[str, Criterion], ...]:
    """The children of a group with their paths: ``all.0``, ``any.1``, ``not``; none for a leaf."""
    if isinstance(node, Not):
        return ((joined(path, "not"), node.child),)
    if isinstance(node, (All, Any)):
        name = "all" if isinstance(node, All) else "any"
        return tuple((joined(path, f"{name}.{rank}"), child) for rank, child in enumerate(node.children))
    return ()


def walk(node: Criterion, path: str = "") -> tuple[tuple[str, Criterion], ...]:
    """Every node of the tree with its path, parents first; ``where`` and ``of`` trees are not entered."""
    found: list[tuple[str, Criterion]] = [(path, node)]
    for child_path, child in child_paths(node, path):
        found.extend(walk(child, child_path))
    return tuple(found)


def joined(path: str, step: str) -> str:
    """``step`` below ``path``; the root's path is empty."""
    return f"{path}.{step}" if path else step
