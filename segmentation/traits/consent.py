"""What a contact accepts, channel by channel, and whether a message can reach them.

States are yes, customer, professional, unknown and no (absent = unknown). Reachable means an address that
works and a state that allows the channel: e-mail yes, customer, professional; SMS yes, customer; phone yes,
customer; post anything but no. To confirm means an address that works and an unknown state (not for post).
``optin_*`` are views: yes is true, no is false, the other states are empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from segmentation.criteria.catalogue import Field
from segmentation.results import Statement
from segmentation.traits.trait import Trait

CHANNELS: tuple[str, ...] = ("email", "sms", "phone", "post")
STATES: tuple[str, ...] = ("yes", "customer", "professional", "unknown", "no")
RELATION = "contact_consents"

ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "email": ("yes", "customer", "professional"),
        "sms": ("yes", "customer"),
        "phone": ("yes", "customer"),
        "post": ("yes", "customer", "professional", "unknown"),
    }
)
"""The states in which a channel may be used."""

ADDRESS: Mapping[str, str] = MappingProxyType(
    {
        "email": "c.email IS NOT NULL AND coalesce(c.email_valid, FALSE)",
        "sms": "c.sms_number IS NOT NULL",
        "phone": "coalesce(c.phone, c.mobile) IS NOT NULL",
        "post": "c.address1 IS NOT NULL AND c.postal_code IS NOT NULL AND c.city IS NOT NULL",
    }
)
"""SQL over the contact ``c``: the channel has an address that works."""

_BOUNCED = "coalesce(consent_source IN ('email_bounced', 'bounce'), FALSE)"
_OPTIN = MappingProxyType({"email": "email", "sms": "sms", "phone": "phone", "post": "mail"})


def consents_statement() -> Statement:
    """One row per live contact: state, whether the address works, reachable and to confirm for each channel.

    Columns ``<channel>_state``, ``<channel>_valid``, ``<channel>_reachable``, ``<channel>_confirm``, the date
    and source of the last agreement, the date of the last refusal, and whether any channel bounced, was
    refused, is known.
    """
    states = ", ".join(
        f"max(state) FILTER (WHERE channel = '{channel}') AS {channel}_state" for channel in CHANNELS
    )
    columns = ", ".join(_channel_columns(channel) for channel in CHANNELS)
    agreed = "state IN ('yes', 'customer', 'professional')"
    return Statement(
        f"""SELECT c.contact_id, {columns}, s.consent_date, s.consent_source, s.optout_date,
            coalesce(s.bounced, FALSE) AS bounced, coalesce(s.refused, FALSE) AS refused,
            coalesce(s.known, FALSE) AS known
        FROM contacts AS c LEFT JOIN (SELECT contact_id, {states},
                max(consent_date) FILTER (WHERE {agreed}) AS consent_date,
                arg_max(consent_source, (coalesce(consent_date, DATE '0001-01-01'), channel))
                    FILTER (WHERE {agreed}) AS consent_source,
                max(consent_date) FILTER (WHERE state = 'no') AS optout_date,
                bool_or(state = 'no' AND {_BOUNCED}) AS bounced,
                bool_or(state = 'no') AS refused, bool_or(state <> 'unknown') AS known
            FROM consents GROUP BY contact_id) AS s ON s.contact_id = c.contact_id
        WHERE c.live"""
    )


def consents_at(_as_of: date) -> Statement:
    """Consents have no as-of: a refusal known today holds for every date."""
    return consents_statement()


def _channel_columns(channel: str) -> str:
    state = f"coalesce(s.{channel}_state, 'unknown')"
    allowed = ", ".join(f"'{name}'" for name in ALLOWED[channel])
    confirm = "FALSE" if "unknown" in ALLOWED[channel] else f"{state} = 'unknown' AND {ADDRESS[channel]}"
    return (
        f"{state} AS {channel}_state, ({ADDRESS[channel]}) AS {channel}_valid,"
        f" ({state} IN ({allowed}) AND {ADDRESS[channel]}) AS {channel}_reachable,"
        f" ({confirm}) AS {channel}_confirm"
    )


def _field(code: str, kind: str, expression: str, choices: tuple[str, ...] = ()) -> Field:
    return Field(code, kind, "consent", RELATION, expression, choices=choices)


def _optin(state: str) -> str:
    return f"CASE {state} WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END"


CONSENT = Trait(
    code="consent",
    fields=(
        *(_field(f"consent_{channel}", "category", f"r.{channel}_state", STATES) for channel in CHANNELS),
        *(_field(f"reachable_{channel}", "boolean", f"r.{channel}_reachable") for channel in CHANNELS),
        *(
            _field(f"optin_{_OPTIN[channel]}", "boolean", _optin(f"r.{channel}_state"))
            for channel in CHANNELS
        ),
        _field("optout", "boolean", "CASE WHEN r.refused THEN TRUE WHEN r.known THEN FALSE END"),
        _field("consent_date", "date", "r.consent_date"),
        _field("consent_source", "category", "r.consent_source"),
        _field("optout_date", "date", "r.optout_date"),
        _field("email_bounced", "boolean", "r.bounced"),
    ),
    needs=("consents",),
)
