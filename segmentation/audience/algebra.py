"""Trees and segments as set algebra over the bitmaps of their leaves."""

from __future__ import annotations

import numpy as np

from segmentation.audience.bitmaps import Bits, of_ids, unpack
from segmentation.audience.reading import Reading
from segmentation.criteria.nodes import All, Any, Criterion, InSegment, Not, Sample, Top, child_paths
from segmentation.criteria.segment import Segment
from segmentation.errors import CriterionError


def members(segment: Segment, reading: Reading, *, limited: bool = True) -> Bits:
    """The live members of a segment; without its limit and its hand-made changes when not ``limited``."""
    live, size = reading.people()
    found = truth(segment.include, reading)
    if segment.exclude is not None:
        found = found & ~truth(segment.exclude, reading)
    if not limited:
        return found
    for order in (segment.limit.top, segment.limit.sample) if segment.limit else ():
        if order is not None:
            found = first(found, order, reading)
    if segment.added:
        found = found | (of_ids(np.array(segment.added, np.int64), size) & live)
    if segment.removed:
        found = found & ~of_ids(np.array(segment.removed, np.int64), size)
    return found


def truth(node: Criterion, reading: Reading) -> Bits:
    """The live contacts for which a node is true."""
    live, _ = reading.people()
    if isinstance(node, Not):
        return live & ~truth(node.child, reading)
    if isinstance(node, (All, Any)):
        return joined(node, [truth(child, reading) for child in node.children], reading)
    if isinstance(node, InSegment):
        if node.key not in reading.catalogue.segments:
            raise CriterionError("error.criterion.unknown_segment", path="", segment=node.key)
        return members(reading.catalogue.segments[node.key], reading)
    return reading.leaf(node) & live


def joined(group: All | Any, children: list[Bits], reading: Reading) -> Bits:
    """What a group makes of its children's bitmaps; All of none is everyone, Any of none nobody."""
    live, _ = reading.people()
    found = live.copy() if isinstance(group, All) else np.zeros_like(live)
    for bits in children:
        found = found & bits if isinstance(group, All) else found | bits
    return found


def first(found: Bits, order: Top | Sample, reading: Reading) -> Bits:
    """The members a limit keeps: a share by hash, or the first N of its ranking."""
    if isinstance(order, Sample) and order.percent is not None:
        return found & reading.leaf(order)
    _, size = reading.people()
    ranked = reading.ranking(order)
    kept = ranked[unpack(found, size)[ranked]][: order.n]
    return of_ids(kept, size)


def bitmaps_by_path(tree: Criterion, reading: Reading, path: str = "") -> dict[str, Bits]:
    """The live contacts for which each node is true, by path; every leaf is read once."""
    live, _ = reading.people()
    below: dict[str, Bits] = {}
    own: list[Bits] = []
    for child_path, child in child_paths(tree, path):
        below |= bitmaps_by_path(child, reading, child_path)
        own.append(below[child_path])
    if isinstance(tree, Not):
        here = live & ~own[0]
    elif isinstance(tree, (All, Any)):
        here = joined(tree, own, reading)
    else:
        here = truth(tree, reading)
    return {path: here, **below}
