"""How the two sides of a crossing hang together, among the people whose value is known on both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.audience.bitmaps import Mask
from segmentation.reports.crossing_links import (
    SAME,
    Counts,
    Departure,
    departures,
    follows,
    strength,
    surprises,
)
from segmentation.reports.crossing_sides import TOLD, UNKNOWN, Side


@dataclass(frozen=True, slots=True)
class Links:
    """The departures of the cells whose two sides are known, by the places of the sides."""

    found: dict[tuple[int, int], Departure]
    everyone: int
    strength: float | None
    same: bool
    surprises: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, down: Side, down_masks: list[Mask], across: Side, across_masks: list[Mask]) -> Links:
        rows = [i for i, one in enumerate(down.slices) if one.role != UNKNOWN]
        columns = [j for j, one in enumerate(across.slices) if one.role != UNKNOWN]
        if not rows or not columns:
            return cls({}, 0, None, False, ())
        anyone = np.logical_or.reduce([down_masks[i] for i in rows])
        anyone = anyone & np.logical_or.reduce([across_masks[j] for j in columns])
        everyone = int(anyone.sum())
        counts: Counts = np.array(
            [[int((down_masks[i] & across_masks[j]).sum()) for j in columns] for i in rows], np.int64
        )
        margins = [
            np.array([int((masks[place] & anyone).sum()) for place in places], np.int64)
            for masks, places in ((down_masks, rows), (across_masks, columns))
        ]
        found = departures(counts, margins[0], margins[1], everyone)
        link = None if down.overlaps or across.overlaps else strength(counts, everyone)
        told = [
            [place for place, at in enumerate(places) if side.slices[at].role in TOLD]
            for side, places in ((down, rows), (across, columns))
        ]
        same = link is not None and (link >= SAME or follows(counts, *told))
        known = () if same else surprises(found, rows=told[0], columns=told[1])
        by_place = {(rows[i], columns[j]): found[i][j] for i in range(len(rows)) for j in range(len(columns))}
        return cls(by_place, everyone, link, same, tuple((rows[i], columns[j]) for i, j in known))
