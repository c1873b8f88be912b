"""The audience of a criterion: who is in, how many, what each rule does, who can be reached, why."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from segmentation.audience.algebra import members
from segmentation.audience.bitmaps import SHARED, Bits, Cache, Mask, count, of_ids, pack, unpack
from segmentation.audience.breakdown import Breakdown, breakdown
from segmentation.audience.counts import NodeCount, node_counts
from segmentation.audience.explanation import NodeTruth, explain
from segmentation.audience.reach import ChannelBits, ReachCount, channel_bits, reach_counts
from segmentation.audience.reading import AnyDatabase, Reading, reading
from segmentation.audience.standing import Standing, standings
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.check import check
from segmentation.criteria.codec import canonical
from segmentation.criteria.nodes import Criterion
from segmentation.criteria.segment import Segment, as_segment
from segmentation.errors import CriterionError

Asked = Criterion | Segment


@dataclass(frozen=True, slots=True)
class Look:
    """All a builder shows of a definition, of one version: size, base, rules, channels, and the members'
    mask."""

    count: int
    base: int
    nodes: tuple[NodeCount, ...]
    reach: dict[str, ReachCount]
    mask: Mask
    version: int


@dataclass(eq=False, slots=True)
class Evaluator:
    """Answers about one base through one catalogue; each call is of one version of the base.

    Criteria are checked first: CriterionError names the faulty path. A mask has N + 1 entries (N the highest
    contact id ever given), true at the ids of live members.
    """

    database: AnyDatabase
    catalogue: Catalogue
    cache: Cache = field(default_factory=lambda: SHARED)

    def mask(self, asked: Asked) -> Mask:
        """True at the id of each live member; index 0 is nobody."""
        segment = self._segment(asked)
        with self._reading() as now:
            return unpack(members(segment, now), now.people()[1])

    def ids(self, asked: Asked) -> npt.NDArray[np.int64]:
        """The ids of the members, ascending."""
        return np.flatnonzero(self.mask(asked))

    def count(self, asked: Asked) -> int:
        """How many members."""
        segment = self._segment(asked)
        with self._reading() as now:
            return count(members(segment, now))

    def counts(self, asked: Asked) -> tuple[NodeCount, ...]:
        """Every node of the trees with its count, the size without it, and what it alone decides."""
        segment = self._segment(asked)
        with self._reading() as now:
            return node_counts(segment, now)

    def look(self, asked: Asked) -> Look:
        """Size, counts of the nodes and reach at once, all of one version."""
        segment = self._segment(asked)
        with self._reading() as now:
            bits = members(segment, now)
            live, size = now.people()
            nodes, reach = node_counts(segment, now), reach_counts(bits, now)
            return Look(count(bits), count(live), nodes, reach, unpack(bits, size), now.version)

    def reach(self, whom: Mask | Asked) -> dict[str, ReachCount]:
        """Per channel: reachable, to confirm, no, invalid; they add up to the audience."""
        with self._reading() as now:
            return reach_counts(self._bits(whom, now), now)

    def channel(self, channel: str) -> ChannelBits:
        """The bitmaps of a channel: reachable, to confirm, valid address, refused (``bitmaps.unpack`` for
        masks)."""
        with self._reading() as now:
            return channel_bits(channel, now)

    def breakdown(self, whom: Mask | Asked, field_code: str, limit: int = 8) -> Breakdown:
        """The audience split by a field, in at most ``limit`` bars, each with the criterion it stands for."""
        if field_code not in self.catalogue.fields:
            raise CriterionError("error.criterion.unknown_field", path="", field=field_code)
        with self._reading() as now:
            mask = unpack(self._bits(whom, now), now.people()[1])
            return breakdown(self.catalogue.fields[field_code], mask, now, limit)

    def overlap(self, several: Sequence[Mask | Asked]) -> npt.NDArray[np.int64]:
        """How many contacts each pair shares; the diagonal is each one's size."""
        with self._reading() as now:
            words = [self._bits(whom, now) for whom in several]
            if not words:
                return np.zeros((0, 0), np.int64)
            rows = np.stack(words)
            shared = np.zeros((len(words), len(words)), np.int64)
            for rank in range(len(words)):
                both = np.bitwise_count(rows[rank:] & rows[rank]).sum(axis=1)
                shared[rank, rank:] = both
                shared[rank:, rank] = both
            return shared

    def explain(self, contact_id: int, asked: Asked) -> tuple[NodeTruth, ...]:
        """Every node for one contact: true, false or no value, the value that decided and where it came
        from."""
        segment = self._segment(asked)
        with self._reading() as now:
            return explain(contact_id, segment, now)

    def standings(self, contact_id: int) -> tuple[Standing, ...]:
        """Where one contact stands in each saved segment: in, or which rules keep them out."""
        with self._reading() as now:
            return standings(contact_id, self.catalogue.segments, now)

    def _segment(self, asked: Asked) -> Segment:
        """The segment asked, checked once per version of the catalogue."""
        known = self.catalogue
        key = (str(self.database.path), f"#checked {canonical(asked)}", known.version, known.as_of)
        if self.cache.get(key) is None:
            check(asked, known)
            self.cache.put(key, True)
        return as_segment(asked)

    def _reading(self) -> AbstractContextManager[Reading]:
        return reading(self.database, self.catalogue, self.cache)

    def _bits(self, whom: Mask | Asked, now: Reading) -> Bits:
        """The bitmap of an audience, live contacts only; a mask of another length is cut or filled to this
        one."""
        if not isinstance(whom, np.ndarray):
            return members(self._segment(whom), now)
        live, size = now.people()
        bits = pack(whom) if len(whom) == size else of_ids(np.flatnonzero(whom), size)
        return bits & live
