"""A saved segment: who is in, who is out, how many at most, and who was added or removed by hand.

Members = ((include − exclude) among live contacts → limit) ∪ added − removed, the last two among live
contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.criteria.nodes import Criterion, InSegment, Sample, Top, walk
from segmentation.errors import CriterionError


@dataclass(frozen=True, slots=True)
class Limit:
    """How many members are kept: the top N first, then a sample of what is left."""

    top: Top | None = None
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A definition as saved (JSON version 1); ``added`` and ``removed`` are contact ids, sorted."""

    include: Criterion
    exclude: Criterion | None = None
    limit: Limit | None = None
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


def as_segment(thing: Criterion | Segment) -> Segment:
    """A bare criterion as the segment that includes it and nothing more."""
    return thing if isinstance(thing, Segment) else Segment(thing)


def trees(segment: Segment) -> tuple[tuple[str, Criterion], ...]:
    """The trees of a segment with the path each starts at: "" for include, "exclude"."""
    return (("", segment.include),) + ((("exclude", segment.exclude),) if segment.exclude is not None else ())


def segments_used(thing: Criterion | Segment) -> tuple[str, ...]:
    """The keys of the segments a definition names directly, in order, each once."""
    keys: dict[str, None] = {}
    for path, tree in trees(as_segment(thing)):
        for _, node in walk(tree, path):
            if isinstance(node, InSegment):
                keys.setdefault(node.key)
    return tuple(keys)


def refuse_cycle(
    thing: Criterion | Segment, segments: Mapping[str, Segment], *, key: str | None = None
) -> None:
    """Raise ``error.criterion.cycle`` when a segment reaches itself; ``path`` spells it: A → B → A.

    ``key`` is the key the definition is (to be) saved under.
    """
    _follow(thing, {**segments, **({key: as_segment(thing)} if key else {})}, (key,) if key else ())


def _follow(thing: Criterion | Segment, segments: Mapping[str, Segment], trail: tuple[str, ...]) -> None:
    for used in segments_used(thing):
        if used in trail:
            loop = (*trail[trail.index(used) :], used)
            raise CriterionError("error.criterion.cycle", path=" → ".join(loop), segments=loop)
        if used in segments:
            _follow(segments[used], segments, (*trail, used))


def dependants(key: str, segments: Mapping[str, Segment]) -> tuple[str, ...]:
    """The keys of the segments that name ``key`` directly: they would break if it were deleted."""
    return tuple(other for other, segment in segments.items() if key in segments_used(segment))
