"""A control group: some people of the list, drawn evenly, who get nothing, so that the campaign can be
measured against them.

Drawn inside each stratum by the first 8 hexadecimal digits of md5("seed:contact"), like a segment's sample:
the same seed gives the same people on any machine. The sizes of the strata are shared by largest remainders
(Hamilton's method), so that the whole group is the percentage asked, to the nearest person.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


def control_group(ids: npt.NDArray[np.int64], strata: Sequence[object], percent: int, *, seed: int) -> Mask:
    """Which of ``ids`` are in the control group; ``strata`` gives the stratum of each, None being one."""
    groups: dict[object, list[int]] = {}
    for place, stratum in enumerate(strata):
        groups.setdefault(stratum, []).append(place)
    drawn = np.zeros(len(ids), dtype=np.bool_)
    sizes = shares([len(places) for places in groups.values()], percent)
    for places, size in zip(groups.values(), sizes, strict=True):
        order = sorted(places, key=lambda place: (draw(int(ids[place]), seed), int(ids[place])))
        drawn[order[:size]] = True
    return drawn


def draw(contact_id: int, seed: int) -> str:
    """Where a contact stands in the draw: eight hexadecimal digits."""
    return md5(f"{seed}:{contact_id}".encode(), usedforsecurity=False).hexdigest()[:8]


def shares(sizes: Sequence[int], percent: int) -> list[int]:
    """How many of each group, in all the nearest whole number to ``percent`` (halves go up)."""
    total = (sum(sizes) * percent + 50) // 100
    given = [size * percent // 100 for size in sizes]
    by_remainder = sorted(range(len(sizes)), key=lambda rank: (-(sizes[rank] * percent % 100), rank))
    for rank in by_remainder[: total - sum(given)]:
        given[rank] += 1
    return given
