"""The button that leads to the list of some people, the same on every screen."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts import state
from pages.parts.lists.wanted import CHANNELS
from segmentation.lists.waterfall import NO_CHANNEL


@dataclass(frozen=True, slots=True)
class Door:
    """How the button is dressed, and the channel of the list it opens."""

    label: str
    icon: str
    help: str | None
    channel: str


def door(*, care: bool = False) -> Door:
    """« Préparer la liste »; with ``care`` (to be corrected, or nobody may be written to) a working file."""
    w = state.say()
    if care:
        return Door(w("list.file"), ":material/table_view:", w("list.file_help"), NO_CHANNEL)
    return Door(w("list.prepare"), ":material/outgoing_mail:", None, CHANNELS[0])
