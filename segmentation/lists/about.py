"""What a list says of itself: its sentence, its criterion, its counts, its date, who was left out and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from segmentation.i18n import Words
from segmentation.lists.waterfall import NO_CHANNEL, Waterfall

Line = tuple[str, object]
"""A label and a text, a number or a date; a label alone is a heading."""


@dataclass(frozen=True, slots=True)
class About:
    """Everything needed to know this list again.

    ``version`` is that of the base; ``segment_version`` that of a saved segment. ``definition`` is its JSON.
    """

    name: str
    sentence: str
    definition: Mapping[str, object]
    found: Waterfall
    as_of: date
    made_at: datetime
    version: int
    segment_version: int | None = None
    reason: str | None = None
    author: str = ""
    base: str = ""


def about_lines(about: About, w: Words) -> list[Line]:
    """The lines of the sheet, in order."""
    found = about.found
    version = w("list.about.base_version", n=about.version)
    lines: list[Line] = [
        (w("list.about.name"), about.name),
        (w("list.about.sentence"), about.sentence),
        (w("list.about.channel"), w(f"channel.{found.channel}")),
        (w("list.about.rows"), len(found.ids)),
        (w("list.about.as_of"), about.as_of),
        (w("list.about.made_at"), about.made_at),
        (w("list.about.version"), _versions(about, version, w)),
    ]
    if about.base:
        lines.append((w("list.about.base"), about.base))
    if about.author:
        lines.append((w("list.about.author"), about.author))
    lines.append((w("list.about.steps"), None))
    for step in found.steps:
        lines.append((w(f"list.step.{step.key}"), step.count))
        if step.removed:
            lines.append((w("list.about.removed", n=step.removed), w(f"list.reason.{step.reason}")))
    if about.reason and found.confirmed:
        lines.append((w("list.about.confirmed", n=found.confirmed), about.reason))
    lines += [
        (w("list.about.definition"), None),
        ("JSON", json.dumps(about.definition, ensure_ascii=False)),
        (w("list.about.care"), None),
        ("", w("list.about.not_to_send" if found.channel == NO_CHANNEL else "list.about.care_text")),
    ]
    return lines


def _versions(about: About, version: str, w: Words) -> str:
    if about.segment_version is None:
        return version
    return w.listing([w("list.about.segment_version", n=about.segment_version), version])
