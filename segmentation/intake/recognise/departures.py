"""Files of people who left and say so by their name alone: « desinscrits.csv », a sheet "Bounces".

Such an export has an address and a date, and no column of consent: taken for ordinary contacts, those who
refused would be written to again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import plain

_CLOSED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        r"unsub\w*|opt ?outs?|opted out|desinscri\w*|desabonn\w*": ("email", "sms"),
        r"(hard |soft )?bounce[sd]?|npai|plaintes?|complain\w*|spam|spam reports?|adresses? invalides?": (
            "email",
        ),
        r"(e ?)?mails? invalides?|invalid (e ?)?mails?|blocked (e ?)?mails?": ("email",),
        r"cleaned (\w+ )?(members|audience|contacts|subscribers)": ("email",),
        r"stop sms": ("sms",),
        r"bloctel|(ne pas|ne plus) appeler|do not call|dnc": ("phone",),
        r"stop pub": ("post",),
    }
)
"""Words of a name → the channels they close."""

_EVERYTHING: Final = (
    r"oppos(ition|e|ee|itions|es|ees)|black ?list\w*|block ?list\w*|liste noire|suppressions?"
    r"|suppressed|(ne pas|ne plus) contacter|do not contact|no contact|stop|robinson"
)
"""Words that close every channel, unless others of the same name close one."""

_BUT: Final = (
    r"(?:sans|hors|non|pas|ni|nor|sauf|without|excluding|except|minus|no|not|anti|moins) (?:les |des |the )?"
)
"""What turns such a word round: « clients sans désinscrits »."""

CHANNELS: Final = ("email", "sms", "phone", "post")


def closed_by(*names: str | None) -> tuple[str, ...]:
    """The channels that the names of a file and its sheet close for all its people; none for an ordinary
    file."""
    text = " ".join(plain(re.sub(r"\.\w{2,5}$", "", name)) for name in names if name)
    said = {channel for words, channels in _CLOSED.items() if _says(words, text) for channel in channels}
    if not said and _says(_EVERYTHING, text):
        return CHANNELS
    return tuple(channel for channel in CHANNELS if channel in said)


def _says(words: str, text: str) -> bool:
    return any(
        re.search(rf"\b{_BUT}$", text[: found.start()]) is None
        for found in re.finditer(rf"\b(?:{words})\b", text)
    )
