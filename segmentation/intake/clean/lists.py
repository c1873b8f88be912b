"""Several values in one cell: cut at ; | and line breaks, else at commas, else at slashes that are not
dates.
"""

from __future__ import annotations

from segmentation.intake.clean.context import literals
from segmentation.intake.clean.empties import null_words


def split(x: str) -> str:
    """SQL of the VARCHAR[] of a cell: trimmed, without empties or repeats, in the cell's order; NULL when
    none.
    """
    cut = (
        f"CASE WHEN regexp_matches({x}, '[;|\\n]') THEN regexp_split_to_array({x}, '[;|\\n]')"
        f" WHEN contains({x}, ',') THEN string_split({x}, ',')"
        f" WHEN contains({x}, '/') AND NOT regexp_matches({x}, '[0-9]/[0-9]|://') THEN string_split({x},"
        f" '/') ELSE [{x}] END"
    )
    trimmed = f"list_transform({cut}, lambda v: trim(v, ' []\"\r'))"
    useful = (
        f"list_filter({trimmed}, lambda v: v <> '' AND lower(v) NOT IN ({literals(null_words() - {'x'})}))"
    )
    firsts = f"list_filter({useful}, lambda v, i: list_position({useful}, v) = i)"
    return f"CASE WHEN {x} IS NULL OR len({useful}) = 0 THEN NULL ELSE {firsts} END"
