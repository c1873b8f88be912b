"""What changed since a list was taken: who would be new in it today, who would be gone and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of people, the control group counted among those of the list.

    ``left`` are no longer members of what was asked for; ``unreachable`` still are, but can no longer be
    written to, or another person of their home is. People at rest today are not ``new``, and those of the
    list do not leave it by resting.
    """

    new: int
    kept: int
    left: int
    unreachable: int

    @property
    def gone(self) -> int:
        """How many of the list would not be in it today."""
        return self.left + self.unreachable


def changes_since(past: Ids, members: Ids, today: Ids, awake: Ids) -> Changes:
    """Compare the people of a past list with the members and the list of today, ``awake`` being those of it
    who are not at rest."""
    kept = int(np.isin(today, past).sum())
    left = int((~np.isin(past, members)).sum())
    return Changes(int((~np.isin(awake, past)).sum()), kept, left, len(past) - left - kept)
