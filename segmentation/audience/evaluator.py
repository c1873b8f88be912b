"""The audience of a criterion: who is in, how many, what each rule does, who can be reached, why."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.audience.algebra import members
from segmentation.audience.bitmaps import SHARED, Cache, Mask, count, unpack
from segmentation.audience.counts import NodeCount, node_counts
from segmentation.audience.reading import AnyDatabase, Reading, reading
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.check import check
from segmentation.criteria.nodes import Criterion
from segmentation.criteria.segment import Segment, as_segment

Asked = Criterion | Segment


@dataclass(eq=False, slots=True)
class Evaluator:
    """Answers about one base through one catalogue; each call is of one version of the base.

    Criteria are checked first: CriterionError names the faulty path.
    """

    database: AnyDatabase
    catalogue: Catalogue
    cache: Cache = SHARED

    def mask(self, asked: Asked) -> Mask:
        """True at the id of each live member; index 0 is nobody."""
        segment = self._checked(asked)
        with self._reading() as now:
            return unpack(members(segment, now), now.people()[1])

    def ids(self, asked: Asked) -> npt.NDArray[np.int64]:
        """The ids of the members, ascending."""
        return np.flatnonzero(self.mask(asked))

    def count(self, asked: Asked) -> int:
        """How many members."""
        segment = self._checked(asked)
        with self._reading() as now:
            return count(members(segment, now))

    def counts(self, asked: Asked) -> tuple[NodeCount, ...]:
        """Every node of the trees with its count, the size without it, and what it alone decides."""
        segment = self._checked(asked)
        with self._reading() as now:
            return node_counts(segment, now)

    def _checked(self, asked: Asked) -> Segment:
        check(asked, self.catalogue)
        return as_segment(asked)

    def _reading(self) -> AbstractContextManager[Reading]:
        return reading(self.database, self.catalogue, self.cache)
