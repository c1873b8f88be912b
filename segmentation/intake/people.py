"""Who each clean row speaks of: the rows of one person in a file become one unit to match.

A unit is known by the source's own id; else by its address and number; else, when a row has neither, by all
that describes the person (a derived id, « ~ » and a hash, numbered in a contact file, so that the same file
finds them again). Temporary tables: ``row_units``(row_number, unit_id, ext) and ``units``(unit_id, ext,
email, phone, mobile, first, last, whole, rows); ``unit_id`` is the number of its first row; ``first``,
``last`` and ``whole`` are folded. ``clean_people`` is the clean rows of somebody, with ``unit_id`` and
``ext``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from segmentation.results import Statement
from segmentation.store.fold_keys import twins
from segmentation.store.session import Session, quoted

_SOURCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ext": ("contacts.contact_id", "orders.contact_id", "events.contact_id"),
        "email": ("contacts.email", "orders.email", "events.email"),
        "phone": ("contacts.phone",),
        "mobile": ("contacts.mobile",),
        "first_name": ("contacts.first_name",),
        "last_name": ("contacts.last_name",),
        "full_name": ("contacts.full_name", "orders.customer_name"),
        "company_name": ("contacts.company_name",),
        "birth_date": ("contacts.birth_date",),
        "postal_code": ("contacts.postal_code",),
        "city": ("contacts.city",),
        "address1": ("contacts.address1",),
    }
)
"""Where each part of an identity is found in a clean row, best first."""

_DESCRIBED: Final = (
    *(
        "first_name",
        "last_name",
        "full_name",
        "company_name",
        "birth_date",
        "postal_code",
        "city",
        "address1",
    ),
    "written_email",
)
_KNOWN_BY: Final = ("ext", "email", "phone", "mobile", "first_name", "last_name", "full_name")
"""What is kept of an identity once its row is known to be of the person."""
_NONE: Final = "NULL::VARCHAR"

SHARED: Final = 20
"""An address or a number that more than this many different people of a file carry is nobody's own."""


@dataclass(frozen=True, slots=True)
class Identity:
    """SQL of the parts of an identity over a clean row ``c``; a part no column gives is NULL."""

    parts: Mapping[str, str]

    def __getitem__(self, part: str) -> str:
        return self.parts[part]


def identity(names: Iterable[str]) -> Identity:
    """The identity that the clean columns ``names`` can give."""
    present = set(names)
    parts = {}
    for part, sources in _SOURCES.items():
        found = [f"CAST(c.{quoted(name)} AS VARCHAR)" for name in sources if name in present]
        if part == "email":
            found = [f"CASE WHEN c.{quoted(n + '!')} THEN c.{quoted(n)} END" for n in sources if n in present]
        parts[part] = f"coalesce({', '.join(found)})" if len(found) > 1 else (found[0] if found else _NONE)
    written = [f"c.{quoted(n)}" for n in _SOURCES["email"] if n in present]
    parts["written_email"] = f"coalesce({', '.join(written)}, NULL)" if written else _NONE
    return Identity(MappingProxyType(parts))


def make_units(session: Session, names: Iterable[str], *, kind: str) -> None:
    """Make ``row_units``, ``units`` and ``clean_people`` from the rows of ``clean`` not in ``rejected``."""
    who = identity(names)
    told_apart = f"CASE WHEN ext IS NOT NULL THEN hash(ext) ELSE {_otherwise(kind)} END AS who"
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE row_people AS SELECT row_number, {', '.join(_KNOWN_BY)}, {told_apart}"
        f" FROM ({_with_derived_ids(session, who, kind)})"
        " WHERE coalesce(ext, email, phone, mobile) IS NOT NULL"
    )
    parts = ("first_name", "last_name", "full_name")
    rows, given = _one_by_one(session)
    keys = twins(
        session, "row_people", dict.fromkeys(parts, "VARCHAR"), rows=given, text="replace({x}, '.', ' ')"
    )
    first, last, full = (f"nullif({part}__key, '')" for part in parts)
    whole = "CASE WHEN full_name IS NULL THEN nullif(concat_ws(' ', first, last), '') ELSE entire END"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE units AS SELECT unit_id, who, ext, email, phone, mobile, first, last,"
        f" {whole} AS whole, rows FROM (SELECT *, {first} AS first, {last} AS last,"
        f" {full} AS entire FROM (SELECT f.*{keys.columns} FROM ({rows}) f{keys.joins}))"
    )
    if _each_row_is_one(session):
        alone = f"row_number AS unit_id, {who['ext']} AS ext FROM clean c"
        session.sql(f"CREATE OR REPLACE TEMP VIEW row_units AS SELECT row_number, {alone}")
        session.sql(f"CREATE OR REPLACE TEMP VIEW clean_people AS SELECT c.*, {alone}")
    else:
        session.sql(
            "CREATE OR REPLACE TEMP TABLE row_units AS SELECT row_number, coalesce(s.unit_id, row_number) AS"
            " unit_id, ext FROM row_people LEFT JOIN several_people s USING (who)"
        )
        session.sql(
            "CREATE OR REPLACE TEMP VIEW clean_people AS SELECT c.*, w.unit_id, w.ext FROM clean c"
            " JOIN row_units w USING (row_number)"
        )
    session.sql("DROP TABLE row_people")
    _forget_shared(session)


def _each_row_is_one(session: Session) -> bool:
    """Whether every clean row is of one person of its own, known by more than a description: then nothing
    needs joining to say of whom a row is.
    """
    alone = (
        "SELECT (SELECT count(*) FROM row_people) = (SELECT count(*) FROM clean) AND NOT EXISTS"
        " (SELECT 1 FROM several_people) AND NOT EXISTS (SELECT 1 FROM row_people WHERE"
        " starts_with(ext, '~'))"
    )
    return bool(session.scalar(Statement(alone)))


def _one_by_one(session: Session) -> tuple[str, int]:
    """Each ``who`` of ``row_people`` once, with its latest parts, known by its first row; one of a single row
    is copied as it is. And how many rows there are.
    """
    last = ", ".join(f"{_latest(part)} AS {part}" for part in _KNOWN_BY)
    several = "SELECT who, min(row_number) AS unit_id FROM row_people GROUP BY who HAVING count(*) > 1"
    session.sql(f"CREATE OR REPLACE TEMP TABLE several_people AS {several}")
    many = (
        f"SELECT unit_id, who, {last}, count(*) AS rows FROM row_people"
        " JOIN several_people USING (who) GROUP BY unit_id, who"
    )
    one = f"SELECT row_number AS unit_id, who, {', '.join(_KNOWN_BY)}, 1 AS rows FROM row_people"
    given = int(str(session.scalar(Statement("SELECT count(*) FROM row_people"))))
    return f"{one} ANTI JOIN several_people USING (who) UNION ALL {many}", given


def _forget_shared(session: Session) -> None:
    """Leave out addresses and numbers that are nobody's own; ``shared_keys``(part, k) lists them, and
    ``several_keys``(part, k, units) those of more than one unit."""
    parts = ("email", "phone", "mobile")
    several = " UNION ALL ".join(
        f"SELECT '{part}' AS part, {part} AS k, count(*) AS units FROM units WHERE {part} IS NOT NULL"
        f" GROUP BY {part} HAVING count(*) > 1"
        for part in parts
    )
    session.sql(f"CREATE OR REPLACE TEMP TABLE several_keys AS {several}")
    shared = " UNION ALL ".join(
        f"SELECT '{part}' AS part, {part} AS k FROM units SEMI JOIN (SELECT k FROM several_keys WHERE"
        f" part = '{part}' AND units > {SHARED}) s ON s.k = {part}"
        f" GROUP BY {part} HAVING count(DISTINCT coalesce(whole, ext)) > {SHARED}"
        for part in parts
    )
    session.sql(f"CREATE OR REPLACE TEMP TABLE shared_keys AS {shared}")
    if session.scalar(Statement("SELECT count(*) FROM shared_keys")):
        for part in parts:
            session.sql(
                f"UPDATE units SET {part} = NULL WHERE {part} IN (SELECT k FROM shared_keys WHERE part ="
                f" '{part}')"
            )


def _with_derived_ids(session: Session, who: Identity, kind: str) -> str:
    """The identity of each row; rows known by their description only get a derived id."""
    plain = ", ".join(f"{who[part]} AS {part}" for part in _SOURCES)
    rows = f"SELECT c.row_number, {plain} FROM clean c ANTI JOIN rejected USING (row_number)"
    bare = " AND ".join(f"{who[part]} IS NULL" for part in ("ext", "email", "phone", "mobile"))
    if not session.scalar(
        Statement(f"SELECT count(*) FROM clean c ANTI JOIN rejected USING (row_number) WHERE {bare}")
    ):
        return rows
    named = [who[part] for part in ("first_name", "last_name", "full_name", "company_name", "written_email")]
    described = [who[p] for p in _DESCRIBED if who[p] != _NONE]
    parts = ", ".join(f"coalesce({part}, '')" for part in [*described, "''"])
    text = f"fold_text(concat_ws('|', {parts}))"
    derived = (
        f"CASE WHEN {bare} AND coalesce({', '.join(named)}) IS NOT NULL"
        f" THEN '~' || to_hex(md5_number_lower({text})) END AS derived"
    )
    rows = f"SELECT c.row_number, {plain}, {derived} FROM clean c ANTI JOIN rejected USING (row_number)"
    if kind == "contacts":
        turn = "row_number() OVER (PARTITION BY derived ORDER BY row_number)"
        rows = (
            f"SELECT * REPLACE (CASE WHEN derived IS NOT NULL THEN derived || '.' || {turn} END AS"
            f" derived) FROM ({rows})"
        )
    return f"SELECT * REPLACE (coalesce(ext, derived) AS ext) FROM ({rows})"


def _otherwise(kind: str) -> str:
    """What tells rows without an id apart: each row of a contact file, else all that identifies."""
    if kind == "contacts":
        return "hash(row_number, 'row')"
    parts = ("email", "phone", "mobile", "first_name", "last_name", "full_name", "company_name")
    filled = ", ".join(f"coalesce({part}, '')" for part in parts)
    return f"hash(concat_ws('|', {filled}))"


def _latest(part: str) -> str:
    return f"arg_max({part}, row_number) FILTER (WHERE {part} IS NOT NULL)"
