"""The steps a list has beyond consent: outsiders, segments out, who was written to, one per home, control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.nodes import Condition
from segmentation.lists.control import control_group
from segmentation.lists.homes import one_each
from segmentation.lists.options import PERSON, ListOptions
from segmentation.lists.recent import written_to
from segmentation.lists.waterfall import CONTROL, NO_CHANNEL, Narrowing
from segmentation.reports.relations import values_of
from segmentation.store.journal import read_export_members
from segmentation.store.session import Session

OUTSIDE, WITHOUT, SINCE, QUIET = "outside", "without", "since", "quiet"
Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

OUTSIDERS = Condition("life_cycle", "is", "outside")
"""Partners, suppliers, staff, friends and former colleagues: no promotion is for them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the steps need to know: the options, who is in the segments left out, who is no
    customer, and the list's own terms."""

    options: ListOptions
    outside: Ids
    without: Ids
    definition: Mapping[str, object]
    channel: str


def narrowings(catalogue: Catalogue, asked: Asked) -> tuple[tuple[Narrowing, ...], tuple[Narrowing, ...]]:
    """The steps before consent (who the list is about) and after it (who of them hears of it)."""
    options = asked.options

    def quiet(session: Session, ids: Ids) -> Mask:
        recent = written_to(
            session, catalogue.as_of, options.quiet_days, definition=asked.definition, channel=asked.channel
        )
        return ~np.isin(ids, recent)

    def apart(session: Session, ids: Ids) -> Mask:
        rows = session.run(values_of("audience", catalogue, [catalogue.fields[options.strata]])).rows
        return ~control_group(ids, [row[1] for row in rows], options.control, seed=options.seed)

    promotes = asked.channel != NO_CHANNEL and not options.outsiders
    before = [
        (promotes, Narrowing(OUTSIDE, lambda _, ids: ~np.isin(ids, asked.outside))),
        (bool(options.without), Narrowing(WITHOUT, lambda _, ids: ~np.isin(ids, asked.without))),
        (options.since is not None, Narrowing(SINCE, lambda session, ids: _new(session, ids, options.since))),
    ]
    after = [
        (options.quiet_days > 0, Narrowing(QUIET, quiet)),
        (
            options.one_per != PERSON,
            Narrowing(options.one_per, lambda session, _: one_each(session, catalogue, options.one_per)),
        ),
        (options.control > 0, Narrowing(CONTROL, apart)),
    ]
    return tuple(step for on, step in before if on), tuple(step for on, step in after if on)


def _new(session: Session, ids: Ids, export_id: int | None) -> Mask:
    past = read_export_members(session, export_id) if export_id is not None else ()
    return ~np.isin(ids, np.asarray(past, dtype=np.int64))
