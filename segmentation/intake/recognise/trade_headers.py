"""Headers that name the trade's own things (staff, visits, codes, due dates): what they mean beside people.

Each row: a normalised header, then a rule as in ``ambiguous``; most give a ``Doubt``, which is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.recognise.ambiguous import Choice, Doubt, Rule, who
from segmentation.intake.recognise.content import Content


def _staff(content: Content, kind: str) -> tuple[Choice, ...]:
    """Who served: whom a contact is followed by; in a file of purchases or events, nothing of the contact."""
    return Doubt((("contacts", "owner"),)) if kind == "contacts" else Doubt()


def _first_visit(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("contacts", "first_purchase_date"), ("contacts", "created_at")))


def _last_visit(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("contacts", "last_contact_date"), ("contacts", "last_purchase_date")))


def _due(content: Content, kind: str) -> tuple[Choice, ...]:
    """A due date is an invoice's, unless the file is one of people."""
    return Doubt((("contacts", "membership_end"),)) if kind == "contacts" else Doubt()


def _promotion_code(content: Content, kind: str) -> tuple[Choice, ...]:
    """The code of a reduction is no amount of one."""
    amounts = content.share("number") > 0.8 and kind in ("orders", "order_lines")
    return Doubt((("orders", "discount"),)) if amounts else Doubt()


def _barcode(content: Content, kind: str) -> tuple[Choice, ...]:
    """A product's code comes back from row to row; one that never does may be a ticket's."""
    known: tuple[Choice, ...] = (("order_lines", "sku"),)
    return known if content.distinct < 1 else Doubt(known)


def _transaction(content: Content, kind: str) -> tuple[Choice, ...]:
    """A transaction is an order, or a line of one when another column names the order."""
    if kind != "order_lines":
        return (("orders", "order_id"),)
    each: tuple[Choice, ...] = (("order_lines", "line_id"),) if content.distinct == 1 else ()
    return Doubt((("orders", "order_id"), *each))


def _cost(content: Content, kind: str) -> tuple[Choice, ...]:
    """What the customer pays, or what the shop paid."""
    return Doubt((("order_lines", "unit_price"),)) if kind == "order_lines" else Doubt()


def _code(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "contacts" and content.share("postal_code") > 0.9:
        return Doubt((("contacts", "postal_code"), ("contacts", "contact_id")))
    return Doubt((("contacts", "contact_id"),)) if kind == "contacts" and content.distinct == 1 else Doubt()


def _turnover(content: Content, kind: str) -> tuple[Choice, ...]:
    """What a company sells in a year, or what it bought here."""
    return Doubt((("contacts", "company_revenue"), ("contacts", "total_spent")))


def _address_of_consent(content: Content, kind: str) -> tuple[Choice, ...]:
    """The machine a consent came from proves it, and says little of its source."""
    return Doubt((("contacts", "consent_source"),))


def _returned(content: Content, kind: str) -> tuple[Choice, ...]:
    """A letter that came back: closes the post, and perhaps more."""
    return Doubt((("contacts", "optout"),))


def _departure(content: Content, kind: str) -> tuple[Choice, ...]:
    return (("contacts", "optout_date" if content.share("date") > 0.8 else "optout"),)


def _transport(content: Content, kind: str) -> tuple[Choice, ...]:
    """What carrying costs, or how things are carried."""
    worded = content.share("number") < 0.5
    return Doubt((("orders", "delivery_kind" if worded else "shipping"),))


def _card(content: Content, kind: str) -> tuple[Choice, ...]:
    """A loyalty card's number, or its colour."""
    numbers = sum(any(sign.isdigit() for sign in value) for value in content.values) > 0.5 * len(
        content.values
    )
    return Doubt((("contacts", "contact_id" if numbers else "loyalty_tier"),))


def _item_number(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("order_lines", "sku"), ("order_lines", "line_id")))


def _style(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("order_lines", "category"),)) if kind == "order_lines" else Doubt()


def _office(content: Content, kind: str) -> tuple[Choice, ...]:
    """The branch that follows somebody; in words, for figures are a telephone's or a room's."""
    worded = content.share("number") < 0.2 and content.share("phone") < 0.2
    return Doubt((("contacts", "preferred_store"),)) if kind == "contacts" and worded else Doubt()


def _left_to_pay(content: Content, kind: str) -> tuple[Choice, ...]:
    """What somebody owes; in a file of purchases, a part of each one's price."""
    return Doubt((("contacts", "outstanding"),)) if kind == "contacts" else Doubt()


def _given_back(content: Content, kind: str) -> tuple[Choice, ...]:
    """How much of an order was given back; a reason, a day or a state is no amount."""
    amounts = not content.values or content.share("number") > 0.8
    return (("orders", "amount_refunded"),) if amounts else Doubt()


def _refund(content: Content, kind: str) -> tuple[Choice, ...]:
    """How much was given back, or how often: a word alone does not say which."""
    if kind == "contacts":
        return (("contacts", "returns_count"),)
    amounts = content.share("number") > 0.8 and content.share("boolean") < 1
    return Doubt((("orders", "amount_refunded"),) if amounts else ())


def _refunded(content: Content, kind: str) -> tuple[Choice, ...]:
    """How much was given back, or whether it was."""
    found = _refund(content, kind)
    return found or (("orders", "order_status"),) if content.share("date") < 0.8 else Doubt()


def _margin(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("contacts", "margin"),)) if kind == "contacts" else Doubt()


def _nothing(content: Content, kind: str) -> tuple[Choice, ...]:
    """A thing of the trade that no field keeps."""
    return Doubt()


def _post(content: Content, kind: str) -> tuple[Choice, ...]:
    """What somebody does; in a file of purchases or events, the till or the desk."""
    return (("contacts", "job_title"),) if kind == "contacts" else Doubt()


def _list(content: Content, kind: str) -> tuple[Choice, ...]:
    """The list somebody is on, which is nobody's name."""
    return Doubt((("contacts", "tags"),))


ROW_ID: Final[Mapping[str, Choice]] = MappingProxyType(
    {
        "contacts": ("contacts", "contact_id"),
        "orders": ("orders", "order_id"),
        "order_lines": ("orders", "order_id"),
    }
)
"""What the number of a row names, in a file of each kind."""

_NUMBER: Final = re.compile(
    r"(n|no|num|numero|ref|reference|id) \w[\w ]*|\w[\w ]* (n|no|num|numero|id)|\w+id|n|no|num|numero|number"
)


def numbers_rows(name: str, content: Content) -> bool:
    """Whether a normalised header numbers something, each row its own: « N° dossier », "Signature no"."""
    each = len(content.values) >= 2 and content.distinct == 1 and content.share("code") == 1
    return each and content.filled == 1 and _NUMBER.fullmatch(name) is not None


def _final(content: Content, kind: str) -> tuple[Choice, ...]:
    """What is paid in the end: of the order; of one of its lines, or of each thing on it."""
    if kind == "order_lines":
        return Doubt((("order_lines", "line_amount"), ("order_lines", "unit_price")))
    return (("orders", "amount_total"),) if kind == "orders" and content.share("number") > 0.8 else Doubt()


_STAFF: Final = (
    "vendeur vendeuse employee employe employee staff coach praticien practitioner caissier cashier"
    " moniteur instructor therapist therapeute".split()
)

_WHO: Final = (
    "choriste|cavalier|cavaliere|rider|musicien|licencie|amapien|applicant|applicants|applicant s"
    "|correspondant|interlocuteur|titulaire|porteur|contact rencontre|partenaire|sold to|bill to|invoice to"
    "|pour qui|for whom|card holder|cardholder"
).split("|")
"""How trades call whom a row is about."""

_REFUND: Final = "remboursement|remboursements|refund|refunds".split("|")
_REFUNDED: Final = "rembourse|remboursee|refunded".split("|")
_GIVEN_BACK: Final = (
    "montant rembourse|montant rembourse ttc|total rembourse|montant remboursement|montant du remboursement"
    "|montant des remboursements|somme remboursee|refunded amount|amount refunded|refund amount"
    "|order refund amount|order refunded amount|total refunded|total refunds|total refund"
    "|total refunded amount|total refund amount|refunded total|refund total"
).split("|")
"""How shops call what was given back of an order: in a word, as a state, and as an amount."""

_NO_FIELD: Final = (
    "frais de service|frais de billetterie|frais de dossier|service fee|service fees|booking fee|booking fees"
    "|processing fee|pa ht|prix d achat|prix de revient|cost price|date posted|posted|message id|messageid"
    "|shipping refunded|shipping refund|refunded shipping|livraison remboursee"
    "|millesime|vintage|arrive|arrivee|arrival|arrival date|date d arrivee"
).split("|")
"""What only the seller, or the machine, makes use of."""

TRADE: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        **dict.fromkeys((*_STAFF, "staff member", "team member", "staff name", "sales person"), _staff),
        **dict.fromkeys(("first visit", "premiere visite"), _first_visit),
        **dict.fromkeys(("last visit", "derniere visite"), _last_visit),
        **dict.fromkeys(("echeance", "date d echeance", "due date", "payment due"), _due),
        **dict.fromkeys(
            (
                *("code promo", "code reduction", "code promotionnel", "coupon code", "coupon"),
                *("discount code", "promo code", "voucher code"),
            ),
            _promotion_code,
        ),
        **dict.fromkeys(("code barre", "code barres", "codes barres", "barcode"), _barcode),
        "npai": _returned,
        **dict.fromkeys(_WHO, who),
        **dict.fromkeys(
            ("final price", "final amount", "final total", "prix final", "montant final", "total final"),
            _final,
        ),
        "transport": _transport,
        **dict.fromkeys(
            ("carte fidelite", "carte de fidelite", "carte fidelite client", "loyalty card", "card no"), _card
        ),
        **dict.fromkeys(("item no", "item number"), _item_number),
        "poste": _post,
        "style": _style,
        **dict.fromkeys(("list name", "nom de la liste", "nom liste", "mailing list name"), _list),
        "office": _office,
        **dict.fromkeys(
            ("balance due", "open balance", "solde du", "reste a payer", "reste du", "amount due"),
            _left_to_pay,
        ),
        **dict.fromkeys(_REFUND, _refund),
        **dict.fromkeys(_REFUNDED, _refunded),
        **dict.fromkeys(_GIVEN_BACK, _given_back),
        **dict.fromkeys(("marge", "marge ht", "margin", "gross margin"), _margin),
        **dict.fromkeys(_NO_FIELD, _nothing),
        **dict.fromkeys(("opt in ip", "optin ip", "ip inscription"), _address_of_consent),
        "transaction id": _transaction,
        "transaction": _transaction,
        "cost": _cost,
        "code": _code,
        **dict.fromkeys(("chiffre d affaires annuel", "annual turnover", "annual revenue"), _turnover),
        **dict.fromkeys(("unsubscribed", "desinscrit", "desabonne"), _departure),
    }
)
"""Every header of the trade whose meaning its values and its file decide."""
