"""Which value a merge keeps, field by field, and why: the only one, the sure, the full, else the last.

Name, number and e-mail come from one contact, the one whose e-mail stays. Nothing is lost silently: a second
e-mail address goes to the field of the second address when that is free, lists are put together, and totals
of two rows of one file are added up, unless all are the same. Totals of several files may tell the same
purchases: the last stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.fold import RANK, contact_rows
from segmentation.store.schema import stored_fields
from segmentation.store.session import Session, quoted
from segmentation.store.user_columns import read_user_columns

REASONS: Final = (
    *("only", "same", "valid", "full", "both", "first", "latest"),
    *("recent", "sum", "orders", "together"),
)
"""Why a value is kept; ``page.quality.reason.<reason>`` says it."""
BEGINNINGS: Final = ("created_at", "first_purchase_date")
"""Days that a merge keeps the earliest of."""
ENDINGS: Final = ("last_purchase_date",)
"""Days that a merge keeps the last of."""
NAMES: Final = ("first_name", "last_name", "full_name")
TOTALS: Final = ("orders_count", "total_spent", "returns_count")
"""What a file says of all the purchases of someone; two rows of one file speak of different ones."""
BOUGHT: Final = (*TOTALS, "average_basket", "last_order_amount", "first_purchase_date", "last_purchase_date")
"""What orders tell better: nothing of it counts for a contact with an order."""
_IMPORT: Final = 34
"""Where the number of the import stands in the age of a row (``store.fold.RANK``)."""
MADE: Final = frozenset(("both", "sum"))
"""Reasons of a value that no contact alone gave."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one contact of a group says in one field, and the age of the row that said it."""

    contact_id: int
    value: Any
    rank: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One field of a group: what each contact says, whose value stays, and why; ``value`` is what stays."""

    field: str
    given: tuple[Given, ...]
    contact_id: int
    reason: str
    value: Any

    @property
    def differs(self) -> bool:
        """Whether the contacts say different things."""
        return self.reason not in ("only", "same")


def kept_values(session: Session, groups: Sequence[Sequence[int]]) -> tuple[tuple[Kept, ...], ...]:
    """For each group of contact ids, its fields with a value, in dictionary order."""
    members = [(place, one) for place, ids in enumerate(groups) for one in ids]
    columns = {
        name: pa.array([m[at] for m in members], pa.int64())
        for at, name in enumerate(("place", "contact_id"))
    }
    session.register("arrow_members", pa.table(columns))
    session.sql("CREATE OR REPLACE TEMP TABLE members AS FROM arrow_members")
    session.unregister("arrow_members")
    sql = "SELECT contact_id FROM contacts SEMI JOIN members USING (contact_id) WHERE email_valid"
    sure = {int(row[0]): True for row in session.sql(sql).rows}
    sql = "SELECT DISTINCT place FROM orders JOIN members USING (contact_id)"
    ordered = {int(row[0]) for row in session.sql(sql).rows}
    kept: list[list[Kept]] = [[] for _ in groups]
    for field, by_place in _given(session).items():
        for place, given in by_place.items():
            found = settled(field, given, sure=sure)
            if place in ordered and field in BOUGHT:
                found = replace(found, reason="orders", value=None)
            kept[place].append(found)
    return tuple(tuple(_as_one(fields)) for fields in kept)


def _as_one(fields: Sequence[Kept]) -> list[Kept]:
    """The fields of a group once they agree with one another: who it is, what was bought."""
    by_field = {kept.field: kept for kept in fields}
    email, last = by_field.get("email"), by_field.get("last_purchase_date")
    for name in (*NAMES, "mobile", "phone"):
        if email is not None and email.reason != "same" and name in by_field:
            by_field[name] = _of(by_field[name], email.contact_id, "together")
    if last is not None and last.reason in ("recent", "only") and "last_order_amount" in by_field:
        by_field["last_order_amount"] = _of(by_field["last_order_amount"], last.contact_id, "recent")
    count, spent, mean = (by_field.get(name) for name in ("orders_count", "total_spent", "average_basket"))
    added = [kept for kept in fields if kept.reason == "sum"]
    if spent in added and all(len({one.value for one in kept.given}) == 1 for kept in added):
        return [_twice(by_field[kept.field]) for kept in fields]
    if count and spent and mean and count.reason == spent.reason == "sum" and count.value:
        by_field["average_basket"] = replace(mean, reason="sum", value=round(spent.value / count.value, 4))
    return [by_field[kept.field] for kept in fields]


def _twice(kept: Kept) -> Kept:
    """A total of two rows that say the same purchases: one person written twice."""
    return replace(kept, reason="same", value=kept.given[0].value) if kept.reason == "sum" else kept


def _of(kept: Kept, contact: int, reason: str) -> Kept:
    """A field that would take the last value takes the one of a contact instead, when that one gave it."""
    for one in kept.given:
        if kept.reason == "latest" and one.contact_id == contact != kept.contact_id:
            return replace(kept, contact_id=contact, reason=reason, value=one.value)
    return kept


def settled(field: str, given: Sequence[Given], *, sure: Mapping[int, bool]) -> Kept:
    """Whose value of a field stays among those given; ``sure`` says whose e-mail address can work."""
    said = {_plain(one.value) for one in given}
    last = max(given, key=lambda one: (one.rank, one.contact_id))
    if field in TOTALS and len(given) > 1 and len({one.rank >> _IMPORT for one in given}) == 1:
        return Kept(field, tuple(given), last.contact_id, "sum", sum(one.value for one in given))
    if len(given) == 1 or len(said) == 1:
        return Kept(field, tuple(given), last.contact_id, "only" if len(given) == 1 else "same", last.value)
    if isinstance(last.value, list):
        every = sorted(given, key=lambda one: one.rank)
        union = list({fold_text(str(item)): item for one in every for item in one.value}.values())
        return Kept(field, tuple(given), last.contact_id, "both", union)
    reason, best = "latest", last
    if field == "email" and len({sure.get(one.contact_id, False) for one in given}) > 1:
        reason = "valid"
        best = max((one for one in given if sure.get(one.contact_id)), key=lambda one: one.rank)
    elif field in BEGINNINGS:
        reason, best = "first", min(given, key=lambda one: one.value)
    elif field in ENDINGS:
        reason, best = "recent", max(given, key=lambda one: one.value)
    elif field in NAMES and len(_bare(last.value)) == 1:
        full = [
            one for one in given if _bare(one.value)[:1] == _bare(last.value) and len(_bare(one.value)) > 1
        ]
        if full:
            reason, best = "full", max(full, key=lambda one: one.rank)
    return Kept(field, tuple(given), best.contact_id, reason, best.value)


def _given(session: Session) -> dict[str, dict[int, list[Given]]]:
    """What the contacts of ``members`` say, by field and group."""
    names = [*stored_fields("contacts"), *(column.code for column in read_user_columns(session, "contacts"))]
    people = "contacts c JOIN members m ON m.contact_id = c.contact_id"
    counts = ", ".join(f"count(c.{quoted(name)})" for name in names)
    filled = session.run(Statement(f"SELECT {counts} FROM {people}")).rows[0]
    fields = [name for name, count in zip(names, filled, strict=True) if count]
    rows = contact_rows(session, "contacts")
    ranks = ", ".join(f"max({RANK}) FILTER (WHERE r.{quoted(n)} IS NOT NULL) AS {quoted(n)}" for n in fields)
    values = ", ".join(f"c.{quoted(name)}" for name in fields)
    dates = ", ".join(f"coalesce(w.{quoted(name)}, 0)" for name in fields)
    found = (
        session.run(
            Statement(
                f"SELECT m.place, c.contact_id, {values}, {dates} FROM {people}"
                f" LEFT JOIN (SELECT r.contact_id, {ranks} FROM {rows} r SEMI JOIN members USING (contact_id)"
                " GROUP BY ALL) w"
                " ON w.contact_id = c.contact_id ORDER BY m.place, c.contact_id"
            )
        ).rows
        if fields
        else []
    )
    given: dict[str, dict[int, list[Given]]] = {name: {} for name in fields}
    for place, contact, *rest in found:
        for at, name in enumerate(fields):
            value, rank = rest[at], int(rest[at + len(fields)])
            if value is not None and value != []:
                given[name].setdefault(int(place), []).append(Given(int(contact), value, rank))
    return given


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return tuple(value) if isinstance(value, list) else value


def _bare(value: Any) -> str:
    return fold_text(str(value)).replace(".", "").strip()
