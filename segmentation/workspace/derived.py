"""What is worked out from the base and kept: totals per contact, categories bought, RFM scores and limits.

Refreshed for the contacts a change touched, inside the transaction of the change, so that no reader ever sees
new rows beside old totals. Scores are kept for the base's own as-of date; another date computes its own.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from segmentation.predictive.rfm import Cuts, Numbers
from segmentation.predictive.rfm_codec import cuts_from_json, cuts_to_json, options_from_json
from segmentation.predictive.rfm_drift import Proposal, propose
from segmentation.predictive.rfm_limits import derive_cuts
from segmentation.results import Statement
from segmentation.store.hollow import hollow_columns, is_large, make_anew
from segmentation.store.reading import Reader
from segmentation.store.session import Session, quoted
from segmentation.store.settings import Settings, read_settings, write_setting
from segmentation.traits import (
    SOLD,
    TRAITS,
    category_statement,
    features_statement,
    inputs_statement,
    rfm_statement,
)

_FACTS = tuple(trait for trait in TRAITS if trait.steps)
"""The traits worked out from orders and events, or from fields of the contact that say it in their place."""
_OF_CONTACT = re.compile(r"\bc\.(\w+)")

_MANY = 10
"""From one contact in so many, everyone is computed anew: it is faster than taking out and putting in."""


def known_cuts(settings: Settings) -> Cuts | None:
    """The RFM limits the base keeps, None before its first orders."""
    return cuts_from_json(settings.rfm_cuts) if settings.rfm_cuts else None


def derived_cuts(session: Session, settings: Settings, as_of: date) -> Cuts | None:
    """The limits that the buyers of the window would give at a date; None when nobody bought in it."""
    options = options_from_json(settings.rfm_options)
    buyers = session.arrays(inputs_statement(as_of, options.window_months))
    if not len(buyers["days"]):
        return None
    days, orders, amounts = (_floats(buyers[name]) for name in ("days", "orders", "amount"))
    return derive_cuts(days, orders, amounts, options=options, as_of=as_of)


def proposed(session: Session, cuts: Cuts, as_of: date) -> Proposal | None:
    """New limits for the buyers of the window, when those in use no longer fit them (``rfm_drift``)."""
    options = options_from_json(read_settings(session).rfm_options)
    buyers = session.arrays(inputs_statement(as_of, cuts.window_months))
    days, orders, amounts = (_floats(buyers[name]) for name in ("days", "orders", "amount"))
    if not days.size:
        return None
    return propose(days, orders, amounts, cuts, as_of=as_of, options=options)


def settle_cuts(session: Session, as_of: date, *, import_id: int | None = None) -> None:
    """Derive and keep limits when the base has none, or none made from orders and its first orders are here.

    ``import_id`` is the import that brings them: undoing it forgets them.
    """
    settings = read_settings(session)
    has_orders = bool(session.scalar(Statement("SELECT count(*) > 0 FROM orders WHERE counted")))
    kept = settings.rfm_cuts
    if kept is not None and (kept.get("from_orders") or not has_orders):
        return
    cuts = derived_cuts(session, settings, as_of)
    if cuts is not None:
        found = {**cuts_to_json(cuts), "from_orders": has_orders, "import_id": import_id}
        write_setting(session, "rfm_cuts", found)


def forget_cuts_of(session: Session, import_id: int) -> None:
    """After the undo of the import that brought the limits: as if they had never been derived."""
    kept = read_settings(session).rfm_cuts
    if kept is not None and kept.get("import_id") == import_id:
        write_setting(session, "rfm_cuts", None)


def refresh(session: Session, touched: str | None, as_of: date) -> None:
    """Work out again what is kept for the contacts of a temporary table, or for everyone (None).

    Inside a writing transaction, after the folds. ``as_of`` is the base's own date.
    """
    if touched is not None and _is_large(session, touched):
        touched = None
    if touched is not None and (_shape(session) != _wanted_shape(session) or _has_spoken(session)):
        touched = None
    if touched is None:
        _rebuild(session)
    else:
        features = features_statement(touched)
        if fixed := ", ".join(map(quoted, hollow_columns(session, "contact_features"))):
            features = Statement(f"SELECT * EXCLUDE ({fixed}) FROM ({features.sql})", features.params)
        _replace(session, "contact_features", features, touched)
        _replace(session, "contact_category", category_statement(touched), touched)
    refresh_scores(session, as_of, touched=touched)


def has_shape(reader: Reader) -> bool:
    """Whether the kept totals have the columns that the traits of this program give."""
    return _shape(reader) == _wanted_shape(reader)


def refresh_scores(session: Session, as_of: date, *, touched: str | None = None) -> None:
    """Score the contacts of a temporary table, or everyone when the date or the limits have changed, or when
    the base has just got its first sale or lost its last one."""
    cuts = known_cuts(read_settings(session)) or Cuts()
    scored = f"{as_of.isoformat()} {cuts_to_json(cuts)}"
    sold = str(session.scalar(Statement(f"SELECT {SOLD}")))
    rows = session.run(Statement("SELECT key, value FROM meta WHERE key IN ('rfm_scored', 'rfm_sold')")).rows
    if touched is not None and dict(rows) == {"rfm_scored": scored, "rfm_sold": sold}:
        _replace(session, "rfm_scores", rfm_statement(as_of, cuts, touched=touched), touched)
        return
    session.sql("DELETE FROM rfm_scores")
    statement = rfm_statement(as_of, cuts)
    session.run(Statement(f"INSERT INTO rfm_scores BY NAME {statement.sql}", statement.params))
    session.sql("DELETE FROM meta WHERE key IN ('rfm_as_of', 'rfm_scored', 'rfm_sold')")
    session.sql(
        "INSERT INTO meta VALUES ('rfm_as_of', ?), ('rfm_scored', ?), ('rfm_sold', ?)",
        as_of.isoformat(),
        scored,
        sold,
    )


def scored_as_of(reader: Reader, cuts: Cuts) -> date | None:
    """The date the kept scores are of; None when they are of none, or of other limits."""
    rows = reader.run(Statement("SELECT key, value FROM meta WHERE key IN ('rfm_as_of', 'rfm_scored')")).rows
    kept = {str(key): str(value) for key, value in rows}
    if "rfm_as_of" not in kept or kept.get("rfm_scored") != f"{kept['rfm_as_of']} {cuts_to_json(cuts)}":
        return None
    return date.fromisoformat(kept["rfm_as_of"])


def _rebuild(session: Session) -> None:
    features = features_statement()
    if fixed := _fixed(session):
        columns = {str(name): str(kind) for name, kind in _wanted_shape(session)}
        given = [name for name in columns if name not in fixed]
        make_anew(session, "contact_features", columns, given, fixed)
        sql = f"SELECT {', '.join(map(quoted, given))} FROM ({features.sql})"
        session.run(Statement(f"INSERT INTO contact_features BY NAME {sql}", features.params))
    else:
        session.run(Statement(f"CREATE OR REPLACE TABLE contact_features AS {features.sql}", features.params))
    categories = category_statement()
    session.sql("DELETE FROM contact_category")
    session.run(Statement(f"INSERT INTO contact_category BY NAME {categories.sql}", categories.params))


def _is_silent(session: Session) -> bool:
    """Whether nothing says anything of what contacts bought and did: no order, no event, and none of the
    fields that could say it in their place."""
    if session.scalar(Statement("SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM events) > 0")):
        return False
    told = {name for trait in _FACTS for sql in trait.columns().values() for name in _OF_CONTACT.findall(sql)}
    return told <= hollow_columns(session, "contacts")


def _has_spoken(session: Session) -> bool:
    """Whether columns are kept as fixed values though facts may now give each contact its own."""
    return bool(hollow_columns(session, "contact_features")) and not _is_silent(session)


def _fixed(session: Session) -> dict[str, str]:
    """The columns that have one value for all contacts, as SQL values: those of facts of which a large base
    has none. They are not written a million times.
    """
    contacts = int(session.scalar(Statement("SELECT count(*) FROM contacts WHERE live")))
    if not is_large(contacts) or not _is_silent(session):
        return {}
    names = [name for trait in _FACTS for name in trait.columns()]
    session.sql("CREATE OR REPLACE TEMP TABLE anyone AS SELECT contact_id FROM contacts WHERE live LIMIT 1")
    one = features_statement("anyone")
    listed = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names)
    row = session.run(Statement(f"SELECT {listed} FROM ({one.sql})", one.params)).rows[0]
    session.sql("DROP TABLE anyone")
    kinds = {str(name): kind for name, kind in _wanted_shape(session)}
    return {
        name: "NULL" if value is None else f"CAST('{value}' AS {kinds[name]})"
        for name, value in zip(names, row, strict=True)
    }


def _replace(session: Session, table: str, statement: Statement, touched: str) -> None:
    session.sql(f'DELETE FROM {table} WHERE contact_id IN (SELECT contact_id FROM "{touched}")')
    session.run(Statement(f"INSERT INTO {table} BY NAME {statement.sql}", statement.params))


def _is_large(session: Session, touched: str) -> bool:
    sql = f'SELECT (SELECT count(*) FROM "{touched}") * {_MANY} >= (SELECT count(*) FROM contacts)'
    return bool(session.scalar(Statement(sql)))


def _shape(reader: Reader) -> list[tuple[object, ...]]:
    sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'contact_features'"
    return sorted(reader.run(Statement(sql)).rows)


def _wanted_shape(reader: Reader) -> list[tuple[object, ...]]:
    statement = features_statement()
    rows = reader.run(Statement(f"DESCRIBE {statement.sql}", statement.params)).rows
    return sorted((row[0], row[1]) for row in rows)


def _floats(values: np.ndarray) -> Numbers:
    return np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)
