"""Writes people to a file: every member whatever their consent, or those a channel may reach.

A CSV has field codes as headers, for scripts; a workbook has words. No cell can run as a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from segmentation.audience.bitmaps import Mask, unpack
from segmentation.audience.evaluator import Asked
from segmentation.criteria.catalogue import Field
from segmentation.criteria.codec import segment_from_json
from segmentation.errors import InputError, ListError
from segmentation.i18n import Words
from segmentation.results import Statement
from segmentation.store.journal import Export, write_export

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase

ROWS = 1_048_575
"""What a sheet of a workbook holds below its header."""

_RUNS = re.compile(r"^\s*[=+\-@\t\r\n\0＝＋－＠]")
_HARMLESS = re.compile(r"-?\d+([.,]\d+)?|\+\d{6,15}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_767


def write_members(base: OpenBase, asked: Asked | Mask, path: Path, w: Words) -> int:
    """Write the members of ``asked`` to a .csv or .xlsx; how many.

    Columns: contact_id, external_id (all of them, joined by ``|``) and the stored fields that hold a value.
    Raises InputError ``error.list.too_long`` when a workbook cannot hold them.
    """
    fields = _filled(base)
    columns = ", ".join(f"{field.expression} AS f{rank}" for rank, field in enumerate(fields))
    ids = "(SELECT contact_id, string_agg(DISTINCT external_id, '|') AS ids FROM identities GROUP BY ALL) i"
    with base.audience(asked) as session:
        rows = session.run(
            Statement(
                f"SELECT r.contact_id, i.ids{', ' if columns else ''}{columns} FROM contacts r"
                f" SEMI JOIN audience USING (contact_id) LEFT JOIN {ids} USING (contact_id)"
                " ORDER BY r.contact_id"
            )
        ).rows
    if path.suffix.lower() == ".csv":
        codes = [field.label or field.code for field in fields]
        _write_csv(path, ["contact_id", "external_id", *codes], rows)
    else:
        words = [field.label or w(f"field.{field.code}") for field in fields]
        _write_workbook(path, ["contact_id", "external_id", *words], rows)
    return len(rows)


def export_segment(base: OpenBase, name: str, path: Path, w: Words, *, channel: str) -> Mapping[str, object]:
    """Write the members of a saved segment that ``channel`` may reach today, and journal the list.

    Unknown consent is never in it. Gives back {rows, members, channel, file, export_id}.
    Raises CriterionError, InputError, and ListError ``error.list.nobody``.
    """
    saved = base.segments.find(name)
    mask = base.evaluator.mask(segment_from_json(saved.definition))
    reachable = unpack(base.evaluator.channel(channel).reachable, len(mask))
    chosen = mask & reachable
    if not chosen.any():
        raise ListError("error.list.nobody", name=saved.name)
    rows = write_members(base, chosen, path, w)
    export = Export(
        author=base.author,
        segment_key=saved.key,
        segment_version=saved.version,
        definition=saved.definition,
        channel=channel,
        format=path.suffix.lower().lstrip("."),
        rows=rows,
        columns=["contact_id", "external_id", *(field.code for field in _filled(base))],
        exclusions={"not_reachable": int(mask.sum()) - rows},
        reason=None,
        file_name=path.name,
        as_of=base.as_of,
        version=base.version,
    )
    with base.database.session() as session, session.transaction(write=True):
        number = write_export(session, export)
    found = {"rows": rows, "members": int(mask.sum()), "channel": channel, "file": str(path)}
    return {**found, "export_id": number}


def _filled(base: OpenBase) -> list[Field]:
    """The fields stored with the contacts that at least one has, in the order of the catalogue."""
    stored = [field for field in base.catalogue.fields.values() if field.relation == "contacts"]
    plain = [field for field in stored if ":as_of" not in field.expression]
    counts = ", ".join(f"count({field.expression})" for field in plain)
    row = base.database.run(Statement(f"SELECT {counts} FROM contacts r WHERE live")).rows[0]
    return [field for field, count in zip(plain, row, strict=True) if count]


def _write_csv(path: Path, headers: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_guarded(header) for header in headers])
        writer.writerows([_guarded(_text(value)) for value in row] for row in rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _guarded(text: str) -> str:
    """A text that a spreadsheet shows as it is: numbers and phones are left alone, the rest cannot run."""
    return f"'{text}" if _RUNS.match(text) and not _HARMLESS.fullmatch(text) else text


def _write_workbook(path: Path, headers: list[str], rows: list[tuple[Any, ...]]) -> None:
    if len(rows) > ROWS:
        raise InputError("error.list.too_long", n=len(rows), most=ROWS)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), {**options, "strings_to_numbers": False})
    with book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, day)
        sheet.autofilter(0, 0, len(rows), len(headers) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: object, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value)
    elif isinstance(value, (date, datetime)) and value.year >= 1900:
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, _CONTROLS.sub("", _text(value))[:_LONGEST])
