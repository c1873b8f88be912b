"""Merges contacts that are one person: an import of its own, with its author, undone as any other.

All the rows of the contacts merged are read as those of the first of them; only values that the last row
would not give are written again. Refusals are kept by the fold: one *no* among them is a *no*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pyarrow as pa

from segmentation.errors import InputError
from segmentation.intake.by_hand import Written
from segmentation.intake.kept_values import MADE, Given, Kept, kept_values
from segmentation.results import Statement
from segmentation.store.hollow import fill_in
from segmentation.store.imports import Import, next_import_id, record_import
from segmentation.store.session import Session, quoted

KIND: Final = "merge"
"""The kind of import that a merge is."""
_FOLLOWING: Final = {"email": ("email_valid",), "mobile": ("sms_number",)}
"""Columns that follow the contact whose value of another one is kept."""


def merge_contacts(
    session: Session,
    groups: Sequence[Sequence[int]],
    *,
    chosen: Mapping[str, int] | None = None,
    author: str = "",
) -> Written:
    """Make each group of contact ids one contact, the first of them, inside a writing transaction.

    ``chosen`` (field → whose value to keep) is for a merge of one group. Raises InputError
    ``error.contact.unknown`` for who does not live in the base, ``error.merge.alone`` without two people.
    """
    wanted = [tuple(sorted(set(map(int, ids)))) for ids in groups]
    wanted = [ids for ids in wanted if len(ids) > 1]
    if not wanted:
        raise InputError("error.merge.alone")
    _refuse_absent(session, [one for ids in wanted for one in ids])
    kept, emptied = kept_values(session, wanted), _emptied(session)
    import_id = next_import_id(session)
    row_number = 0
    for ids, fields in zip(wanted, kept, strict=True):
        blank = frozenset().union(*(emptied.get(one, frozenset()) for one in ids))
        values = _to_write(session, fields, chosen or {}, blank)
        if values:
            row_number += 1
            _write(session, values, import_id, row_number, ids[0])
    _join(session, wanted, import_id)
    gone = sum(len(ids) - 1 for ids in wanted)
    record_import(
        session,
        Import(
            import_id, KIND, author=author, rows_read=gone, rows_loaded=gone, merged_rows=gone,
            notes={"what": "merge", "groups": len(wanted)},
        ),
    )  # fmt: skip
    return Written(import_id, gone, wanted[0][0] if len(wanted) == 1 else None)


def tell_apart(session: Session, ids: Sequence[int], *, author: str = "") -> int:
    """Remember that these contacts are different people, inside a writing transaction; how many pairs."""
    people = sorted(set(map(int, ids)))
    _refuse_absent(session, people)
    pairs = [(one, other) for at, one in enumerate(people) for other in people[at + 1 :]]
    for one, other in pairs:
        session.sql(
            "INSERT INTO told_apart SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM told_apart"
            " WHERE contact_id = ? AND other_id = ?)",
            *(one, other, datetime.now(), author, one, other),
        )
    return len(pairs)


def forget_apart(session: Session, ids: Sequence[int]) -> None:
    """Take back what ``tell_apart`` remembered of these contacts, inside a writing transaction."""
    people = list(map(int, ids))
    session.sql(
        "DELETE FROM told_apart WHERE contact_id IN (SELECT unnest(?)) AND other_id IN (SELECT unnest(?))",
        people,
        people,
    )


def _refuse_absent(session: Session, people: Sequence[int]) -> None:
    sql = "SELECT p FROM (SELECT unnest(?) AS p) WHERE p NOT IN (SELECT contact_id FROM contacts WHERE live)"
    absent = session.sql(sql, list(people)).rows
    if absent:
        raise InputError("error.contact.unknown", name=str(absent[0][0]))


def _emptied(session: Session) -> dict[int, frozenset[str]]:
    """The fields that a hand has emptied, by contact."""
    rows = session.sql("SELECT contact_id, list(DISTINCT field) FROM import_cleared GROUP BY ALL").rows
    return {int(contact): frozenset(fields) for contact, fields in rows}


def _join(session: Session, groups: Sequence[Sequence[int]], import_id: int) -> None:
    pairs = [(one, ids[0]) for ids in groups for one in ids[1:]]
    columns = [pa.array([pair[at] for pair in pairs], pa.int32()) for at in (0, 1)]
    session.register("arrow_merged", pa.table(columns, names=["contact_id", "into_id"]))
    session.sql("INSERT INTO merges SELECT contact_id, into_id, ? FROM arrow_merged", import_id)
    session.unregister("arrow_merged")


def _to_write(
    session: Session, fields: Sequence[Kept], chosen: Mapping[str, int], emptied: frozenset[str]
) -> dict[str, Any]:
    """The values that the fold of all rows would not keep of itself."""
    values: dict[str, Any] = {}
    taken = {kept.field for kept in fields}
    for kept in fields:
        if kept.reason == "orders":
            continue
        whose, value = _choice(kept, chosen)
        last = max(kept.given, key=lambda one: (one.rank, one.contact_id))
        if kept.field in emptied or whose.contact_id != last.contact_id or kept.reason in MADE:
            values[kept.field] = value
            values |= _followers(session, kept.field, whose.contact_id)
        if kept.field == "email" and kept.differs and "email_secondary" not in taken:
            others = [one.value for one in kept.given if one.value != value]
            values["email_secondary"] = others[-1]
    return values


def _choice(kept: Kept, chosen: Mapping[str, int]) -> tuple[Given, Any]:
    """Whose value is kept, and the value: the person's choice, else the one proposed."""
    asked = chosen.get(kept.field)
    for one in kept.given:
        if one.contact_id == asked:
            return one, one.value
    return next(one for one in kept.given if one.contact_id == kept.contact_id), kept.value


def _followers(session: Session, field: str, contact: int) -> dict[str, Any]:
    said = {}
    for column in _FOLLOWING.get(field, ()):
        value = session.scalar(
            Statement(f"SELECT {quoted(column)} FROM contacts WHERE contact_id = ?", (contact,))
        )
        if value is not None:
            said[column] = value
    return said


def _write(
    session: Session, values: Mapping[str, Any], import_id: int, row_number: int, contact: int
) -> None:
    fill_in(session, "import_contacts", values)
    names = ", ".join(map(quoted, values))
    marks = ", ".join("?" for _ in values)
    session.sql(
        f"INSERT INTO import_contacts (import_id, row_number, contact_id, {names}) VALUES (?, ?, ?, {marks})",
        *(import_id, row_number, contact, *values.values()),
    )
