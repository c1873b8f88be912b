"""One list made as asked: its people narrowed by the waterfall, its file written, what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import numpy as np

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.codec import segment_to_json
from segmentation.criteria.describe import describe
from segmentation.criteria.segment import Segment
from segmentation.errors import ListError
from segmentation.i18n import Words
from segmentation.lists.about import About
from segmentation.lists.columns import list_columns, list_rows, usual_columns
from segmentation.lists.csv_file import Dialect, write_csv
from segmentation.lists.figures import figure_blocks, steps_block
from segmentation.lists.waterfall import Waterfall, narrow, waterfall
from segmentation.lists.workbook import write_workbook
from segmentation.reports.breakdowns import breakdowns
from segmentation.store.session import Session

FORMATS: tuple[str, ...] = ("xlsx", "csv")


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


@dataclass(frozen=True, slots=True)
class MadeList:
    """What was written: the waterfall, the columns in order, the number of rows."""

    found: Waterfall
    columns: tuple[str, ...]
    rows: int


def make_list(
    out: BinaryIO, asked: ListRequest, session: Session, evaluator: Evaluator, w: Words, *, now: datetime
) -> MadeList:
    """Write the list of the session's audience (the members) to ``out``, which stays open.

    Raises ListError ``error.list.format``, ``error.list.channel``, ``error.list.unknown_column`` and
    ``error.list.nobody`` (nothing is written then).
    """
    if asked.form not in FORMATS:
        raise ListError("error.list.format", format=asked.form)
    catalogue = evaluator.catalogue
    found = waterfall(session, asked.channel, confirm_reason=asked.reason)
    codes = asked.columns or usual_columns(asked.channel)
    columns = list_columns(catalogue, codes, w)
    if not len(found.ids):
        raise ListError("error.list.nobody", name=asked.name)
    narrow(session, found)
    rows = list_rows(session, catalogue, columns)
    if asked.form == "csv":
        written = write_csv(out, [column.header for column in columns], rows, dialect=dialect_of(w))
    else:
        mask = np.zeros(int(found.ids[-1]) + 1, dtype=np.bool_)
        mask[found.ids] = True
        pictures = breakdowns(evaluator, mask, bars=8)
        written = write_workbook(
            out, columns, rows, w,
            about=_about(asked, found, evaluator, w, now),
            figures=(steps_block(found, w), *figure_blocks(catalogue, pictures, w)),
            currency=asked.currency,
        )  # fmt: skip
    return MadeList(found, tuple(column.code for column in columns), written)


def dialect_of(w: Words) -> Dialect:
    """How a CSV for people is written in a language."""
    return Dialect(decimal="," if w.language == "fr" else ".", yes=w("value.yes"), no=w("value.no"))


def _about(asked: ListRequest, found: Waterfall, evaluator: Evaluator, w: Words, now: datetime) -> About:
    definition: Mapping[str, object] = segment_to_json(asked.segment)
    return About(
        name=asked.name,
        sentence=describe(asked.segment, evaluator.catalogue, w),
        definition=definition,
        found=found,
        as_of=evaluator.catalogue.as_of,
        made_at=now,
        version=evaluator.catalogue.version,
        segment_version=asked.segment_version,
        reason=asked.reason,
        author=asked.author,
        base=asked.base,
    )
