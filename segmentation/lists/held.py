"""Everything a base holds of one person, as a workbook for who asks what is known of them.

Sheets: what is known now and what is worked out from it, every value that a file or a hand ever gave, orders,
exchanges, consents with their proof, groups and ids, segments and lists. Cells are text, numbers or dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from segmentation.criteria.catalogue import Catalogue
from segmentation.i18n import Words
from segmentation.lists.columns import ListColumn
from segmentation.lists.workbook import write_sheets
from segmentation.results import Report, Value
from segmentation.traits.choices import choice_word

Rows = Sequence[Sequence[Value]]
_ASIDE = frozenset(
    {"import_id", "row_number", "contact_id", "external_id", "kind", "file_name", "author", "at"}
)
"""Columns of a kept row that are about the row, not the person."""


@dataclass(frozen=True, slots=True)
class Held:
    """One person: their report with all orders and events, the rows kept of them, and where they are.

    ``rows`` are those of ``reports.contact.rows_of_files``; ``segments`` the names of the segments they are
    in; ``lists`` the lists that left the base with them: moment, name, channel, file.
    """

    report: Report
    rows: Sequence[Mapping[str, Any]]
    segments: Sequence[str]
    lists: Rows


def write_held(out: BinaryIO, held: Held, catalogue: Catalogue, w: Words) -> None:
    """Write the workbook to ``out``, which stays open."""
    sheets = held.report.sheets

    def told(code: object, value: Any) -> str:
        return _told(catalogue, str(code), value, w)

    known = [
        (_label(catalogue, str(code), w), told(code, value), *_origin(given, w))
        for code, value, *given in sheets["values"].rows
    ]
    worked = [
        (_label(catalogue, str(code), w), told(code, value), w("held.worked_out"))
        for code, value in sheets["computed"].rows
    ]
    history = [
        (_label(catalogue, code, w), told(code, value), *_origin([row.get(name) for name in _FROM], w))
        for row in held.rows
        for code, value in row.items()
        if code not in _ASIDE and code != "unread" and value is not None
    ]
    unread = [(str(field), str(cell), *_origin(given, w)) for field, cell, *given in sheets["unread"].rows]
    consents = [
        (
            w(f"channel.{channel}"),
            w(f"consent.{state}"),
            day,
            source,
            proof,
            *_origin([number, None, *given], w),
        )
        for channel, state, day, source, proof, number, *given in sheets["consents"].rows
    ]
    names = [(w("held.group"), row[0]) for row in sheets["groups"].rows]
    names += [(w("held.id"), f"{row[0]} · {row[1]}") for row in sheets["ids"].rows]
    names += [(w("held.segment"), name) for name in held.segments]
    what = (("what", "text"), ("value", "text"), ("from", "text"), ("at", "datetime"))
    parts = (
        ("now", what, [*known, *worked]),
        ("history", what, [*history, *unread]),
        ("orders", _ORDERS, sheets["orders"].rows),
        ("events", _EVENTS, _events(sheets["events"].rows, w)),
        ("consents", _CONSENTS, consents),
        ("groups", (("kind", "text"), ("name", "text")), names),
        (
            "lists",
            _LISTS,
            [(at, name, w(f"channel.{channel}"), file) for at, name, channel, file in held.lists],
        ),
    )
    write_sheets(
        out,
        [(w(f"held.sheet.{name}"), _columns(columns, w), rows) for name, columns, rows in parts],
        w,
        currency=catalogue.currency,
    )


_FROM = ("import_id", "row_number", "kind", "file_name", "author", "at")
_ORDERS = (
    ("date", "datetime"), ("number", "text"), ("amount", "money"), ("currency", "text"), ("status", "text"),
    ("counted", "boolean"), ("items", "text"),
)  # fmt: skip
_EVENTS = (("date", "datetime"), ("kind", "text"), ("campaign", "text"), ("channel", "text"))
_CONSENTS = (
    ("channel", "text"), ("consent", "text"), ("date", "date"), ("source", "text"), ("proof", "text"),
    ("from", "text"), ("at", "datetime"),
)  # fmt: skip
_LISTS = (("at", "datetime"), ("name", "text"), ("channel", "text"), ("file", "text"))


def _columns(columns: Iterable[tuple[str, str]], w: Words) -> list[ListColumn]:
    return [ListColumn(code, w(f"held.{code}"), kind) for code, kind in columns]


def _events(rows: Rows, w: Words) -> Rows:
    """The kind of each exchange in words."""
    return [(row[0], w(f"event.{row[1]}") if w.has(f"event.{row[1]}") else row[1], *row[2:]) for row in rows]


def _label(catalogue: Catalogue, code: str, w: Words) -> str:
    field = catalogue.fields.get(code)
    if field is not None and field.label:
        return field.label
    return w(f"field.{code}") if w.has(f"field.{code}") else code


def _origin(given: Sequence[Any], w: Words) -> tuple[str, Any]:
    """Where a value comes from, and when it came."""
    number, row, _kind, file, author, at = given
    if number is None:
        return "", None
    if not file:
        return (w("held.by_hand_of", author=author) if author else w("held.by_hand")), at
    return (w("held.row", name=file, row=w.number(row)) if row is not None else str(file)), at


def _told(catalogue: Catalogue, code: str, value: Any, w: Words) -> str:
    """A value as a person reads it."""
    field = catalogue.fields.get(code)
    if isinstance(value, bool):
        return w("value.yes" if value else "value.no")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return w.moment(value)
    if isinstance(value, date):
        return w.date(value)
    if isinstance(value, Decimal) or (field is not None and field.type == "money"):
        return w.money(value, catalogue.currency)
    if isinstance(value, (int, float)):
        return w.number(value)
    word = choice_word(field, str(value)) if field is not None else None
    return w(word) if word else str(value)
