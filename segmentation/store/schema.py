"""The tables of a base: what an import keeps, what is folded from it, and what is derived.

``import_*`` tables hold each import's cleaned rows and are the only truth; ``contacts``, ``orders``,
``order_lines``, ``events``, ``consents`` and ``memberships`` are their fold (``segmentation.store.fold``).
The columns of a canonical field have its key as name; text fields have a folded twin ``<key>__key`` beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from segmentation.criteria.fields import canonical_fields
from segmentation.criteria.fold import EXPANDED, SPACED
from segmentation.store.session import quoted

SCHEMA_VERSION = 1
"""The version this program writes; ``migrations`` brings older files to it."""

_TEXT = (
    "id name text category email phone url address postal_code city code department region country company"
    " siren siret vat naf currency"
)
STORAGE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(_TEXT.split(), "VARCHAR")
    | {"list": "VARCHAR[]", "date": "DATE", "datetime": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE"}
    | {"percent": "DOUBLE", "money": "DECIMAL(18,4)", "boolean": "BOOLEAN"}
)
"""The column type of each field type, user columns included."""

_EXACT_TYPES = MappingProxyType(
    {
        ("orders", "order_date"): "TIMESTAMP",
        ("events", "event_date"): "TIMESTAMP",
        ("order_lines", "quantity"): "DECIMAL(18,4)",
    }
)
_CONTACTS_ELSEWHERE = (
    "contact_id tags optin_email optin_sms optin_phone optin_mail optout consent_date consent_source"
    " optout_date email_bounced"
)
ELSEWHERE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "contacts": frozenset(_CONTACTS_ELSEWHERE.split()),
        "orders": frozenset({"contact_id", "email", "customer_name"}),
        "order_lines": frozenset({"order_id"}),
        "events": frozenset({"contact_id", "email"}),
    }
)
"""Fields a file may carry that are kept in another table: identities, consents, memberships, links."""

ENTITIES = ("contacts", "orders", "order_lines", "events")
KEYS: Mapping[str, str] = MappingProxyType(
    {"contacts": "contact_id", "orders": "order_key", "order_lines": "line_key", "events": "event_key"}
)
"""The column that says which thing a row of each entity is about."""

_OPENING_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contacts": ("contact_id INTEGER", "external_id VARCHAR"),
        "orders": ("order_key VARCHAR", "contact_id INTEGER"),
        "order_lines": ("line_key VARCHAR", "order_key VARCHAR", "contact_id INTEGER"),
        "events": ("event_key VARCHAR", "contact_id INTEGER"),
    }
)
_CLOSING_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contacts": ("email_valid BOOLEAN", "sms_number VARCHAR"),
        "orders": ("amount DECIMAL(18,4)",),
        "order_lines": (),
        "events": (),
    }
)
_FOLDED_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contacts": ("live BOOLEAN", "first_import INTEGER", "last_import INTEGER"),
        "orders": ("counted BOOLEAN", "summed BOOLEAN"),
        "order_lines": ("order_date TIMESTAMP", "counted BOOLEAN", "summed BOOLEAN"),
        "events": (),
    }
)

_FIXED_TABLES = """
meta(key VARCHAR, value VARCHAR)
settings(key VARCHAR PRIMARY KEY, value JSON)
imports(import_id INTEGER, kind VARCHAR, source VARCHAR, file_name VARCHAR, file_hash VARCHAR, sheet VARCHAR, encoding VARCHAR, delimiter VARCHAR, header_row INTEGER, author VARCHAR, created_at TIMESTAMP, consent VARCHAR, rows_read BIGINT, rows_loaded BIGINT, rows_rejected BIGINT, new_rows BIGINT, updated_rows BIGINT, unchanged_rows BIGINT, merged_rows BIGINT, mapping JSON, repairs JSON, notes JSON, undone_at TIMESTAMP)
identities(source VARCHAR, external_id VARCHAR, contact_id INTEGER, import_id INTEGER)
import_consents(import_id INTEGER, row_number BIGINT, contact_id INTEGER, channel VARCHAR, state VARCHAR, consent_date DATE, consent_source VARCHAR, proof VARCHAR)
consents(contact_id INTEGER, channel VARCHAR, state VARCHAR, consent_date DATE, consent_source VARCHAR, import_id INTEGER)
oppositions(identifier_hash VARCHAR, channel VARCHAR, reason VARCHAR, created_at TIMESTAMP, import_id INTEGER, author VARCHAR)
import_memberships(import_id INTEGER, row_number BIGINT, contact_id INTEGER, name VARCHAR, origin VARCHAR)
memberships(contact_id INTEGER, name VARCHAR, name__key VARCHAR)
import_cleared(import_id INTEGER, row_number BIGINT, contact_id INTEGER, field VARCHAR)
merges(contact_id INTEGER, into_id INTEGER, import_id INTEGER)
told_apart(contact_id INTEGER, other_id INTEGER, decided_at TIMESTAMP, author VARCHAR)
rejects(import_id INTEGER, row_number BIGINT, reason VARCHAR, raw VARCHAR[])
user_columns(code VARCHAR, entity VARCHAR, header VARCHAR, label VARCHAR, type VARCHAR, import_id INTEGER)
mappings(fingerprint VARCHAR, kind VARCHAR, mapping JSON, created_at TIMESTAMP, choices JSON)
header_synonyms(header__key VARCHAR, entity VARCHAR, field VARCHAR)
segments(segment_key VARCHAR, name VARCHAR, colour VARCHAR, note VARCHAR, created_at TIMESTAMP, updated_at TIMESTAMP, deleted_at TIMESTAMP)
segment_versions(segment_key VARCHAR, version INTEGER, definition JSON, author VARCHAR, created_at TIMESTAMP)
snapshots(segment_key VARCHAR, version INTEGER, day DATE, size BIGINT, reachable BIGINT)
exports(export_id INTEGER, created_at TIMESTAMP, author VARCHAR, segment_key VARCHAR, segment_version INTEGER, definition JSON, channel VARCHAR, format VARCHAR, rows BIGINT, columns JSON, exclusions JSON, reason VARCHAR, file_name VARCHAR, as_of DATE, version BIGINT, name VARCHAR, options JSON)
export_members(export_id INTEGER, contact_id INTEGER, control BOOLEAN)
journal("at" TIMESTAMP, author VARCHAR, action VARCHAR, details JSON)
contact_category(contact_id INTEGER, category VARCHAR, category__key VARCHAR, orders BIGINT, amount DECIMAL(18,4), last_order TIMESTAMP)
rfm_scores(contact_id INTEGER, r TINYINT, f TINYINT, m TINYINT, rfm_segment VARCHAR, days_since_last INTEGER, frequency INTEGER, monetary DECIMAL(18,4))
"""  # noqa: E501


def fold_text_macro() -> str:
    """The SQL twin of ``segmentation.criteria.fold.fold_text``, as the statement that makes the macro.

    Most texts are ASCII without hyphen or double space: they are only lowered (0.03 s per million). For the
    others each step runs only on the texts that need it (1.3 s when all are accented and hyphenated). A
    lambda names each step's text once: written out, the steps would be planned in 25 ms per column.
    """
    expanded = "lower(s)"
    for letter, letters in EXPANDED.items():
        expanded = f"replace({expanded}, '{letter}', '{letters}')"
    bare = f"CASE WHEN strlen(s) = length(s) THEN lower(s) ELSE strip_accents({expanded}) END"
    plain = [character.replace("'", "''") for character in SPACED if character.isascii()]
    has_plain = " OR ".join(f"contains(bare, '{character}')" for character in plain)
    replaced = "bare"
    for character in plain:
        replaced = f"replace({replaced}, '{character}', ' ')"
    every = SPACED.replace("'", "''")
    spaced = (
        f"CASE WHEN strlen(bare) <> length(bare) THEN translate(bare, '{every}', '{' ' * len(SPACED)}')"
        f" WHEN {has_plain} THEN {replaced} ELSE bare END"
    )
    loose = "contains(spaced, '  ') OR starts_with(spaced, ' ') OR ends_with(spaced, ' ')"
    tight = f"CASE WHEN {loose} THEN trim(regexp_replace(spaced, ' +', ' ', 'g')) ELSE spaced END"
    steps = f"list_transform([{bare}], lambda bare: {spaced})"
    odd = [f"contains(s, '{character}')" for character in (*(c for c in plain if c != " "), "  ")]
    odd += ["starts_with(s, ' ')", "ends_with(s, ' ')"]
    return (
        "CREATE OR REPLACE MACRO fold_text(s) AS CASE WHEN s IS NULL THEN NULL"
        f" WHEN strlen(s) = length(s) AND NOT ({' OR '.join(odd)}) THEN lower(s)"
        f" ELSE list_transform({steps}, lambda spaced: {tight})[1] END"
    )


def macros() -> list[str]:
    """The SQL functions of a base: ``fold_text(s)``, ``hashed(identifier)`` and ``identifiers(…)``.

    ``hashed`` is the keyed hash of ``segmentation.store.oppositions``.
    """
    return [
        fold_text_macro(),
        "CREATE OR REPLACE MACRO hashed(identifier) AS"
        " sha256((SELECT value FROM meta WHERE key = 'secret') || identifier)",
    ]


def stored_fields(entity: str) -> dict[str, str]:
    """The canonical fields an entity's tables keep, with their column types, in dictionary order."""
    fields = (f for f in canonical_fields()[entity] if f.key not in ELSEWHERE[entity])
    return {f.key: _EXACT_TYPES.get((entity, f.key), STORAGE[f.type]) for f in fields}


def key_column(name: str, storage: str) -> str | None:
    """The definition of the folded twin of a column, None when its type has none."""
    return f"{quoted(name + '__key')} {storage}" if storage in ("VARCHAR", "VARCHAR[]") else None


def import_table(entity: str) -> list[str]:
    """The column definitions of ``import_<entity>``: the cleaned rows of each import."""
    fields = [f"{quoted(name)} {storage}" for name, storage in stored_fields(entity).items()]
    unread = ["unread MAP(VARCHAR, VARCHAR)"] if entity == "contacts" else []
    head = ["import_id INTEGER", "row_number BIGINT", *_OPENING_COLUMNS[entity]]
    return [*head, *fields, *_CLOSING_COLUMNS[entity], *unread]


def folded_table(entity: str) -> list[str]:
    """The column definitions of the fold of an entity."""
    stored = stored_fields(entity)
    fields = [f"{quoted(name)} {storage}" for name, storage in stored.items()]
    keys = [key for name, storage in stored.items() if (key := key_column(name, storage))]
    head = [column for column in _OPENING_COLUMNS[entity] if not column.startswith("external_id")]
    return [*head, *fields, *_CLOSING_COLUMNS[entity], *keys, *_FOLDED_COLUMNS[entity]]


def table_definitions() -> dict[str, str]:
    """Every table of a base by name, with the text between its parentheses."""
    tables = {}
    for line in _FIXED_TABLES.strip().splitlines():
        name, _, rest = line.partition("(")
        tables[name] = rest.rstrip()[:-1]
    for entity in ENTITIES:
        tables[f"import_{entity}"] = ", ".join(import_table(entity))
        tables[entity] = ", ".join(folded_table(entity))
    return tables


def creation() -> list[str]:
    """The statements that make an empty base, without its first ``meta`` rows."""
    tables = [f"CREATE TABLE {quoted(name)} ({columns})" for name, columns in table_definitions().items()]
    return [*tables, *macros()]
