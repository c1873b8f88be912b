"""What a list says of itself: its sentence, its criterion, its counts, its date, who was left out and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from segmentation.i18n import Words
from segmentation.lists.options import PERSON, ListOptions
from segmentation.lists.waterfall import NO_CHANNEL, Waterfall

Line = tuple[str, object]
"""A label and a text, a number or a date; a label alone is a heading."""


@dataclass(frozen=True, slots=True)
class About:
    """Everything needed to know this list again.

    ``version`` is that of the base; ``segment_version`` that of a saved segment. ``definition`` is its JSON.
    ``without`` are the names of the segments left out.
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
    options: ListOptions = field(default_factory=ListOptions)
    without: tuple[str, ...] = ()


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
    lines += _choices(about, w)
    if about.reason and found.confirmed:
        lines.append((w("list.about.confirmed", n=found.confirmed), about.reason))
    lines += [
        (w("list.about.definition"), None),
        ("JSON", json.dumps(about.definition, ensure_ascii=False)),
        (w("list.about.care"), None),
        ("", w("list.about.not_to_send" if found.channel == NO_CHANNEL else "list.about.care_text")),
    ]
    return lines


def _choices(about: About, w: Words) -> list[Line]:
    """What was chosen beyond the channel, and how to draw the control group again."""
    options, lines = about.options, list[Line]()
    if options.outsiders:
        lines.append((w("list.about.outside"), w("list.about.outside_kept")))
    if about.without:
        lines.append((w("list.about.without"), w.listing(list(about.without))))
    if options.quiet_days:
        lines.append((w("list.about.quiet"), w("list.about.quiet_days", n=options.quiet_days)))
    if options.one_per != PERSON:
        lines.append((w("list.about.one_per"), w(f"list.one_per.{options.one_per}")))
    if options.control:
        lines.append(
            (
                w("list.about.control", n=len(about.found.control)),
                w(
                    "list.about.control_how",
                    percent=options.control,
                    strata=w(f"field.{options.strata}"),
                    seed=options.seed,
                ),
            )
        )
    return lines


def _versions(about: About, version: str, w: Words) -> str:
    if about.segment_version is None:
        return version
    return w.listing([w("list.about.segment_version", n=about.segment_version), version])
