"""How far a crossing is from chance: what would be expected, by how much each cell departs, which to believe.

Were the two criteria unrelated, a cell would hold E = row × column / everyone. Its adjusted residual is
z = (O − E) / √(E (1 − row/everyone) (1 − column/everyone)), nearly normal when every count expected in the
two-by-two table of the cell is 5 or more (S. J. Haberman, "The analysis of residuals in cross-classified
tables", Biometrics 29, 1973, 205–220; W. G. Cochran, Biometrics 10, 1954, for the 5). The cells tested share
a risk of 5 % (S. Holm, Scandinavian Journal of Statistics 6, 1979). The strength of the whole link is
Cramér's V (H. Cramér, Mathematical Methods of Statistics, 1946, chapter 21).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
LEAST_EXPECTED = 5.0
RISK = 0.05
NOTABLE = 1.25
"""A cell is worth a sentence when it holds this many times what is expected, or this many times fewer."""
SAME = 0.9
"""From this link on, one criterion follows from the other and no cell is a surprise."""
_CERTAIN = 0.98


@dataclass(frozen=True, slots=True)
class Departure:
    """One cell against chance: the count expected, how many times it that is, its adjusted residual.

    ``index`` is None when nobody is expected, ``residual`` when it cannot be worked out.
    ``believed``: enough people are expected, and the departure is more than chance at the shared risk.
    """

    expected: float
    index: float | None
    residual: float | None
    believed: bool = False


def departures(cells: Counts, rows: Counts, columns: Counts, everyone: int) -> list[list[Departure]]:
    """Each cell of a table of counts with these totals, out of ``everyone``."""
    plain = [
        [_against(int(cells[i, j]), int(rows[i]), int(columns[j]), everyone) for j in range(len(columns))]
        for i in range(len(rows))
    ]
    tested = [
        (_chance(plain[i][j].residual), i, j)
        for i in range(len(rows))
        for j in range(len(columns))
        if plain[i][j].residual is not None and _enough(int(rows[i]), int(columns[j]), everyone)
    ]
    for place, (chance, i, j) in enumerate(sorted(tested)):
        if chance > RISK / (len(tested) - place):
            break
        one = plain[i][j]
        plain[i][j] = Departure(one.expected, one.index, one.residual, believed=True)
    return plain


def _against(count: int, row: int, column: int, everyone: int) -> Departure:
    if not everyone:
        return Departure(0.0, None, None)
    expected = row * column / everyone
    spread = sqrt(expected * (1 - row / everyone) * (1 - column / everyone))
    index = count / expected if expected else None
    return Departure(expected, index, (count - expected) / spread if spread else None)


def _enough(row: int, column: int, everyone: int) -> bool:
    """Whether each count expected in the cell's own two-by-two table reaches five."""
    rarest = min(row, everyone - row) * min(column, everyone - column)
    return rarest / everyone >= LEAST_EXPECTED


def _chance(residual: float | None) -> float:
    """The chance of a residual at least so far from 0, on either side, were there no link."""
    return erfc(abs(residual or 0.0) / sqrt(2))


def surprises(
    found: Sequence[Sequence[Departure]], *, rows: Sequence[int], columns: Sequence[int], most: int = 3
) -> list[tuple[int, int]]:
    """The cells that say most, by their places: believed, notable, the farthest from chance first.

    Only rows and columns of those places are told. In a table of two rows (or columns) each cell mirrors
    another: only the fuller of the two is told.
    """
    told = [
        (i, j, found[i][j])
        for i in rows
        for j in columns
        if found[i][j].believed and not 1 / NOTABLE < (found[i][j].index or 0) < NOTABLE
    ]
    told.sort(key=lambda cell: (-round(abs(cell[2].residual or 0), 9), -(cell[2].index or 0)))
    kept: list[tuple[int, int]] = []
    for i, j, one in told:
        mirrors = [(k, m) for k, m in kept if _mirrors((i, j), (k, m), len(rows) == 2, len(columns) == 2)]
        if not any(_opposed(one, found[k][m]) for k, m in mirrors):
            kept.append((i, j))
    return kept[:most]


def _mirrors(one: tuple[int, int], other: tuple[int, int], two_rows: bool, two_columns: bool) -> bool:
    return (two_rows and one[1] == other[1]) or (two_columns and one[0] == other[0])


def _opposed(one: Departure, other: Departure) -> bool:
    return abs((one.residual or 0) + (other.residual or 0)) < 1e-6


def strength(cells: Counts, everyone: int) -> float | None:
    """Cramér's V of a table whose cells add up to ``everyone``, in [0, 1]; None with less than two rows or
    columns of people."""
    kept = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    if not everyone or min(kept.shape) < 2:
        return None
    expected = np.outer(kept.sum(axis=1), kept.sum(axis=0)) / everyone
    squared = float((((kept - expected) ** 2) / expected).sum()) / everyone
    return min(1.0, sqrt(squared / (min(kept.shape) - 1)))


def follows(cells: Counts, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether the row nearly always decides the column (a town its département), or the column the row.

    Judged on the rows (columns) of those places, against all of ``cells``.
    """
    return _decides(cells[list(rows)], cells) or _decides(cells[:, list(columns)].T, cells.T)


def _decides(some: Counts, cells: Counts) -> bool:
    people = int(some.sum())
    if not people:
        return False
    sure = int(some.max(axis=1).sum()) / people
    return sure >= _CERTAIN > int(cells.sum(axis=0).max()) / int(cells.sum())
