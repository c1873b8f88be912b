"""Sums up a prepared import before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from segmentation.intake.clean.columns import Cleaned, Column
from segmentation.intake.plan import ImportRequest
from segmentation.intake.reach import opposed_units, reachable, told
from segmentation.intake.report import Preview
from segmentation.intake.tally import OUT, tally
from segmentation.intake.undone import undone_of
from segmentation.results import Statement
from segmentation.store.session import Session
from segmentation.store.user_columns import read_user_columns


def preview_of(
    session: Session, request: ImportRequest, columns: Sequence[Column], cleaned: Sequence[Cleaned]
) -> Preview:
    """The preview of the ``out_*`` tables as ``matched`` now joins them to the base."""
    known = {(c.header, c.type): c.code for c in read_user_columns(session, request.kind)}
    codes = {
        c.name: known[c.header, c.type]
        for c in columns
        if (c.header, c.type) in known and c.name.startswith("own.")
    }
    counts = tally(session, request.kind, codes)
    rejects = Counter(row.reason for row in request.table.refused)
    for reason, count in session.run(Statement("SELECT reason, count(*) FROM rejected GROUP BY reason")).rows:
        rejects[str(reason)] += int(str(count))
    unlisted = request.table.rows_refused - len(request.table.refused)
    if unlisted > 0:
        rejects["reject.unlisted"] += unlisted
    people = (
        "SELECT coalesce(-min(person) FILTER (person < 0), 0), count(DISTINCT person) FILTER (person > 0),"
        " count(*) FROM matched"
    )
    new, old, units = (int(str(value)) for value in session.run(Statement(people)).rows[0])
    return Preview(
        kind=request.kind,
        rows_read=counts.loaded + sum(rejects.values()),
        new=counts.new,
        updated=counts.updated,
        unchanged=counts.unchanged,
        merged=counts.merged,
        rejected=sum(rejects.values()),
        rejects=dict(sorted(rejects.items())),
        repairs=tuple(repair for one in cleaned for repair in one.repairs),
        unread=tuple(one.unread for one in cleaned if one.unread is not None),
        consents=told(session),
        contacts_new=new,
        contacts_known=old,
        without_contact=_without_contact(session, request.kind),
        near_duplicates=near_duplicates(session, alone=units == new + old),
        held_back=_held_back(session, request.source),
        shared_addresses=int(str(session.scalar(Statement("SELECT count(*) FROM shared_keys")))),
        date_orders={
            c.column.header: c.context.date_order for c in cleaned if c.context.type in ("date", "datetime")
        },
        stages={},
        joined=_joined(session),
        reachable=reachable(session, request.source, new + old),
        undone=undone_of(session, request.kind),
    )


def _joined(session: Session) -> dict[str, int]:
    sql = (
        "SELECT name, count(DISTINCT person) FROM out_memberships JOIN matched USING (unit_id)"
        " WHERE origin IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    return {str(name): int(str(people)) for name, people in session.run(Statement(sql)).rows}


def _held_back(session: Session, source: str) -> int:
    """People the file says may be written to, and who have refused or are opposed: the refusal stays."""
    willing = "SELECT DISTINCT unit_id, channel FROM out_consents WHERE state <> 'no'"
    refused = (
        "SELECT w.unit_id FROM willing w JOIN matched m USING (unit_id) JOIN consents k ON k.contact_id"
        " = m.person"
        " AND k.channel = w.channel AND k.state = 'no'"
    )
    values: tuple[str, ...] = ()
    opposed = session.scalar(Statement("SELECT count(*) FROM oppositions"))
    if not opposed and not session.scalar(Statement("SELECT count(*) FROM consents WHERE state = 'no'")):
        return 0
    if opposed:
        refused += f" UNION SELECT unit_id FROM willing JOIN ({opposed_units()}) USING (unit_id, channel)"
        values = (source,)
    return int(
        str(
            session.scalar(
                Statement(
                    f"WITH willing AS ({willing}) SELECT count(DISTINCT unit_id) FROM ({refused})", values
                )
            )
        )
    )


def _without_contact(session: Session, kind: str) -> int:
    """Orders, lines or events of nobody: neither the row nor, for a line, its order says who."""
    if kind == "contacts":
        return 0
    sql = f"SELECT count(*) FROM {OUT[kind]} WHERE unit_id IS NULL"
    if kind == "order_lines":
        sql += (
            " AND order_key NOT IN (SELECT order_key FROM out_orders WHERE unit_id IS NOT NULL)"
            " AND order_key NOT IN (SELECT order_key FROM orders WHERE contact_id IS NOT NULL)"
        )
    return int(str(session.scalar(Statement(sql))))


def near_duplicates(session: Session, *, alone: bool = False) -> int:
    """New people of the file who have the first and last name of someone else: counted, never merged.

    ``alone`` says that no two units of the file are one person.
    """
    named = "FROM units u JOIN matched m USING (unit_id) WHERE u.first IS NOT NULL AND u.last IS NOT NULL"
    several = "SELECT m.person, any_value(u.first) AS first, any_value(u.last) AS last"
    named = f"SELECT m.person, u.first, u.last {named}" if alone else f"{several} {named} GROUP BY m.person"
    sql = (
        f"WITH named AS ({named}), alike AS (SELECT first, last FROM named GROUP BY ALL HAVING count(*) > 1"
        " UNION SELECT first_name__key, last_name__key FROM contacts WHERE live"
        " AND first_name__key IN (SELECT first FROM named WHERE person < 0))"
        " SELECT count(*) FROM named SEMI JOIN alike USING (first, last) WHERE person < 0"
    )
    return int(str(session.scalar(Statement(sql))))
