"""A value as a repair found it: what the eye would not see (blanks too many, nothing at all) is drawn; and
as it leaves it: a day and a number as the rest of Carnet writes them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from pages.parts.grid import spaced
from pages.parts.text import plain
from segmentation.i18n import Words

NOTHING = "∅"
BLANK = "␣"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?")
_NUMBER = re.compile(r"\+\d{6,15}")
_UNSEEN = re.compile(r"^\s+|\s+$|(?<=\s)\s+|[^\S ]+")


def shown(text: str, *, longest: int = 90) -> str:
    """``text`` on one line, each blank too many drawn as an open box; nothing as an empty set."""
    drawn = _UNSEEN.sub(lambda found: BLANK * len(found[0]), text)
    return plain(drawn, longest=longest) or NOTHING


def left(text: str, before: str, w: Words) -> str:
    """What a repair made of ``before``, as the reader's language writes it; to the letter where that would
    hide the change."""
    written = _written(text, w)
    return written if written != shown(before) else shown(text)


def _written(text: str, w: Words) -> str:
    if _DAY.fullmatch(text):
        with suppress(ValueError):  # figures that are no day
            moment = datetime.fromisoformat(text)
            return plain(w.moment(moment) if " " in text else w.date(moment))
    return spaced(text) if _NUMBER.fullmatch(text) else shown(text)
