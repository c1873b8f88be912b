"""How a saved segment stands today: size, reach, revenue, and how much it has grown; a size a day is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

from segmentation.criteria.codec import segment_from_json
from segmentation.errors import CriterionError
from segmentation.reports.weight import weight
from segmentation.store.snapshots import Snapshot, read_snapshot, write_snapshot

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase

TREND = 30
"""Days a trend looks back on, at most."""


@dataclass(frozen=True, slots=True)
class Sized:
    """Members, those who can be written to by e-mail, and their net revenue of all times.

    ``change`` is the growth since ``days`` days ago; both None while there is no earlier day to compare to.
    """

    size: int
    reachable: int
    revenue: Decimal
    change: int | None = None
    days: int | None = None


def sized(base: OpenBase, key: str, *, today: date | None = None, keep: bool = True) -> Sized:
    """How the segment ``key`` stands. With ``keep`` its size of the day is remembered, once it has changed.

    A trend compares the same definition: the first day after a change has none. Raises CriterionError.
    """
    today, saved = today or date.today(), base.segments.find(key)
    look = base.evaluator.look(segment_from_json(saved.definition))
    with base.audience(look.mask) as session:
        earned = weight(session, base.catalogue).figures["net"]
    reachable = look.reach["email"].reachable
    version = _version(base, saved.definition)
    then = read_snapshot(base.database, saved.key, version, today - timedelta(days=TREND))
    now = Snapshot(saved.key, version, today, look.count, reachable)
    if keep and read_snapshot(base.database, saved.key, version, today) != now:
        with base.database.session() as session, session.transaction(write=True):
            write_snapshot(session, now)
    revenue = Decimal(str(earned))
    if then is None or then.day >= today:
        return Sized(look.count, reachable, revenue)
    return Sized(look.count, reachable, revenue, look.count - then.size, (today - then.day).days)


def _version(base: OpenBase, definition: object) -> int:
    """A number of all that decides who is in: the definition, the segments it names, the day."""
    told: dict[str, object] = {}

    def walk(part: object) -> None:
        if isinstance(part, Mapping):
            named = part.get("segment")
            if isinstance(named, str) and named not in told:
                told[named] = None
                with suppress(CriterionError):
                    told[named] = base.segments.find(named).definition
                    walk(told[named])
            for inner in part.values():
                walk(inner)
        elif isinstance(part, Sequence) and not isinstance(part, str):
            for inner in part:
                walk(inner)

    walk(definition)
    said = json.dumps([definition, told, base.settings.as_of], sort_keys=True, default=str)
    return crc32(said.encode()) & 0x7FFFFFFF
