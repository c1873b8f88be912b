"""Lists leave the base: a campaign's list, journalled; what a past one would be today; columns and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt

from segmentation.criteria.codec import segment_from_json, segment_to_json
from segmentation.criteria.nodes import Any, InSegment
from segmentation.i18n import Words
from segmentation.lists.changes import Changes, changes_since
from segmentation.lists.columns import usual_columns
from segmentation.lists.making import ListRequest, make_list, narrowed
from segmentation.lists.options import ListOptions, options_from_json, options_to_json
from segmentation.lists.waterfall import NO_CHANNEL, Waterfall
from segmentation.results import Statement
from segmentation.store.journal import Export, read_export_members, write_export
from segmentation.traits.consent import CHANNELS

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase

PRICES = "list_prices"
"""The setting that holds the price of one message: {channel: amount as text}."""


def found_list(base: OpenBase, asked: ListRequest) -> Waterfall:
    """Who would be in a list, step by step; nothing is written. Raises ListError, CriterionError."""
    evaluator, without = base.evaluator, _without(base, asked.options)
    with base.audience(asked.segment) as session:
        return narrowed(session, asked, evaluator, without)


def write_list(
    base: OpenBase,
    out: BinaryIO,
    asked: ListRequest,
    w: Words,
    *,
    file_name: str,
    segment_key: str | None = None,
) -> Export:
    """Write a campaign's list and journal it; its record. On a ListError nothing is journalled."""
    settings = base.settings
    asked = replace(
        asked,
        author=asked.author or base.author,
        base=asked.base or settings.name,
        currency=settings.currency,
    )
    evaluator, now = base.evaluator, datetime.now().replace(microsecond=0)
    without = _without(base, asked.options)
    with base.audience(asked.segment) as session:
        made = make_list(out, asked, session, evaluator, w, now=now, without=without)
    found = made.found
    export = Export(
        author=asked.author,
        segment_key=segment_key,
        segment_version=asked.segment_version,
        definition=segment_to_json(asked.segment),
        channel=asked.channel,
        format=asked.form,
        rows=made.rows,
        columns=list(made.columns),
        exclusions=found.exclusions,
        reason=asked.reason if found.confirmed else None,
        file_name=file_name,
        as_of=evaluator.catalogue.as_of,
        version=evaluator.catalogue.version,
        created_at=now,
        name=asked.name,
        options=options_to_json(asked.options),
        control=len(found.control),
    )
    with base.database.session() as session, session.transaction(write=True):
        number = write_export(session, export, found.ids.tolist(), control=found.control.tolist())
    return replace(export, export_id=number)


def changed_since(base: OpenBase, export: Export) -> Changes | None:
    """What a past list would be today; None when its people were not kept.

    No control group is drawn: those kept out of the past list are of it too.
    Raises CriterionError, ListError when it can no longer be asked.
    """
    past = np.asarray(read_export_members(base.database, export.export_id), dtype=np.int64)
    if not len(past):
        return None
    resting = replace(options_from_json(export.options), control=0)
    options = replace(resting, quiet_days=0)
    asked = ListRequest(
        segment_from_json(export.definition),
        export.name,
        export.channel or NO_CHANNEL,
        reason=export.reason,
        options=options,
    )
    members = base.evaluator.ids(asked.segment)
    without = _without(base, options)
    today = found_list(base, asked).ids
    awake = found_list(base, replace(asked, options=resting)).ids if resting.quiet_days else today
    return changes_since(past, np.setdiff1d(members, without), today, awake)


def chosen_columns(base: OpenBase, channel: str) -> tuple[str, ...]:
    """The columns chosen last for a channel's lists, those that still exist; else its usual ones."""
    chosen = base.settings.get(columns_setting(channel))
    kept = chosen if isinstance(chosen, list) else _naming(base, usual_columns(channel))
    return tuple(str(code) for code in kept if code in base.catalogue.fields)


def _naming(base: OpenBase, usual: Sequence[str]) -> list[str]:
    """The usual columns as a base names people: no id that no file gave, the whole name where it is all."""
    given, civil, first, last, whole = base.database.run(
        Statement(
            "SELECT coalesce((SELECT bool_or(external_id NOT LIKE '~%') FROM identities), FALSE),"
            " count(civility) > 0, count(first_name) > 0, count(last_name) > 0,"
            " count(full_name) FILTER (WHERE first_name IS NULL OR last_name IS NULL) > 0"
            " FROM contacts WHERE live"
        )
    ).rows[0]
    absent = {"contact_id": not given, "civility": not civil, "first_name": not first, "last_name": not last}
    named: list[str] = []
    for code in usual:
        if not (whole and absent.get(code, False)) and not (code == "contact_id" and not given):
            named.append(code)
        if code == "last_name" and whole:
            named.append("full_name")
    return named


def columns_setting(channel: str) -> str:
    """The setting that holds the columns chosen for a channel's lists."""
    return f"list_columns_{channel}"


def prices(base: OpenBase) -> Mapping[str, Decimal]:
    """What one message costs by channel, in the base's currency, for the channels whose price was said."""
    return prices_of(base.settings.get(PRICES))


def prices_of(said: object) -> dict[str, Decimal]:
    """The prices a setting holds; what is no price is left out."""
    found = {}
    for channel, price in said.items() if isinstance(said, Mapping) else ():
        try:
            amount = Decimal(str(price))
        except InvalidOperation:
            continue
        if channel in CHANNELS and amount.is_finite() and amount > 0:
            found[str(channel)] = amount
    return found


def export_segment(
    base: OpenBase,
    name: str,
    path: Path,
    w: Words,
    *,
    channel: str,
    form: str | None = None,
    options: ListOptions | None = None,
) -> Mapping[str, object]:
    """Write the list of a saved segment for ``channel`` and journal it.

    ``form`` is a code of ``lists.formats.FORMATS``, the file's suffix when not said; segments left out in
    ``options`` may be named by key or by name. Unknown consent is never in it. Gives back {rows, members,
    channel, format, file, export_id, exclusions, control}.
    Raises CriterionError, and ListError ``error.list.nobody`` (no file is left then).
    """
    saved = base.segments.find(name)
    options = options or ListOptions()
    keys = tuple(base.segments.find(other).key for other in options.without)
    asked = ListRequest(
        segment_from_json(saved.definition),
        saved.name,
        channel,
        form or path.suffix.lower().lstrip("."),
        chosen_columns(base, channel),
        segment_version=saved.version,
        options=replace(options, without=keys),
    )
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as out:
            export = write_list(base, out, asked, w, file_name=path.name, segment_key=saved.key)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    members = export.rows + sum(export.exclusions.values())
    found = {"rows": export.rows, "members": members, "channel": channel, "format": export.format}
    found |= {"file": str(path), "export_id": export.export_id, "exclusions": dict(export.exclusions)}
    return {**found, "control": export.control}


def _without(base: OpenBase, options: ListOptions) -> npt.NDArray[np.int64]:
    """The members of the segments left out."""
    if not options.without:
        return np.zeros(0, np.int64)
    return base.evaluator.ids(Any(tuple(InSegment(key) for key in options.without)))
