"""Folds the kept rows of all imports into what the base says now, for the keys an import touched.

Per field, the last non-empty value by (import_id, row_number); empty is NULL. Each ``refold_*`` takes the
name of a temporary table of touched keys and leaves its folded table as if all its rows had just been folded
anew. Keys that a single row speaks of are copied without aggregation. Call in this order, inside one writing
transaction: contacts, consents, memberships, orders (with their lines, ``fold_orders``), events.
"""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.results import Statement
from segmentation.store.bits import are_once
from segmentation.store.cleared import apply_cleared
from segmentation.store.fold_keys import Twins, twins
from segmentation.store.hollow import columns_of, hollow_columns, is_nearly_sorted
from segmentation.store.likeness import DETAILS, ERASURE, likenesses
from segmentation.store.replacing import REBUILD_SHARE, filled_columns, replace_rows
from segmentation.store.schema import KEYS
from segmentation.store.session import Session, quoted

RANK = "(r.import_id::BIGINT << 34) + r.row_number"
"""The age of a row: the greater, the later (4 million imports of 17 billion rows)."""

BECAME = (
    "WITH RECURSIVE step(contact_id, into_id) AS (SELECT contact_id, into_id FROM merges UNION"
    " SELECT s.contact_id, m.into_id FROM step s JOIN merges m ON m.contact_id = s.into_id)"
    " SELECT contact_id, into_id FROM step ANTI JOIN merges m ON m.contact_id = step.into_id"
)
"""SQL: each merged contact beside the one it is part of now, through any number of merges."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A SELECT that folds touched rows: its text, which columns hold at least one value, and whether its
    rows come nearly in the order of the folded table.
    """

    sql: str
    filled: tuple[str, ...]
    in_order: bool = False


def refold_contacts(session: Session, touched_table: str) -> None:
    """Fold ``contacts`` for the ``contact_id`` of a temporary table; ids without a row left are not live.

    A merge moves all rows of a contact to the one it was merged into; both must be touched.
    """
    folded = folded_rows(session, "contacts", touched_table, by="contact_id")
    keys = twins_of(session, "contacts", touched_table, folded)
    select = f"SELECT f.*, TRUE AS live{keys.columns} FROM ({folded.sql}) f{keys.joins}"
    rows = contact_rows(session, "contacts")
    gone = f"SELECT DISTINCT contact_id FROM {quoted(touched_table)} ANTI JOIN {rows} r USING (contact_id)"
    if session.scalar(Statement(f"SELECT count(*) FROM ({gone})")):
        select += f" UNION ALL BY NAME SELECT contact_id, FALSE AS live FROM ({gone})"
    order = "" if folded.in_order else "contact_id"
    replace_rows(session, "contacts", touched_table, "contact_id", select, order, same=keys.same)
    apply_cleared(session, touched_table, rows=lambda entity: contact_rows(session, entity))


def refold_consents(session: Session, touched_table: str) -> None:
    """Fold ``consents`` for touched contacts, already folded: any *no* wins, else the last state known.

    An opposition kept by its keyed hash wins over every row.
    """
    rows = f"{contact_rows(session, 'consents')} r"
    if not _is_everyone(session, touched_table):
        rows += f" SEMI JOIN {quoted(touched_table)} USING (contact_id)"
    columns = "contact_id, channel, state, consent_date, consent_source, import_id"
    select = f"SELECT {columns} FROM {rows}"
    if not are_once(session, rows, "contact_id", by="channel"):
        several = f"SELECT contact_id, channel FROM {rows} GROUP BY ALL HAVING count(*) > 1"
        session.sql(f"CREATE OR REPLACE TEMP TABLE several_consents AS {several}")
        alone = f"{select} ANTI JOIN several_consents USING (contact_id, channel)"
        select = f"{alone} UNION ALL BY NAME {_last_said(rows)}"
    if session.scalar(Statement("SELECT count(*) FROM oppositions")):
        opposed = _opposed(session, touched_table)
        others = f"SELECT * FROM ({select}) ANTI JOIN ({opposed}) USING (contact_id, channel)"
        select = f"{others} UNION ALL BY NAME {opposed}"
    replace_rows(session, "consents", touched_table, "contact_id", select, "contact_id, channel")


def _is_everyone(session: Session, touched_table: str) -> bool:
    """Whether all contacts are touched, once their fold is made: then none needs looking for."""
    touched = f"SELECT count(DISTINCT contact_id) FROM {quoted(touched_table)}"
    return bool(session.scalar(Statement(f"SELECT ({touched}) = (SELECT count(*) FROM contacts)")))


def _last_said(rows: str) -> str:
    """The state of each contact and channel that several rows speak of; of two that say as much, the one that
    says from where, and when.
    """
    weight = "(CASE r.state WHEN 'no' THEN 2 WHEN 'unknown' THEN 0 ELSE 1 END::BIGINT << 58) + " + RANK
    told = "coalesce(r.consent_source, ''), coalesce(r.consent_date, DATE '0001-01-01')"
    said = (
        f"SELECT r.contact_id, r.channel, arg_max(struct_pack(s := r.state, d := r.consent_date,"
        f" o := r.consent_source, i := r.import_id), row({weight}, {told})) AS w"
        f" FROM {rows} SEMI JOIN several_consents USING (contact_id, channel) GROUP BY ALL"
    )
    return (
        "SELECT contact_id, channel, w.s AS state, w.d AS consent_date, w.o AS consent_source,"
        f" w.i AS import_id FROM ({said})"
    )


_IDENTIFIERS = f"unnest(list_distinct([{', '.join(DETAILS)}])) AS identifier"


def identified(session: Session) -> str:
    """SQL: each living contact beside each address and number that names it now or ever did.

    Those of whoever was merged into it too: an opposition stays with the person who has changed address.
    """
    rows = contact_rows(session, "contacts")
    return (
        f"(SELECT contact_id, {_IDENTIFIERS} FROM contacts WHERE live UNION SELECT contact_id, {_IDENTIFIERS}"
        f" FROM {rows} SEMI JOIN (FROM contacts WHERE live) USING (contact_id))"
    )


def resembling(session: Session, people: str, *, alone: bool = False) -> str:
    """SQL: the living contacts of a relation ``people`` beside their likenesses (``store.likeness``)."""
    ids = _under_their_contact(session, "identities")
    return likenesses(people, contact_rows(session, "contacts"), ids, alone=alone)


def _opposed(session: Session, touched_table: str) -> str:
    """The touched contacts and channels of oppositions, by any identifier of the contact; by what tells them
    from others too, once someone was erased.
    """
    touched = quoted(touched_table)
    named = f"FROM {identified(session)} SEMI JOIN {touched} USING (contact_id)"
    if session.scalar(Statement("SELECT count(*) FROM oppositions WHERE reason = ?", (ERASURE,))):
        living = f"(FROM {touched} SEMI JOIN (FROM contacts WHERE live) USING (contact_id))"
        named += f" UNION ALL FROM {resembling(session, living)}"
    return (
        "SELECT p.contact_id, o.channel, 'no' AS state, max(o.created_at)::DATE AS consent_date,"
        " max(o.reason) AS consent_source, max(o.import_id) AS import_id"
        f" FROM ({named}) p"
        " JOIN oppositions o ON o.identifier_hash = hashed(p.identifier) GROUP BY p.contact_id, o.channel"
    )


def refold_memberships(session: Session, touched_table: str) -> None:
    """Fold ``memberships`` for touched contacts: one row per group, under its last spelling.

    Who was taken out of a group by hand is out of it, unless a later import names it again.
    """
    select = (
        f"SELECT r.contact_id, arg_max(r.name, {RANK}) AS name, fold_text(r.name) AS name__key"
        f" FROM {contact_rows(session, 'memberships')} r"
        f" SEMI JOIN {quoted(touched_table)} USING (contact_id)"
    )
    left = f"{contact_rows(session, 'cleared')} l"
    if session.scalar(Statement("SELECT count(*) FROM import_cleared WHERE field LIKE 'group:%'")):
        select += (
            f" WHERE NOT EXISTS (SELECT 1 FROM {left} WHERE l.contact_id = r.contact_id"
            " AND l.import_id >= r.import_id AND l.field = 'group:' || fold_text(r.name))"
        )
    select += " GROUP BY r.contact_id, fold_text(r.name)"
    replace_rows(session, "memberships", touched_table, "contact_id", select, "contact_id, name__key")


def refold_events(session: Session, touched_table: str) -> None:
    """Fold ``events`` for the ``event_key`` of a temporary table, kept in date order."""
    folded = folded_rows(session, "events", touched_table, by="event_key", needed=("event_date",))
    keys = twins_of(session, "events", touched_table, folded)
    select = f"SELECT f.* EXCLUDE (first_import, last_import){keys.columns} FROM ({folded.sql}) f{keys.joins}"
    order = "event_date, event_key"
    replace_rows(session, "events", touched_table, "event_key", select, order, same=keys.same)


def contact_rows(session: Session, entity: str) -> str:
    """The kept rows of an entity as a relation, with merged contacts read as those they became."""
    return _under_their_contact(session, f"import_{entity}")


def _under_their_contact(session: Session, name: str) -> str:
    table = quoted(name)
    if not session.scalar(Statement("SELECT count(*) FROM merges")):
        return table
    return (
        f"(SELECT x.* REPLACE (coalesce(b.into_id, x.contact_id) AS contact_id)"
        f" FROM {table} x LEFT JOIN ({BECAME}) b ON b.contact_id = x.contact_id)"
    )


def folded_rows(
    session: Session, entity: str, touched_table: str, *, by: str, needed: tuple[str, ...] = ()
) -> Folded:
    """The fold of the rows whose ``by`` is in the touched table: columns with a value, and ``needed`` ones.

    Remembers the keys of several rows in a temporary table.
    """
    key, touched, rows = KEYS[entity], quoted(touched_table), contact_rows(session, entity)
    source = f"{rows} r SEMI JOIN {touched} t ON t.{by} = r.{by}"
    target, hollow = columns_of(session, entity), hollow_columns(session, f"import_{entity}")
    given = (name for name in columns_of(session, f"import_{entity}") if name not in hollow or name in needed)
    shared = [name for name in given if name in target and name != key]
    imports = "r.import_id AS first_import, r.import_id AS last_import"
    if entity == "contacts" and _all_once_in_order(session, rows, touched):
        filled = filled_columns(session, shared, f"{rows} r", needed)
        plain = ", ".join(f"r.{quoted(name)}" for name in (key, *filled))
        return Folded(f"SELECT {plain}, {imports} FROM {rows} r", filled, in_order=True)
    filled = filled_columns(session, shared, source, needed)
    several = quoted(f"several_{entity}")
    session.run(
        Statement(
            f"CREATE OR REPLACE TEMP TABLE {several} AS SELECT r.{key} FROM {source}"
            f" GROUP BY r.{key} HAVING count(*) > 1"
        )
    )
    plain = ", ".join(f"r.{quoted(name)}" for name in filled)
    last = ", ".join(f"arg_max(r.{quoted(name)}, {_rank_of(name)}) AS {quoted(name)}" for name in filled)
    comma = ", " if filled else ""
    one = f"SELECT r.{key}{comma}{plain}, {imports} FROM {source}"
    if not session.scalar(Statement(f"SELECT count(*) FROM {several}")):
        return Folded(one, filled)
    many = (
        f"SELECT r.{key}{comma}{last}, min(r.import_id) AS first_import, max(r.import_id) AS last_import"
        f" FROM {source} WHERE r.{key} IN (FROM {several}) GROUP BY r.{key}"
    )
    return Folded(f"{one} WHERE r.{key} NOT IN (FROM {several}) UNION ALL {many}", filled)


def _all_once_in_order(session: Session, rows: str, touched: str) -> bool:
    """Whether the kept rows of contacts are one for each touched contact, nearly in the order of contacts.

    So they are after the first import of a base: nothing needs joining, grouping or sorting, nobody is gone.
    """
    if session.scalar(Statement(f"SELECT (SELECT count(*) FROM {rows}) <> (SELECT count(*) FROM {touched})")):
        return False
    if not are_once(session, rows, "contact_id") or not is_nearly_sorted(session, rows):
        return False
    return not session.scalar(
        Statement(f"SELECT count(*) FROM {rows} ANTI JOIN {touched} USING (contact_id)")
    )


def _rank_of(name: str) -> str:
    """The age of a row for a field; the validity of an e-mail follows the row that gave the e-mail."""
    return f"CASE WHEN r.email IS NOT NULL THEN {RANK} END" if name == "email_valid" else RANK


def twins_of(session: Session, entity: str, touched_table: str, folded: Folded) -> Twins:
    """The folded twins of the filled text columns of a fold ``f``."""
    target, kept = columns_of(session, entity), quoted(f"import_{entity}")
    rows, all_rows = (
        int(session.scalar(Statement(f"SELECT count(*) FROM {table}")))
        for table in (quoted(touched_table), kept)
    )
    columns = {name: target[name] for name in folded.filled if f"{name}__key" in target}
    return twins(session, kept, columns, rows=rows if rows * REBUILD_SHARE >= all_rows else 0)
