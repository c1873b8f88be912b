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
        "shopify": (
            frozenset(("financial status", "lineitem quantity", "lineitem name")),
            frozenset(("accepts email marketing", "default address city")),
            frozenset(("accepts email marketing", "total spent", "total orders")),
        ),
        "woocommerce": (
            frozenset(("billing first name", "billing last name", "order total")),
            frozenset(("order number", "billing email address", "item name")),
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
            frozenset(("reference id", "first name", "surname", "email address", "square customer id")),
        ),
        "stripe": (
            frozenset(("id", "email", "created utc", "delinquent")),
            frozenset(("id", "amount", "currency", "customer email", "seller message")),
        ),
        "odoo": (frozenset(("external id", "display name", "is a company")),),
        "dolibarr": (frozenset(("nom alternatif", "code client", "code compta client")),),
        "sage": (frozenset(("code tiers", "intitule", "compte collectif")),),
        "sumup": (frozenset(("transaction id", "card type", "fee")),),
        "helloasso": (frozenset(("numero de reference", "nom payeur", "prenom payeur", "email payeur")),),
        "eventbrite": (frozenset(("order number", "ticket type", "attendee")),),
        "klaviyo": (frozenset(("email", "klaviyo id")),),
    }
)
"""Each tool and the sets of normalised headers that betray it; one set is enough."""


MEANINGS: Final[Mapping[str, Mapping[str, str | None]]] = MappingProxyType(
    {
        "shopify": MappingProxyType(
            {
                "subtotal": None,
                "taxes": None,
                "id": None,
                "discount code": None,
                "total": "orders.amount_total",
                "vendor": "order_lines.brand",
                "created at": None,
            }
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
