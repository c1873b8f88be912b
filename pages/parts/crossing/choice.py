"""What was chosen in a crossing: cells, rows and columns together, by their names."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import chosen, state
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import Crossing

PICTURES = ("names", "cells", "table")
MOST_NAMED = 3


def of_marks(seen: Crossing, marks: Sequence[str], whom: str, names: Names) -> chosen.People | None:
    """The people of all these cells, rows and columns together; None when nothing known is chosen."""
    known = [mark for mark in marks if mark in seen.criteria]
    if not known:
        return None
    return chosen.people(_name(known, seen, names), [dict(seen.criteria[mark]) for mark in known], whom)


def _name(marks: Sequence[str], seen: Crossing, names: Names) -> str:
    if len(marks) > MOST_NAMED:
        sides = (names.side(seen.rows.code), names.side(seen.columns.code))
        return state.say()("page.crossing.cells", n=len(marks), rows=sides[0], columns=sides[1])
    return state.say().listing(names.mark(mark, seen) for mark in marks)
