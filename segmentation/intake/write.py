"""Writes a prepared import: its cleaned rows into the ``import_*`` tables, its record into the history.

Runs inside the one writing transaction of ``load.commit``. New contacts get their ids here, in file order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import pyarrow as pa

from segmentation.intake.clean.columns import Column
from segmentation.intake.masks import is_mask
from segmentation.intake.plan import LEFT_OUT, ImportRequest
from segmentation.intake.read.table import RefusedRow
from segmentation.intake.report import Preview
from segmentation.intake.tally import NOT_STORED, OUT, columns_in
from segmentation.results import Statement
from segmentation.store.fold import refold_consents, refold_contacts, refold_events, refold_memberships
from segmentation.store.fold_orders import refold_orders
from segmentation.store.hollow import columns_of, fill_in, is_large, is_nearly_sorted, make_anew
from segmentation.store.imports import Import, next_import_id, record_import, take_contact_ids
from segmentation.store.passing import forget
from segmentation.store.session import Session, quoted
from segmentation.store.user_columns import add_user_column, read_user_columns

_WRITTEN = "out_contacts clean_people row_units clean units matched out_order_lines out_consents"
"""What is no longer read once its rows are kept: half the memory of a large import."""

_MANY = 200_000
"""Beyond so many touched contacts, everyone is refreshed rather than listed."""


@dataclass(frozen=True, slots=True)
class Written:
    """An import whose rows are in; its fold is still to be done."""

    import_id: int
    kind: str

    def fold(self, session: Session) -> None:
        """Fold what the import touched; the touched contacts stay in ``touched_contacts``."""
        session.sql("CREATE OR REPLACE TEMP TABLE touched_contacts AS SELECT DISTINCT contact_id FROM people")
        refold_contacts(session, "touched_contacts")
        refold_consents(session, "touched_contacts")
        refold_memberships(session, "touched_contacts")
        if self.kind in ("orders", "order_lines"):
            session.sql(
                "CREATE OR REPLACE TEMP TABLE touched_orders AS SELECT DISTINCT order_key FROM out_orders"
            )
            refold_orders(session, "touched_orders", people="touched_contacts")
        if self.kind == "events":
            session.sql(
                "CREATE OR REPLACE TEMP TABLE touched_events AS SELECT DISTINCT event_key FROM out_events"
            )
            refold_events(session, "touched_events")

    def touched(self, session: Session) -> tuple[int, ...] | None:
        """The ids of the touched contacts, None when they are too many to list."""
        rows = session.run(
            Statement(f"SELECT contact_id FROM touched_contacts ORDER BY contact_id LIMIT {_MANY + 1}")
        ).rows
        return tuple(int(str(row[0])) for row in rows) if len(rows) <= _MANY else None


def write_import(
    session: Session, request: ImportRequest, columns: Sequence[Column], preview: Preview
) -> Written:
    """Insert the rows of ``out_*`` and the record of the import."""
    import_id = next_import_id(session)
    codes = _own_codes(session, request, columns, import_id)
    _people(session)
    for entity, table in OUT.items():
        if (
            entity == "contacts"
            or entity == request.kind
            or (entity == "orders" and request.kind == "order_lines")
        ):
            _insert(session, entity, table, import_id, codes if entity == request.kind else {})
    _name(session, request.source, import_id)
    for name in ("consents", "memberships"):
        session.sql(
            f"INSERT INTO import_{name} BY NAME SELECT {import_id} AS import_id, p.contact_id, o.*"
            " EXCLUDE (unit_id)"
            f" FROM out_{name} o JOIN people p USING (unit_id)"
        )
    _write_rejects(session, request, import_id)
    forget(session, _WRITTEN)
    record = _record(request, columns, preview, import_id)
    record_import(session, record)
    return Written(import_id, request.kind)


def _own_codes(
    session: Session, request: ImportRequest, columns: Sequence[Column], import_id: int
) -> dict[str, str]:
    """The base's column for each own column of the file, made when the base has none of that header and
    type.
    """
    known = {(c.header, c.type): c.code for c in read_user_columns(session, request.kind)}
    codes: dict[str, str] = {}
    for column in columns:
        if column.name.startswith("own."):
            found = known.get((column.header, column.type))
            if found is None:
                found = add_user_column(
                    session, request.kind, header=column.header, type=column.type, import_id=import_id
                ).code
            codes[column.name] = found
    return codes


def _people(session: Session) -> None:
    """``people``(unit_id, contact_id): the ids of known contacts, and new ones taken in file order."""
    count = int(
        str(session.scalar(Statement("SELECT coalesce(-min(person), 0) FROM matched WHERE person < 0")) or 0)
    )
    first = take_contact_ids(session, count) if count else 0
    session.sql(
        "CREATE OR REPLACE TEMP TABLE people AS SELECT unit_id, CASE WHEN person < 0 THEN ? - person - 1"
        " ELSE person END"
        "::INTEGER AS contact_id FROM matched",
        first,
    )


def _name(session: Session, source: str, import_id: int) -> None:
    """Keep the ids that the source gives to people, those not known yet."""
    known = "(SELECT external_id AS ext FROM identities WHERE source = ?)"
    ids = "FROM units u JOIN people p USING (unit_id)"
    values = [source, import_id]
    if session.scalar(Statement("SELECT count(*) FROM identities WHERE source = ?", (source,))):
        ids += f" ANTI JOIN {known} i USING (ext)"
        values.append(source)
    session.sql(
        f"INSERT INTO identities SELECT ?, u.ext, p.contact_id, ? {ids} WHERE u.ext IS NOT NULL", *values
    )


def _insert(session: Session, entity: str, table: str, import_id: int, codes: Mapping[str, str]) -> None:
    given = {
        name: codes.get(name, name)
        for name in columns_in(session, table)
        if name not in NOT_STORED and not (name.startswith("own.") and name not in codes)
    }
    kept = f"import_{entity}"
    rows = int(str(session.scalar(Statement(f"SELECT count(*) FROM {table}"))))
    owned, order = f"{table} o LEFT JOIN people p USING (unit_id)", ""
    if is_large(rows) and not session.scalar(Statement(f"SELECT count(*) FROM {kept}")):
        given = _filled(session, table, given)
        make_anew(session, kept, columns_of(session, kept), {"import_id", "contact_id", *given.values()})
        if entity == "contacts" and not is_nearly_sorted(session, owned):
            order = " ORDER BY contact_id, row_number"
    else:
        fill_in(session, kept, {"import_id", "contact_id", *given.values()})
    parts = [f"{import_id} AS import_id", "p.contact_id"]
    parts += [f"o.{quoted(name)} AS {quoted(code)}" for name, code in given.items()]
    session.sql(f"INSERT INTO {kept} BY NAME SELECT {', '.join(parts)} FROM {owned}{order}")


def _filled(session: Session, table: str, given: Mapping[str, str]) -> dict[str, str]:
    """The columns of ``given`` that hold a value: the others stay hollow."""
    counts = ", ".join(f"count({quoted(name)})" for name in given)
    row = session.sql(f"SELECT {counts} FROM {table}").rows[0]
    return {name: code for (name, code), count in zip(given.items(), row, strict=True) if count}


def _write_rejects(session: Session, request: ImportRequest, import_id: int) -> None:
    """Keep the refused records: those of the reader, and those found unusable once clean, with their raw
    cells.
    """
    session.sql(f"INSERT INTO rejects SELECT {import_id}, row_number, reason, raw FROM rejected")
    refused = request.table.refused
    if refused:
        table = pa.table(
            {
                "row_number": pa.array([row.row_number for row in refused], pa.int64()),
                "reason": pa.array([row.reason for row in refused], pa.string()),
                "raw": pa.array([_kept_cells(request, row) for row in refused], pa.list_(pa.string())),
            }
        )
        session.register("arrow_refused", table)
        session.sql(f"INSERT INTO rejects SELECT {import_id}, row_number, reason, raw FROM arrow_refused")
        session.unregister("arrow_refused")


def _kept_cells(request: ImportRequest, row: RefusedRow) -> list[str]:
    """The cells of a record the reader refused, without those left out or masked.

    No cell at all when some column is, and the record's cells cannot be told apart or have not the width of
    the table: nothing says in which cell lies what must not be kept.
    """
    hidden = {index for index, to in request.mapping.items() if to == LEFT_OUT or is_mask(to)}
    if hidden and (row.reason == "reject.quote" or len(row.values) != len(request.table.headers)):
        return []
    return ["" if index in hidden else value for index, value in enumerate(row.values)]


def _record(request: ImportRequest, columns: Sequence[Column], preview: Preview, import_id: int) -> Import:
    table = request.table
    mapping: dict[str, str | None] = dict.fromkeys(table.headers, LEFT_OUT)
    masked = {table.columns[index]: to for index, to in request.mapping.items() if is_mask(to)}
    headers = dict(zip(table.columns, table.headers, strict=True))
    for column in columns:
        if column.source in masked:
            mapping[headers[column.source]] = masked[column.source]
            continue
        mapping[column.header] = None if column.name.startswith("own.") else column.field
    return Import(
        import_id=import_id,
        kind=request.kind,
        source=request.source,
        file_name=table.name,
        file_hash=request.file_hash,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_row=table.header_row,
        author=request.author,
        consent=request.consent.state if request.consent else None,
        rows_read=preview.rows_read,
        rows_loaded=preview.rows_loaded,
        rows_rejected=preview.rejected,
        new_rows=preview.new,
        updated_rows=preview.updated,
        unchanged_rows=preview.unchanged,
        merged_rows=preview.merged,
        mapping=mapping,
        repairs=[asdict(replace(repair, examples=())) for repair in preview.repairs],
        notes={
            "unread": [asdict(unread) for unread in preview.unread],
            "without_contact": preview.without_contact,
            "near_duplicates": preview.near_duplicates,
            **({"corrects": request.corrects} if request.corrects is not None else {}),
            "stages": {name: round(seconds, 3) for name, seconds in preview.stages.items()},
        },
    )
