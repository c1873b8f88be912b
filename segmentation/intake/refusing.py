"""How many people one column of a file would alone have refused: where it is most of them, it is said before
saving, for a refusal is for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from segmentation.intake.clean.cleaning import clean_columns
from segmentation.intake.clean.columns import SEVERAL, Column
from segmentation.intake.clean.consent import CHANNELS, OPT_IN, channels_named, is_refusal, reach_of
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.join_back import join_back
from segmentation.intake.clean.which_mail import with_post_said
from segmentation.intake.plan import LEFT_OUT, ImportRequest, columns_of
from segmentation.intake.read.table import Table
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.session import Session, quoted

MOST: Final = 0.5
"""Above this share of a file's people, a column that refuses is worth a second look."""
_ROWS: Final = "clean_people c"


@dataclass(frozen=True, slots=True)
class Refusing:
    """A column that would have most of a file's people refused.

    ``index`` is its place in the file; ``people`` of ``everyone`` are refused on ``channels``, counted in
    people of the file, or in rows while it is not prepared.
    """

    index: int
    field: str
    channels: tuple[str, ...]
    people: int
    everyone: int


def refusing_columns(session: Session, table: Table, columns: Sequence[Column]) -> tuple[Refusing, ...]:
    """Those of a prepared file, read in ``clean`` and ``clean_people``."""
    told = with_post_said(columns, table.headers)
    return _found(session, table, told, people="SELECT count(*) FROM units", rows=_ROWS)


def would_refuse(database: Database, request: ImportRequest, index: int) -> Refusing | None:
    """What the column ``index`` of a request would do, read alone; None when it refuses half of the rows or
    fewer."""
    table, field = request.table, request.mapping.get(index)
    if field is None or field.removeprefix("contacts.") not in SEVERAL:
        return None
    alone = {other: field if other == index else LEFT_OUT for other in range(len(table.headers))}
    with database.session() as session:
        columns = columns_of(replace(request, mapping=alone))
        whole = with_post_said(columns_of(request), table.headers)
        told = {one.source: one.header for one in whole}
        columns = tuple(replace(one, header=told[one.source]) for one in columns)
        session.stage_csv(
            "staged", table.path, ("_row", *table.columns),
            delimiter=table.path_delimiter, quote=table.path_quote, skip=1, numbers=("_row",),
        )  # fmt: skip
        context = Context("", "text", today=date.today())
        cleaned = clean_columns(session, columns, context, request.rules_off, lambda _: None)
        session.sql(f"CREATE OR REPLACE TEMP TABLE clean AS {join_back(cleaned, None)}")
        return next(iter(_found(session, table, columns, people="SELECT count(*) FROM clean")), None)


def _found(
    session: Session, table: Table, columns: Sequence[Column], *, people: str, rows: str = ""
) -> tuple[Refusing, ...]:
    """``people`` counts those of the file; ``rows`` gives the ``c.unit_id`` of each, "" to count rows."""
    found, everyone = [], _count(session, people)
    for column in columns:
        entity, _, key = column.field.partition(".")
        if entity != "contacts" or key not in SEVERAL:
            continue
        cell = f"c.{quoted(column.name)}"
        refused = f"{cell} IS NOT NULL" if key == "optout_date" else f"{cell} = 'no'"
        number = _count(session, f"SELECT count(*) FROM clean c WHERE {refused}")
        if number > MOST * everyone and rows:  # several rows may be one person
            number = _count(session, f"SELECT count(DISTINCT c.unit_id) FROM {rows} WHERE {refused}")
        if number > MOST * everyone:
            index = table.columns.index(column.source)
            found.append(Refusing(index, column.field, _channels(key, column.header), number, everyone))
    return tuple(found)


def _count(session: Session, sql: str) -> int:
    return int(str(session.scalar(Statement(sql))))


def _channels(key: str, header: str) -> tuple[str, ...]:
    """The channels that a refusal in the column closes, as ``agreements`` writes them."""
    if key == "email_bounced":
        return ("email",)
    if key not in OPT_IN:
        return reach_of(header)
    named = reach_of(header) if is_refusal(header) else channels_named(header)
    return tuple(channel for channel in CHANNELS if channel in (*named, OPT_IN[key]))
