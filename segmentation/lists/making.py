"""One list made as asked: its people narrowed step by step, its file written, what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.codec import segment_to_json
from segmentation.criteria.describe import describe
from segmentation.criteria.segment import Segment
from segmentation.errors import ListError
from segmentation.i18n import Words
from segmentation.lists.about import About
from segmentation.lists.columns import list_columns, usual_columns
from segmentation.lists.formats import Content, format_of
from segmentation.lists.narrowing import OUTSIDERS, Asked, narrowings
from segmentation.lists.options import ListOptions
from segmentation.lists.waterfall import Waterfall, waterfall
from segmentation.store.session import Session


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list as asked. No ``columns`` means the usual ones of the channel; ``name`` is what it is called.

    ``reason``: why people whose consent is unknown are in it; None leaves them out.
    """

    segment: Segment
    name: str
    channel: str = "email"
    form: str = "xlsx"
    columns: tuple[str, ...] = ()
    reason: str | None = None
    segment_version: int | None = None
    author: str = ""
    base: str = ""
    currency: str = "EUR"
    options: ListOptions = field(default_factory=ListOptions)


@dataclass(frozen=True, slots=True)
class MadeList:
    """What was written: the waterfall, the columns in order, the number of rows."""

    found: Waterfall
    columns: tuple[str, ...]
    rows: int


Ids = npt.NDArray[np.int64]


def narrowed(session: Session, asked: ListRequest, evaluator: Evaluator, without: Ids) -> Waterfall:
    """The session's audience (the members) down to the list asked, which it becomes.

    ``without`` are the members of the segments that ``asked.options`` leaves out. Raises ListError.
    """
    outside = evaluator.ids(OUTSIDERS)
    terms = Asked(asked.options, outside, without, segment_to_json(asked.segment), asked.channel)
    before, after = narrowings(evaluator.catalogue, terms)
    return waterfall(session, asked.channel, confirm_reason=asked.reason, before=before, after=after)


def make_list(
    out: BinaryIO,
    asked: ListRequest,
    session: Session,
    evaluator: Evaluator,
    w: Words,
    *,
    now: datetime,
    without: Ids | None = None,
) -> MadeList:
    """Write the list of the session's audience (the members) to ``out``, which stays open.

    Raises ListError ``error.list.format``, ``error.list.format_channel``, ``error.list.channel``,
    ``error.list.unknown_column`` and ``error.list.nobody`` (nothing is written then).
    """
    catalogue = evaluator.catalogue
    nobody = np.zeros(0, np.int64)
    found = narrowed(session, asked, evaluator, nobody if without is None else without)
    form = format_of(asked.form, asked.channel)
    columns = list_columns(catalogue, asked.columns or usual_columns(asked.channel), w)
    if not len(found.ids):
        raise ListError("error.list.nobody", name=asked.name)
    about = _about(asked, found, evaluator, w, now)
    written = form.write(out, Content(session, evaluator, columns, about, asked.currency, w))
    return MadeList(found, tuple(column.code for column in columns), written)


def _about(asked: ListRequest, found: Waterfall, evaluator: Evaluator, w: Words, now: datetime) -> About:
    definition: Mapping[str, object] = segment_to_json(asked.segment)
    catalogue = evaluator.catalogue
    return About(
        name=asked.name,
        sentence=describe(asked.segment, catalogue, w),
        definition=definition,
        found=found,
        as_of=catalogue.as_of,
        made_at=now,
        version=catalogue.version,
        segment_version=asked.segment_version,
        options=asked.options,
        without=tuple(catalogue.segment_names.get(key, key) for key in asked.options.without),
        reason=asked.reason,
        author=asked.author,
        base=asked.base,
    )
