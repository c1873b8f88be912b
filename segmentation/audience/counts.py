"""What each rule does: how many it is true of, how many there would be without it, how many it alone
decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.audience.algebra import bitmaps_by_path, joined
from segmentation.audience.bitmaps import Bits, count
from segmentation.audience.reading import Reading
from segmentation.criteria.nodes import All, Any, Criterion, Not, child_paths
from segmentation.criteria.segment import Segment, trees


@dataclass(frozen=True, slots=True)
class NodeCount:
    """One node of a tree (``path`` as in JSON; "exclude…" for the excluded tree).

    ``count``: live contacts it is true of. ``without``: size of the segment, before its limit and hand-made
    changes, were the node taken away. ``alone``: contacts that only this node keeps out or brings in.
    """

    path: str
    count: int
    without: int
    alone: int


def node_counts(segment: Segment, reading: Reading) -> tuple[NodeCount, ...]:
    """The counts of every node, parents first."""
    live, _ = reading.people()
    include = bitmaps_by_path(segment.include, reading)
    exclude = {} if segment.exclude is None else bitmaps_by_path(segment.exclude, reading, "exclude")
    outside = exclude.get("exclude", np.zeros_like(live))
    total = include[""] & ~outside
    found: list[NodeCount] = []
    for root, tree in trees(segment):
        known = include if root == "" else exclude
        for path in known:
            changed = _without(tree, root, path, known, reading)
            if root == "":
                size = (live if changed is None else changed) & ~outside
            else:
                size = include[""] if changed is None else include[""] & ~changed
            found.append(NodeCount(path, count(known[path]), count(size), count(size ^ total)))
    return tuple(found)


def _without(node: Criterion, path: str, gone: str, known: dict[str, Bits], reading: Reading) -> Bits | None:
    """The tree's bitmap once the node at ``gone`` is taken away; None when nothing of it is left.

    A negation, or a group, emptied by it goes too.
    """
    if path == gone:
        return None
    if not (gone.startswith(f"{path}.") or path == ""):
        return known[path]
    live, _ = reading.people()
    children = [_without(child, at, gone, known, reading) for at, child in child_paths(node, path)]
    left = [bits for bits in children if bits is not None]
    if isinstance(node, Not):
        return live & ~left[0] if left else None
    assert isinstance(node, (All, Any))
    return joined(node, left, reading) if left else None
