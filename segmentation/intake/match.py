"""Matches the people of a file with those of the base, and with one another.

The source's own id first; then the e-mail with a compatible first name; then a telephone with a compatible
first name; else a new contact. Two different ids of one source, with last names that are not alike, stay two
people. Leaves the temporary table ``matched``(unit_id, person): person > 0 is a contact of the base, person
< 0 the |person|-th new one, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from segmentation.intake.clusters import Clusters, join_in_file
from segmentation.intake.compatible import COMPATIBLE, SAME_FAMILY
from segmentation.results import Statement
from segmentation.store.fold import BECAME
from segmentation.store.passing import settle
from segmentation.store.session import Session


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
    clusters = Clusters()
    for keys in (("email",), ("phone", "mobile")):
        join_in_file(session, keys, clusters)
        check()
    _number(session, clusters)


def _became(session: Session) -> None:
    """``became``(contact_id, into_id): merged contacts and whom they are now part of."""
    session.sql(f"CREATE OR REPLACE TEMP TABLE became AS {BECAME}")


def _find_by_id(session: Session, source: str) -> None:
    session.sql(
        "INSERT INTO found SELECT u.unit_id, min(c.contact_id) FROM units u JOIN identities i ON i.source = ?"
        " AND i.external_id = u.ext LEFT JOIN became b ON b.contact_id = i.contact_id"
        " JOIN contacts c ON c.contact_id = coalesce(b.into_id, i.contact_id) AND c.live GROUP BY u.unit_id",
        source,
    )


def _find_by(session: Session, source: str, keys: Sequence[str]) -> None:
    """Match units still alone by an address or number a contact ever had, names being compatible."""
    held = " UNION ".join(
        f"SELECT unit_id, {key} AS k FROM units ANTI JOIN found USING (unit_id) WHERE {key} IS NOT NULL"
        for key in keys
    )
    session.sql(f"CREATE OR REPLACE TEMP TABLE wanted AS {held}")
    if not session.scalar(Statement("SELECT count(*) FROM wanted")):
        return
    _holders(session, keys)
    session.sql(
        "INSERT INTO found SELECT a.unit_id, b.contact_id FROM wanted w JOIN units a USING (unit_id)"
        f" JOIN holders b USING (k) WHERE ({COMPATIBLE}) AND ({SAME_FAMILY} OR a.ext IS NULL OR a.ext"
        " LIKE '~%'"
        " OR b.contact_id NOT IN (SELECT contact_id FROM identities WHERE source = ? AND external_id NOT LIKE"
        " '~%')) QUALIFY row_number() OVER (PARTITION BY a.unit_id ORDER BY coalesce(a.first = b.first,"
        " FALSE)"
        " DESC, coalesce(a.whole = b.whole, FALSE) DESC, b.contact_id) = 1",
        source,
    )


def _holders(session: Session, keys: Sequence[str]) -> None:
    """``holders``(k, contact_id, first, last, whole): the live contacts that ever gave a wanted key.

    Each under the name they bear and under the name given with the key: a row read again finds whom it made.
    """
    ever = " UNION ".join(
        f"SELECT {key} AS k, contact_id, first_name, last_name, full_name FROM import_contacts"
        f" WHERE {key} IN (SELECT k FROM wanted)"
        for key in keys
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE given AS SELECT e.* REPLACE (c.contact_id AS contact_id)"
        f" FROM ({ever}) e LEFT JOIN became m ON m.contact_id = e.contact_id"
        " JOIN contacts c ON c.contact_id = coalesce(m.into_id, e.contact_id) AND c.live"
    )
    borne = _named("c.first_name__key", "c.last_name__key", "c.full_name__key")
    said = _named(*(f"fold_text(g.{name})" for name in ("first_name", "last_name", "full_name")))
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE holders AS SELECT g.k, g.contact_id, {borne} FROM given g"
        f" JOIN contacts c USING (contact_id) UNION SELECT g.k, g.contact_id, {said} FROM given g"
    )


def _named(first: str, last: str, full: str) -> str:
    """SQL of the columns first, last and whole from folded names."""
    whole = f"coalesce({full}, concat_ws(' ', {first}, {last}))"
    columns = {"first": first, "last": last, "whole": whole}
    return ", ".join(f"nullif(trim(replace({sql}, '.', ' ')), '') AS {name}" for name, sql in columns.items())


def _number(session: Session, clusters: Clusters) -> None:
    """Give each unit its person: the contact found, else the rank of its cluster among the new ones."""
    if not clusters.of and not session.scalar(Statement("SELECT count(*) FROM found")):
        session.sql(
            "CREATE OR REPLACE TEMP TABLE matched AS"
            " SELECT unit_id, -row_number() OVER (ORDER BY unit_id) AS person FROM units"
        )
        session.sql("DROP TABLE found")
        return
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
    settle(session, "out_contacts")
    session.sql(
        "UPDATE out_contacts SET first_name = CASE WHEN unit_id IN (SELECT u.unit_id FROM units u JOIN"
        " matched m"
        " USING (unit_id) WHERE length(u.first) = 1 AND (m.person IN (SELECT n.person FROM units v JOIN"
        " matched n"
        " USING (unit_id) WHERE length(v.first) > 1) OR m.person IN (SELECT contact_id FROM contacts"
        " WHERE live"
        " AND length(first_name) > 2))) THEN NULL ELSE first_given END"
    )
