"""An audience and the base beside it, split by one field: each part is counted in both and is a criterion."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.compile import compile_values, compile_whole
from segmentation.results import Statement
from segmentation.store.session import Session

Json = Mapping[str, object]

LEAST_KNOWN = 30
"""An audience of fewer contacts with a value is compared with nothing."""

LEAST_COUNT = 10
"""A comparison needs as many contacts found, or expected."""

ROUNDING = 1e-9
"""What arithmetic may miss of a bound that is exactly 0 or 1."""

PEOPLE = (
    "(SELECT c.contact_id, a.contact_id IS NOT NULL AS inside FROM contacts AS c"
    " LEFT JOIN audience AS a ON a.contact_id = c.contact_id WHERE c.live)"
)
"""SQL: every live contact, and whether they are of the audience."""


@dataclass(frozen=True, slots=True)
class Part:
    """Contacts who share a value: its stable key, its text, how many in the audience and in the base."""

    key: str
    label: object
    contacts: int
    base: int
    criterion: Json


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a field in reading order; ``known`` contacts have a value (``base_known`` in the base)."""

    field: str
    parts: tuple[Part, ...]
    known: int
    base_known: int

    def share(self, part: Part) -> float | None:
        """The part of the audience's known contacts, None when nothing is known of anyone."""
        return part.contacts / self.known if self.known else None

    def base_share(self, part: Part) -> float | None:
        """The same in the base."""
        return part.base / self.base_known if self.base_known else None

    def strength(self, part: Part) -> float:
        """How far the share is from the base's, in standard errors; for ranking what is believed."""
        if not self.known or not 0 < part.base < self.base_known:
            return 0.0
        usual = part.base / self.base_known
        return abs(part.contacts / self.known - usual) / math.sqrt(usual * (1 - usual) / self.known)

    def index(self, part: Part) -> float | None:
        """How many times more often than in the base; None when it may be chance or too few people."""
        return index(part.contacts, self.known, part.base, self.base_known)


def index(contacts: int, known: int, base: int, base_known: int) -> float | None:
    """The share in the audience over the share in the base.

    None below ``LEAST_KNOWN`` contacts, below ``LEAST_COUNT`` found or expected, and when the share of the
    base lies in the interval of that of the audience (Wilson, 99 %: dozens of values are compared at once).
    """
    if known < LEAST_KNOWN or not base:
        return None
    usual = base / base_known
    if max(contacts, known * usual) < LEAST_COUNT:
        return None
    low, high = wilson(contacts, known)
    return None if low - ROUNDING <= usual <= high + ROUNDING else contacts / known / usual


def wilson(count: int, total: int, z: float = 2.575829) -> tuple[float, float]:
    """The interval of a share (Wilson 1927), at 99 % unless ``z`` says otherwise."""
    share, square = count / total, z * z / total
    middle = share + square / 2
    spread = z * math.sqrt(share * (1 - share) / total + square / (4 * total))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)


def by_value(
    session: Session, catalogue: Catalogue, code: str, *, order: Sequence[str] = (), most: int | None = None
) -> Split:
    """The values of a text or list field, at most ``most``: those of ``order`` (folded keys) first, then the
    commonest. In a list a contact is in each of its values."""
    parts = [
        Part(key, label, inside, base, _is(catalogue, code, label))
        for key, label, inside, base in _counted(session, catalogue, code)
    ]
    ranks = {key: rank for rank, key in enumerate(order)}
    parts.sort(key=lambda p: (ranks.get(p.key, len(ranks)), -p.contacts, -p.base, p.key))
    if catalogue.fields[code].kind == "list":
        known, base_known = _known(session, catalogue, code)
    else:
        known, base_known = sum(part.contacts for part in parts), sum(part.base for part in parts)
    return Split(code, tuple(parts[:most]), known, base_known)


def by_days(
    session: Session, catalogue: Catalogue, code: str, bands: Sequence[tuple[str, int, int | None]]
) -> Split:
    """Days since a date field: ``bands`` are (key, from, to) in days, both in, None = without end.

    A date after the as-of date is in no band and is not known.
    """
    values = compile_values(code, catalogue)
    sql = f"""
        SELECT date_diff('day', CAST(v.value AS DATE), CAST(? AS DATE)) AS days,
            count(*) FILTER (WHERE p.inside), count(*)
        FROM ({values.sql}) AS v JOIN {PEOPLE} AS p ON p.contact_id = v.contact_id GROUP BY days"""
    rows: list[tuple[Any, ...]] = [
        row
        for row in session.run(Statement(sql, (catalogue.as_of, *values.params))).rows
        if int(str(row[0])) >= 0
    ]
    parts = []
    for key, low, high in bands:
        held = [row for row in rows if row[0] >= low and (high is None or row[0] <= high)]
        criterion = _aged(code, low, high)
        parts.append(Part(key, key, sum(row[1] for row in held), sum(row[2] for row in held), criterion))
    return Split(code, tuple(parts), sum(row[1] for row in rows), sum(row[2] for row in rows))


def by_criteria(
    session: Session, catalogue: Catalogue, code: str, asked: Iterable[tuple[str, Json]]
) -> Split:
    """Criteria that share out the contacts who have a value of ``code``: (key, criterion), counted."""
    parts = []
    for key, criterion in asked:
        whole = compile_whole(criterion_from_json(criterion), catalogue)
        inside, base = session.run(
            Statement(
                f"SELECT count(*) FILTER (WHERE p.inside), count(*) FROM ({whole.sql}) AS w"
                f" JOIN {PEOPLE} AS p ON p.contact_id = w.contact_id",
                whole.params,
            )
        ).rows[0]
        parts.append(Part(key, key, int(str(inside)), int(str(base)), criterion))
    return Split(code, tuple(parts), sum(p.contacts for p in parts), sum(p.base for p in parts))


def median(session: Session, catalogue: Catalogue, code: str) -> tuple[float | None, float | None]:
    """The middle value of a number in the audience and in the base, None when nobody has one."""
    values = compile_values(code, catalogue)
    sql = f"""
        SELECT median(v.value) FILTER (WHERE p.inside), median(v.value)
        FROM ({values.sql}) AS v JOIN {PEOPLE} AS p ON p.contact_id = v.contact_id"""
    row: tuple[Any, ...] = session.run(Statement(sql, values.params)).rows[0]
    return (None if row[0] is None else float(row[0])), (None if row[1] is None else float(row[1]))


def _is(catalogue: Catalogue, code: str, label: object) -> Json:
    if catalogue.fields[code].kind == "list":
        return {"field": code, "op": "any_of", "value": [label]}
    return {"field": code, "op": "is", "value": label}


def _aged(code: str, low: int, high: int | None) -> Json:
    if high is None:
        return {"field": code, "op": "older_than", "value": {"n": low - 1, "unit": "day"}}
    if low == 0:
        return {"field": code, "op": "last", "value": {"n": high, "unit": "day"}}
    return {"field": code, "op": "ago_between", "value": {"from": low, "to": high, "unit": "day"}}


def _rows(catalogue: Catalogue, code: str) -> Statement:
    """``contact_id, value, key``, one row per item of a list; keys that hold no letter are left out."""
    values = compile_values(code, catalogue)
    if catalogue.fields[code].kind == "list":
        told = f"SELECT contact_id, unnest(value) AS value, unnest(key) AS key FROM ({values.sql}) AS v"
    else:
        told = f"SELECT contact_id, value, key FROM ({values.sql}) AS v"
    return Statement(f"SELECT * FROM ({told}) AS t WHERE key <> ''", values.params)


def _counted(session: Session, catalogue: Catalogue, code: str) -> list[tuple[Any, ...]]:
    rows = _rows(catalogue, code)
    sql = f"""
        WITH told AS ({rows.sql}),
            spelled AS (SELECT key, value, count(*) AS n FROM told GROUP BY key, value),
            named AS (SELECT key, arg_max(value, (n, value)) AS label FROM spelled GROUP BY key)
        SELECT named.key, named.label, count(DISTINCT p.contact_id) FILTER (WHERE p.inside),
            count(DISTINCT p.contact_id)
        FROM told JOIN {PEOPLE} AS p ON p.contact_id = told.contact_id JOIN named ON named.key = told.key
        GROUP BY named.key, named.label"""
    return session.run(Statement(sql, rows.params)).rows


def _known(session: Session, catalogue: Catalogue, code: str) -> tuple[int, int]:
    rows = _rows(catalogue, code)
    sql = f"""
        SELECT count(DISTINCT p.contact_id) FILTER (WHERE p.inside), count(DISTINCT p.contact_id)
        FROM ({rows.sql}) AS told JOIN {PEOPLE} AS p ON p.contact_id = told.contact_id"""
    inside, base = session.run(Statement(sql, rows.params)).rows[0]
    return int(str(inside)), int(str(base))
