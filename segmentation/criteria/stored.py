"""The fields and events read straight from the tables of a base: what the catalogue holds before any trait.

Column names are those of the store: a canonical field's key, its folded twin ``<key>__key``, ``moment``
columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from segmentation.criteria.catalogue import EventSource, Field
from segmentation.criteria.fields import CanonicalField, canonical_fields, event_types, kind_of

KEPT_ELSEWHERE = MappingProxyType(
    {
        "contacts": frozenset(
            "contact_id tags optin_email optin_sms optin_phone optin_mail optout consent_date consent_source"
            " optout_date email_bounced".split()
        ),
        "orders": frozenset({"contact_id", "email", "customer_name"}),
        "order_lines": frozenset({"order_id"}),
        "events": frozenset({"contact_id", "email"}),
    }
)
"""Canonical fields that are no column of their entity's table: identities, consents, memberships, links."""

_USER_TYPES = MappingProxyType(
    {"text": "text", "number": "number", "date": "date", "boolean": "boolean", "list": "list"}
)


def column_field(
    code: str, field_type: str, family: str, relation: str, *, entity: str = "contacts"
) -> Field:
    """The field that reads the column of its own name, folded twin included when its type has one."""
    folded = kind_of(field_type) in ("text", "place", "list")
    key = f'r."{code}__key"' if folded else None
    return Field(code, field_type, family, relation, f'r."{code}"', key=key, entity=entity)


def user_field(code: str, label: str, field_type: str, *, entity: str = "contacts") -> Field:
    """A user's own column (``c001``…) with the label they gave it."""
    return replace(column_field(code, _USER_TYPES[field_type], "own", entity, entity=entity), label=label)


def contact_fields() -> Mapping[str, Field]:
    """The fields stored in ``contacts``, by code; traits replace those they compute better."""
    return _stored("contacts")


def event_sources(user_columns: Iterable[Field] = ()) -> Mapping[str, EventSource]:
    """order, order_first, order_last, order_line, and one source per event type.

    ``user_columns`` are the own columns of orders, order_lines and events (``entity`` says which).
    """
    own = tuple(user_columns)
    orders = {**_stored("orders"), **_own(own, "orders")}
    orders["amount"] = Field("amount", "money", "order", "orders", "r.amount", entity="orders")
    lines = {**_stored("order_lines"), **_own(own, "order_lines")}
    events = {**_stored("events"), **_own(own, "events")}
    order = EventSource(
        "order", "orders", "r.order_date", "r.counted", "r.summed", orders,
        identity="r.order_key", link="r.order_key", amount="amount",
    )  # fmt: skip
    line = EventSource(
        "order_line", "order_lines", "r.order_date", "r.counted", "r.summed", lines,
        parent="order", identity="r.line_key", link="r.order_key", amount="line_amount",
    )  # fmt: skip
    sources = {
        "order": order,
        "order_first": replace(order, code="order_first", pick="first"),
        "order_last": replace(order, code="order_last", pick="last"),
        "order_line": line,
    }
    for code in event_types():
        of_type = f"r.event_type = '{code}'"
        sources[code] = EventSource(
            code, "events", "r.event_date", of_type, of_type, events, amount="value"
        )  # fmt: skip
    return MappingProxyType(sources)


def _stored(entity: str) -> dict[str, Field]:
    return {
        row.key: _read(row) for row in canonical_fields()[entity] if row.key not in KEPT_ELSEWHERE[entity]
    }


def _read(row: CanonicalField) -> Field:
    return column_field(row.key, row.type, row.family, row.entity, entity=row.entity)


def _own(columns: Iterable[Field], entity: str) -> dict[str, Field]:
    return {column.code: column for column in columns if column.entity == entity}
