"""Whether a criterion can be asked of a catalogue, node by node, before anything is read.

What compiling would refuse is refused here with the path of the node: unknown field, event, operator,
measure or segment; a value of another shape; a segment that reaches itself.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.compile import compile_for_errors
from segmentation.criteria.nodes import Criterion, InSegment, walk
from segmentation.criteria.segment import Segment, as_segment, refuse_cycle, trees
from segmentation.errors import CriterionError

MAX_NODES = 2000


def check(thing: Criterion | Segment, catalogue: Catalogue, *, key: str | None = None) -> None:
    """Raise CriterionError (code, path, and the field or value at fault) unless ``thing`` can be asked.

    ``key`` is the key a segment is about to be saved under, for the cycle check.
    """
    segment = as_segment(thing)
    refuse_cycle(segment, catalogue.segments, key=key)
    seen = 0
    for root, tree in trees(segment):
        for path, node in walk(tree, root):
            seen += 1
            if seen > MAX_NODES:
                raise CriterionError("error.criterion.too_many", path=path, most=MAX_NODES)
            compile_for_errors(node, catalogue, path)
    for order in (segment.limit.top, segment.limit.sample) if segment.limit else ():
        if order is not None:
            compile_for_errors(order, catalogue, "limit")
    for used in {
        node.key for _, tree in trees(segment) for _, node in walk(tree) if isinstance(node, InSegment)
    }:
        if used != key:
            check(catalogue.segments[used], catalogue, key=used)
