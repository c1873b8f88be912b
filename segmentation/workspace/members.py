"""People leave the base: a campaign’s list, journalled; or every member whatever their consent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from segmentation.audience.bitmaps import Mask
from segmentation.audience.evaluator import Asked
from segmentation.criteria.catalogue import Field
from segmentation.criteria.codec import segment_from_json, segment_to_json
from segmentation.i18n import Words
from segmentation.lists.columns import ListColumn, list_columns
from segmentation.lists.csv_file import SCRIPT, write_csv
from segmentation.lists.making import ListRequest, make_list
from segmentation.lists.workbook import write_workbook
from segmentation.results import Statement, Value
from segmentation.store.journal import Export, write_export

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase


def write_members(base: OpenBase, asked: Asked | Mask, path: Path, w: Words) -> int:
    """Write the members of ``asked`` to a .csv or .xlsx; how many.

    Columns: contact_id, external_id (all of them, joined by ``|``) and the stored fields that hold a value. A
    CSV has field codes as headers and commas, for scripts; a workbook has words.
    """
    fields = _filled(base)
    rows = _rows(base, asked, fields)
    with path.open("wb") as out:
        if path.suffix.lower() == ".csv":
            codes = [field.label or field.code for field in fields]
            return write_csv(out, ["contact_id", "external_id", *codes], rows, dialect=SCRIPT)
        ids = (
            ListColumn("contact_id", "contact_id", "integer"),
            ListColumn("external_id", "external_id", "id"),
        )
        named = list_columns(base.catalogue, [field.code for field in fields], w) if fields else ()
        return write_workbook(out, [*ids, *named], rows, w, currency=base.catalogue.currency)


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
    with base.audience(asked.segment) as session:
        made = make_list(out, asked, session, evaluator, w, now=now)
    export = Export(
        author=asked.author,
        segment_key=segment_key,
        segment_version=asked.segment_version,
        definition=segment_to_json(asked.segment),
        channel=asked.channel,
        format=asked.form,
        rows=made.rows,
        columns=list(made.columns),
        exclusions=made.found.exclusions,
        reason=asked.reason if made.found.confirmed else None,
        file_name=file_name,
        as_of=evaluator.catalogue.as_of,
        version=evaluator.catalogue.version,
        created_at=now,
    )
    with base.database.session() as session, session.transaction(write=True):
        return replace(export, export_id=write_export(session, export))


def export_segment(base: OpenBase, name: str, path: Path, w: Words, *, channel: str) -> Mapping[str, object]:
    """Write the list of a saved segment for ``channel`` and journal it.

    Unknown consent is never in it. Gives back {rows, members, channel, file, export_id, exclusions}.
    Raises CriterionError, and ListError ``error.list.nobody`` (no file is left then).
    """
    saved = base.segments.find(name)
    segment = segment_from_json(saved.definition)
    form = path.suffix.lower().lstrip(".")
    asked = ListRequest(segment, saved.name, channel, form, base.settings.list_columns, None, saved.version)
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as out:
            export = write_list(base, out, asked, w, file_name=path.name, segment_key=saved.key)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    members = export.rows + sum(export.exclusions.values())
    found = {"rows": export.rows, "members": members, "channel": channel, "file": str(path)}
    return {**found, "export_id": export.export_id, "exclusions": dict(export.exclusions)}


def _rows(base: OpenBase, asked: Asked | Mask, fields: Sequence[Field]) -> Iterator[Sequence[Value]]:
    columns = "".join(f", {field.expression} AS f{rank}" for rank, field in enumerate(fields))
    ids = "(SELECT contact_id, string_agg(DISTINCT external_id, '|') AS ids FROM identities GROUP BY ALL) i"
    with base.audience(asked) as session:
        table = session.arrow(
            Statement(
                f"SELECT r.contact_id, i.ids{columns} FROM contacts r SEMI JOIN audience USING (contact_id)"
                f" LEFT JOIN {ids} USING (contact_id) ORDER BY r.contact_id"
            )
        )
    for batch in table.to_batches(max_chunksize=4096):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _filled(base: OpenBase) -> list[Field]:
    """The fields stored with the contacts that at least one has, in the order of the catalogue."""
    stored = [field for field in base.catalogue.fields.values() if field.relation == "contacts"]
    plain = [field for field in stored if ":as_of" not in field.expression]
    counts = ", ".join(f"count({field.expression})" for field in plain)
    row = base.database.run(Statement(f"SELECT {counts} FROM contacts r WHERE live")).rows[0]
    return [field for field, count in zip(plain, row, strict=True) if count]
