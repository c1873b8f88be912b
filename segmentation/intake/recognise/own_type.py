"""The type of a column that is no canonical field: text, number, date, yes/no or list, from its values."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from segmentation.intake.recognise.content import Content

_SEPARATORS: Final = re.compile(r"\s*[,;|/]\s*")


def own_type(content: Content) -> str:
    """Decided on the sample; anything doubtful stays text, which loses nothing."""
    values = content.values
    if not values:
        return "text"
    words = {value.lower() for value in values}
    if len(words) <= 3 and content.share("boolean") == 1.0 and words != {"1"}:
        return "boolean"
    if content.share("date") >= 0.95:
        return "date"
    if content.share("number") >= 0.97 and not content.share("mobile") > 0.5:
        return "number"
    return "list" if is_list(values) else "text"


def is_list(values: tuple[str, ...]) -> bool:
    """Several short words in many cells, the same words coming back from cell to cell."""
    cells = [[word for word in _SEPARATORS.split(value) if word] for value in values]
    several = sum(len(words) > 1 for words in cells)
    if several < max(2, 0.2 * len(cells)):
        return False
    counts = Counter(word.lower() for words in cells for word in words)
    recombined = len(counts) < 2 * len(set(values))  # words that always come together are one value
    short = max(map(len, counts)) <= 40 and not any(word.isdigit() and len(word) > 6 for word in counts)
    return recombined and short and len(counts) <= 0.4 * counts.total()
