"""Every member leaves the base, whatever their consent: a working file, not a campaign's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from segmentation.audience.bitmaps import Mask
from segmentation.audience.evaluator import Asked
from segmentation.criteria.catalogue import Field
from segmentation.i18n import Words
from segmentation.lists.columns import ListColumn, list_columns
from segmentation.lists.csv_file import SCRIPT, write_csv
from segmentation.lists.workbook import write_workbook
from segmentation.results import Statement, Value

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
