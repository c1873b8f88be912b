"""What betrays that a well-named column holds another thing: its values, or what stands beside it.

An address that is the same in every row, a number of people that comes back, a discount in percent, a town
alone among lines of purchases. Each rule tells one such case.
"""

from __future__ import annotations

import re
from typing import Final

from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import values_of
from segmentation.intake.recognise.doubts import PLACE
from segmentation.intake.recognise.own_words import Field, words_in

_EACH_OWN: Final = words_in(
    "email email_secondary phone mobile first_name last_name full_name company_name siren siret vat_number"
    " website address1"
)
"""Fields that are not the same from the first to the last row, unless they are the shop's."""

_BEARERS: Final = words_in(
    "client cliente customer contact contacts member membre adherent subscriber abonne visitor profile lead"
    " tiers lecteur usager klaviyo square stripe"
)
_ACCOUNTS: Final = words_in("carte card compte account badge fiche")
_WAYS: Final = words_in(
    "cb carte card especes espece cash cheque check cheques virement transfer paypal stripe visa mastercard"
    " amex prelevement debit credit apple google klarna alma sepa lydia sumup wallet cadeau gift bank banque"
    " bancaire bacs titres liquide contactless sans mandat paylib twint bancontact ideal wero pay"
)
"""Words of how one pays."""

_SUMMED: Final = words_in("montant amount eur euros gbp usd cad chf")
_PRICED: Final = words_in("amount_total amount_net line_amount unit_price")
_RATES: Final = words_in("taux rate pct percent pourcentage")
_HOST: Final = re.compile(r"(?:https?://)?(?:www\.)?([^/\s]+)", re.I)
_WITH: Final = re.compile(r"\d+[.,]\d{1,2}")


def doubtful(
    field: Field, words: frozenset[str], content: Content, kind: str, held: frozenset[str | None]
) -> bool:
    """Whether what a column holds, or lacks beside it, is not what its field asks for."""
    entity, key = field
    values = content.values
    if key in _EACH_OWN and len(values) >= 3 and len(set(values)) == 1:
        return True
    if key in PLACE and entity == "contacts":
        return _nowhere(key, kind, held)
    if key == "contact_id":
        return _no_number_of_people(words, content, kind)
    if key in _BESIDE:
        return not _BESIDE[key] & held and not {"body"} & words
    if key == "created_at":
        return bool({"siren", "naf_code", "legal_form"} & held)  # a register says when the company was
    if key in ("language", "occupation"):
        return kind != "contacts"
    if key == "company_name" and kind in ("order_lines", "events"):
        return not {"full_name", "last_name", "email", "contact_id", "phone", "mobile"} & held
    if key == "full_name":
        if content.share("words") < 0.5:
            return True  # a whole name has several words
        marks = values_of("legal_forms") | values_of("company_words")
        return sum(bool(marks & set(plain(value).split())) for value in values) > 0.2 * len(values)
    if key == "website":
        hosts = {found[1].lower() for value in values if (found := _HOST.match(value))}
        return len(values) >= 3 and len(hosts) <= 0.5 * len(values)
    if key == "amount_refunded":
        return not _PRICED & held or _rather_otherwise(words, content, kind)
    return entity in ("orders", "order_lines") and _traded_otherwise(field, words, content, kind)


def pays_by(content: Content) -> bool:
    """Whether the values of a column are ways of paying."""
    ways = sum(bool(_WAYS & set(plain(value).split())) for value in content.values)
    return bool(content.values) and ways >= 0.5 * len(content.values)


_BESIDE: Final = {
    "weight": frozenset(("height",)),
    "height": frozenset(("weight",)),
    "email_secondary": frozenset(("email",)),
}
"""Fields that are sure only beside another."""


def _nowhere(key: str, kind: str, held: frozenset[str | None]) -> bool:
    """Whether a place stands alone: a town among lines may be the shop's, a region the seller's."""
    if key == "address2":
        return "address1" not in held
    if key == "region":
        return not {"city", "postal_code"} & held
    if kind == "contacts" or (kind != "events" and "contact_id" in held):
        return False
    beside = {"address1", "postal_code"} - {key} if key != "postal_code" else {"address1", "city"}
    return not beside & held


def _no_number_of_people(words: frozenset[str], content: Content, kind: str) -> bool:
    """Whether a number is rather an account's, a card's, or that of the row."""
    if words & _ACCOUNTS:
        return True
    if kind == "contacts":
        return content.distinct < 0.9
    return not words & _BEARERS or bool(words & {"ref", "reference"})


def _rather_otherwise(words: frozenset[str], content: Content, kind: str) -> bool:
    """Whether what was given back is perhaps no order's: of a line, or of most rows, when few orders are."""
    worth = sum(bool(re.search(r"[1-9]", value)) for value in content.values)
    often = worth * content.filled > 0.5 * len(content.values)
    return often or (kind == "order_lines" and not words & {"commande", "order"})


def _traded_otherwise(field: Field, words: frozenset[str], content: Content, kind: str) -> bool:
    """Whether what a purchase's column holds is not its field's: a rate, a state, a word for a number."""
    key = field[1]
    values = content.values
    if key in ("amount_total", "amount_net") and kind == "order_lines":
        return not words & {"commande", "order", "facture", "invoice"}
    if key == "discount":
        bare = [value for value in values if not _WITH.search(value)]
        return (
            bool(words & _RATES)
            or any("%" in value for value in values)
            or (not words & _SUMMED and len(bare) == len(values))
        )
    if key == "payment_method":
        return not pays_by(content)
    if key == "order_status":
        return not words & {"commande", "order"}
    if key == "order_id":
        numbers = sum(bool(re.search(r"\d", value)) and not _WITH.fullmatch(value) for value in values)
        return numbers < 0.9 * len(values) or (kind == "orders" and content.distinct < 0.9)
    if key == "product_name":
        return sum(bool(re.fullmatch(r"\S*\d\S*", value)) for value in values) > 0.5 * len(values)
    return False
