"""Which tool wrote a file, told by headers that only it writes together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import normal_header

SIGNATURES: Final[Mapping[str, tuple[frozenset[str], ...]]] = MappingProxyType(
    {
        "mailchimp": (
            frozenset(("email address", "member rating", "optin time")),
            frozenset(("email address", "leid", "euid")),
        ),
        "brevo": (
            frozenset(("email", "lastname", "firstname", "sms")),
            frozenset(("email", "nom", "prenom", "double opt in", "opt in")),
            frozenset(("contact id", "email", "email blacklisted")),
        ),
        "squarespace": (frozenset(("financial status", "lineitem variant", "payment reference")),),
        "shopify": (
            frozenset(("financial status", "lineitem quantity", "lineitem name")),
            frozenset(("accepts email marketing", "default address city")),
            frozenset(("accepts email marketing", "total spent", "total orders")),
        ),
        "woocommerce": (
            frozenset(("billing first name", "billing last name", "order total")),
            frozenset(("order number", "billing email address", "item name")),
            frozenset(("first name billing", "order total amount", "order status")),
        ),
        "prestashop": (
            frozenset(("titre de civilite", "prenom", "nom", "adresse e mail", "offres partenaires")),
            frozenset(("id", "nom", "prenom", "adresse e mail", "ventes", "inscription")),
            frozenset(("id customer", "firstname", "lastname", "id gender")),
        ),
        "hubspot": (frozenset(("record id", "lifecycle stage")),),
        "google": (
            frozenset(("e mail 1 value", "group membership")),
            frozenset(("e mail 1 value", "labels")),
            frozenset(("given name", "family name", "e mail 1 value")),
        ),
        "outlook": (
            frozenset(("first name", "last name", "e mail address", "business phone", "home phone")),
            frozenset(("prenom", "nom", "adresse e mail", "telephone bureau", "telephone domicile")),
            frozenset(("prenom", "nom", "adresse de messagerie", "telephone bureau")),
        ),
        "square": (
            frozenset(("square customer id", "first visit", "last visit")),
            frozenset(("reference id", "first name", "surname", "email address", "square customer id")),
        ),
        "stripe": (
            frozenset(("id", "email", "created utc", "delinquent")),
            frozenset(("id", "amount", "currency", "customer email", "seller message")),
        ),
        "odoo": (
            frozenset(("external id", "display name", "is a company")),
            frozenset(("external id", "company type", "related company")),
        ),
        "dolibarr": (frozenset(("nom alternatif", "code client", "code compta client")),),
        "sage": (frozenset(("code tiers", "intitule", "compte collectif")),),
        "sumup": (
            frozenset(("transaction id", "card type", "fee")),
            frozenset(("transaction id", "price gross", "payment method")),
        ),
        "helloasso": (frozenset(("numero de reference", "nom payeur", "prenom payeur", "email payeur")),),
        "eventbrite": (
            frozenset(("order number", "ticket type", "attendee")),
            frozenset(("ticket type", "attendee", "eventbrite fees")),
            frozenset(("ticket type", "attendee status")),
        ),
        "klaviyo": (frozenset(("email", "klaviyo id")),),
        "activecampaign": (frozenset(("email", "date created", "date updated", "ip address", "tags")),),
        "mautic": (frozenset(("date added", "last active", "preferred locale", "points")),),
        "listmonk": (frozenset(("uuid", "email", "attributes", "status")),),
        "kit": (frozenset(("first name", "email", "status", "created at", "tags", "id")),),
        "substack": (frozenset(("email", "active subscription", "email disabled")),),
        "systemeio": (frozenset(("email", "surname", "date registered", "unsubscribed", "bounced")),),
        "wix": (frozenset(("email 1", "labels", "email subscriber status")),),
        "salesforce": (frozenset(("contact id", "account name", "lead source")),),
        "pipedrive": (
            frozenset(("name", "organization", "person created")),
            frozenset(("email work", "phone work", "owner", "name")),
        ),
        "linkedin": (frozenset(("first name", "last name", "connected on")),),
        "facebook": (frozenset(("ad id", "form id", "created time", "platform")),),
        "fec": (frozenset(("journal code", "comp aux num", "piece ref", "debit", "credit")),),
        "zettle": (frozenset(("receipt number", "payment type", "staff")),),
    }
)
"""Each tool and the sets of normalised headers that betray it; one set is enough."""


_SHOP: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "subtotal": None,
        "taxes": None,
        "id": None,
        "discount code": None,
        "total": "orders.amount_total",
        "vendor": "order_lines.brand",
        "created at": "orders.order_date",
        "paid at": None,
    }
)
"""The export of orders that Shopify made and Squarespace took up."""

MEANINGS: Final[Mapping[str, Mapping[str, str | None]]] = MappingProxyType(
    {
        "shopify": _SHOP,
        "squarespace": _SHOP,
        "square": MappingProxyType(
            {"first visit": "contacts.first_purchase_date", "last visit": "contacts.last_purchase_date"}
        ),
        "mailchimp": MappingProxyType({"optin time": "contacts.created_at", "leid": None, "euid": None}),
    }
)
"""Headers whose meaning in one tool differs from the usual one; None = the user's own field."""


def source_of(headers: Sequence[str]) -> str | None:
    """The tool whose signature the headers hold; None when unknown."""
    present = {normal_header(header) for header in headers}
    for system, signatures in SIGNATURES.items():
        if any(signature <= present for signature in signatures):
            return system
    return None
