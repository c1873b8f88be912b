"""A value as a repair found it: what the eye would not see (blanks too many, nothing at all) is drawn."""

from __future__ import annotations

import re

from pages.parts.text import plain

NOTHING = "∅"
BLANK = "␣"
_UNSEEN = re.compile(r"^\s+|\s+$|(?<=\s)\s+|[^\S ]+")


def shown(text: str, *, longest: int = 90) -> str:
    """``text`` on one line, each blank too many drawn as an open box; nothing as an empty set."""
    drawn = _UNSEEN.sub(lambda found: BLANK * len(found[0]), text)
    return plain(drawn, longest=longest) or NOTHING
