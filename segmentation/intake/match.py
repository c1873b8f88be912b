"""Matches the people of a file with those of the base, and with one another.

The source's own id first; then the e-mail with a compatible first name; then a telephone with a compatible
first name; else a new contact. Compatible: one missing, alike (Jaro-Winkler ≥ 0.8), an initial, or first and
last names swapped; when a first name is missing and both names are known, one must hold the other's words.
Two different ids of one source, with last names that are not alike either, stay two people. Leaves the
temporary table ``matched``(unit_id, person): person > 0 is a contact of the base, person < 0 the |person|-th
new one, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Final

import pyarrow as pa
from rapidfuzz.distance import JaroWinkler

from segmentation.reference.first_names import same_person
from segmentation.results import Statement
from segmentation.store.session import Session

NEAR: Final = 0.8
NEAR_WHOLE: Final = 0.88

PERSON_KEY: Final = "CREATE OR REPLACE TEMP MACRO person_key(s) AS fold_text(replace(s, '.', ' '))"
"""A name as it is compared: folded, without points."""

_FIRST = (
    "a.first = b.first OR (length(least(a.first, b.first)) > 0 AND (length(a.first) = 1 OR"
    " length(b.first) = 1) AND"
    " a.first[:1] = b.first[:1]) OR (contains(a.first, ' ') AND string_split(a.first, ' ')[1] = b.first)"
    " OR (contains(b.first, ' ') AND string_split(b.first, ' ')[1] = a.first)"
    " OR (length(a.first) > 1 AND length(b.first) > 1 AND jaro_winkler_similarity(a.first, b.first) >="
    f" {NEAR})"
    " OR (a.first = b.last AND a.last = b.first)"
)
_WHOLE = (
    "a.whole IS NULL OR b.whole IS NULL OR list_has_all(string_split(a.whole, ' '),"
    " string_split(b.whole, ' '))"
    " OR list_has_all(string_split(b.whole, ' '), string_split(a.whole, ' '))"
    f" OR jaro_winkler_similarity(a.whole, b.whole) >= {NEAR_WHOLE}"
)
_LAST = (
    "a.last IS NULL OR b.last IS NULL OR a.last = b.last OR a.last = b.first OR contains(a.last, b.last)"
    f" OR contains(b.last, a.last) OR jaro_winkler_similarity(a.last, b.last) >= {NEAR}"
)
COMPATIBLE: Final = f"CASE WHEN a.first IS NOT NULL AND b.first IS NOT NULL THEN {_FIRST} ELSE {_WHOLE} END"
"""SQL: whether the names of ``a`` and ``b`` (first, last, whole, folded) may be one person's."""


@dataclass(frozen=True, slots=True)
class Named:
    """The folded names of a unit, as ``COMPATIBLE`` compares them."""

    first: str | None
    last: str | None
    whole: str | None


def may_be_one(a: Named, b: Named) -> bool:
    """The Python twin of ``COMPATIBLE``."""
    return a == b or _may_be_one(a, b)


def same_family(a: str | None, b: str | None) -> bool:
    """Whether two last names may be one: one missing, alike, or one within the other."""
    return not a or not b or a in b or b in a or JaroWinkler.similarity(a, b) >= NEAR


@lru_cache(maxsize=1 << 16)
def _may_be_one(a: Named, b: Named) -> bool:
    if a.first and b.first:
        return a.first == b.first or same_person(a.first, a.last, b.first, b.last)
    if not a.whole or not b.whole:
        return True
    one, two = set(a.whole.split()), set(b.whole.split())
    return one <= two or two <= one or JaroWinkler.similarity(a.whole, b.whole) >= NEAR_WHOLE


def match_units(session: Session, source: str, check: Callable[[], None]) -> None:
    """Make ``matched`` from ``units``, in the transaction or version the session sees."""
    session.sql("CREATE OR REPLACE TEMP TABLE found (unit_id BIGINT, contact_id INTEGER)")
    if session.scalar(Statement("SELECT count(*) FROM contacts WHERE live")):
        _became(session)
        _find_by_id(session, source)
        check()
        _find_by(session, source, ("email",))
        check()
        _find_by(session, source, ("phone", "mobile"))
    check()
    clusters = _Clusters()
    for keys in (("email",), ("phone", "mobile")):
        _join_in_file(session, keys, clusters)
        check()
    _number(session, clusters)


def _became(session: Session) -> None:
    """``became``(contact_id, into_id): merged contacts and whom they are now part of."""
    session.sql(
        "CREATE OR REPLACE TEMP TABLE became AS WITH RECURSIVE step(contact_id, into_id) AS (SELECT"
        " contact_id, into_id"
        " FROM merges UNION SELECT s.contact_id, m.into_id FROM step s JOIN merges m ON m.contact_id ="
        " s.into_id)"
        " SELECT contact_id, into_id FROM step ANTI JOIN merges m ON m.contact_id = step.into_id"
    )


def _find_by_id(session: Session, source: str) -> None:
    session.sql(
        "INSERT INTO found SELECT u.unit_id, min(c.contact_id) FROM units u JOIN identities i ON i.source = ?"
        " AND i.external_id = u.ext LEFT JOIN became b ON b.contact_id = i.contact_id"
        " JOIN contacts c ON c.contact_id = coalesce(b.into_id, i.contact_id) AND c.live GROUP BY u.unit_id",
        source,
    )


def _find_by(session: Session, source: str, keys: Sequence[str]) -> None:
    """Match units still alone by any past or present address or number of a contact, names being
    compatible.
    """
    held = " OR ".join(f"{key} IS NOT NULL" for key in keys)
    if not session.scalar(
        Statement(f"SELECT count(*) FROM units ANTI JOIN found USING (unit_id) WHERE {held}")
    ):
        return
    unit_side = " UNION ".join(
        f"SELECT unit_id, {key} AS k FROM alone WHERE {key} IS NOT NULL" for key in keys
    )
    base_side = " UNION ".join(
        f"SELECT {key} AS k, contact_id FROM import_contacts WHERE {key} IN (SELECT k FROM wanted)"
        + (" AND email_valid" if key == "email" else "")
        for key in keys
    )
    session.sql("CREATE OR REPLACE TEMP TABLE alone AS SELECT * FROM units ANTI JOIN found USING (unit_id)")
    session.sql(f"CREATE OR REPLACE TEMP TABLE wanted AS {unit_side}")
    session.sql(
        "INSERT INTO found SELECT a.unit_id, b.contact_id FROM wanted w JOIN alone a USING (unit_id)"
        f" JOIN (SELECT DISTINCT s.k, coalesce(m.into_id, s.contact_id) AS contact_id FROM ({base_side}) s"
        " LEFT JOIN became m ON m.contact_id = s.contact_id) s ON s.k = w.k JOIN (SELECT contact_id,"
        " person_key(first_name) AS first, person_key(last_name) AS last, person_key(coalesce(full_name,"
        " nullif(concat_ws(' ', first_name, last_name), ''))) AS whole FROM contacts WHERE live"
        " AND contact_id IN (SELECT coalesce(m.into_id, s.contact_id)"
        f" FROM ({base_side}) s LEFT JOIN became m ON m.contact_id = s.contact_id)) b ON b.contact_id ="
        " s.contact_id"
        f" WHERE ({COMPATIBLE}) AND ({_LAST} OR a.ext IS NULL OR a.ext LIKE '~%' OR b.contact_id NOT IN"
        " (SELECT contact_id FROM identities WHERE source = ? AND external_id NOT LIKE '~%'))"
        " QUALIFY row_number() OVER (PARTITION BY a.unit_id ORDER BY coalesce(a.first = b.first, FALSE) DESC,"
        " coalesce(a.whole = b.whole, FALSE) DESC, b.contact_id) = 1",
        source,
    )
    session.sql("DROP TABLE alone")
    session.sql("DROP TABLE wanted")


@dataclass(slots=True)
class _Cluster:
    """Units of a file that are one person, and the contact of the base they are, when there is one."""

    root: int
    contact_id: int | None
    names: set[Named] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    units: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Clusters:
    """The clusters that hold more than one look at a unit so far, by unit."""

    of: dict[int, _Cluster] = field(default_factory=dict)

    def get(self, unit: int, contact_id: int | None, names: Named, own_id: str | None) -> _Cluster:
        if unit not in self.of:
            ids = {own_id} if own_id else set()
            self.of[unit] = _Cluster(unit, contact_id, {names}, ids, [unit])
        return self.of[unit]

    def join(self, one: _Cluster, other: _Cluster) -> None:
        """Put ``other`` into ``one``; the earliest unit of the file stays the root."""
        one.root = min(one.root, other.root)
        one.contact_id = one.contact_id if one.contact_id is not None else other.contact_id
        one.names |= other.names
        one.ids |= other.ids
        one.units += other.units
        for unit in other.units:
            self.of[unit] = one


def _fits(one: _Cluster, other: _Cluster) -> bool:
    if one.contact_id is not None and other.contact_id is not None and one.contact_id != other.contact_id:
        return False
    apart = bool(one.ids and other.ids)
    return all(
        may_be_one(a, b) and (not apart or same_family(a.last, b.last))
        for a in one.names
        for b in other.names
    )


def _join_in_file(session: Session, keys: Sequence[str], clusters: _Clusters) -> None:
    """Join units that share an address or a number and may be one person, in the order of the file."""
    sides = " UNION ".join(f"SELECT unit_id, {key} AS k FROM units WHERE {key} IS NOT NULL" for key in keys)
    rows = session.run(
        Statement(
            f"WITH held AS ({sides}), several AS (SELECT k FROM held LEFT JOIN found USING (unit_id)"
            " GROUP BY k"
            " HAVING count(*) > 1 AND count(*) > count(found.contact_id))"
            " SELECT h.k, u.unit_id, f.contact_id, u.first, u.last, u.whole,"
            " CASE WHEN u.ext NOT LIKE '~%' THEN u.ext END FROM held h SEMI JOIN several s ON s.k = h.k"
            " JOIN units u USING (unit_id) LEFT JOIN found f USING (unit_id) ORDER BY h.k, u.unit_id"
        )
    ).rows
    for _, group in groupby(rows, key=lambda row: row[0]):
        _join_group(group, clusters)


def _join_group(group: Iterable[tuple[object, ...]], clusters: _Clusters) -> None:
    met: list[_Cluster] = []
    for _, unit, contact_id, first, last, whole, own_id in group:
        names = Named(_text(first), _text(last), _text(whole))
        known = None if contact_id is None else int(str(contact_id))
        one = clusters.get(int(str(unit)), known, names, _text(own_id))
        if any(one is other for other in met):
            continue
        home = next((other for other in met if _fits(other, one)), None)
        if home is None:
            met.append(one)
        else:
            clusters.join(home, one)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(session: Session, clusters: _Clusters) -> None:
    """Give each unit its person: the contact found, else the rank of its cluster among the new ones."""
    units = sorted(clusters.of)
    table = pa.table(
        {
            "unit_id": pa.array(units, pa.int64()),
            "root": pa.array([clusters.of[unit].root for unit in units], pa.int64()),
            "contact_id": pa.array([clusters.of[unit].contact_id for unit in units], pa.int32()),
        }
    )
    session.register("arrow_clusters", table)
    session.sql(
        "CREATE OR REPLACE TEMP TABLE matched AS WITH one AS (SELECT u.unit_id, coalesce(c.root,"
        " u.unit_id) AS root,"
        " coalesce(c.contact_id, f.contact_id) AS contact_id FROM units u LEFT JOIN arrow_clusters c"
        " USING (unit_id)"
        " LEFT JOIN found f USING (unit_id)), fresh AS (SELECT root, row_number() OVER (ORDER BY root)"
        " AS rank FROM"
        " (SELECT DISTINCT root FROM one WHERE contact_id IS NULL))"
        " SELECT unit_id, coalesce(contact_id::BIGINT, -rank) AS person FROM one LEFT JOIN fresh USING (root)"
    )
    session.unregister("arrow_clusters")
    session.sql("DROP TABLE found")


def keep_full_names(session: Session) -> None:
    """Take out of ``out_contacts`` the initials of people whose first name is known in full, here or in the
    base.
    """
    columns = session.run(
        Statement(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'out_contacts' AND column_name ="
            " 'first_given'"
        )
    ).rows[0]
    if not columns[0] or not session.scalar(Statement("SELECT count(*) FROM units WHERE length(first) = 1")):
        return
    session.sql(
        "UPDATE out_contacts SET first_name = CASE WHEN unit_id IN (SELECT u.unit_id FROM units u JOIN"
        " matched m"
        " USING (unit_id) WHERE length(u.first) = 1 AND (m.person IN (SELECT n.person FROM units v JOIN"
        " matched n"
        " USING (unit_id) WHERE length(v.first) > 1) OR m.person IN (SELECT contact_id FROM contacts"
        " WHERE live"
        " AND length(first_name) > 2))) THEN NULL ELSE first_given END"
    )
