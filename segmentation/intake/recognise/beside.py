"""Headers understood only beside the others of their file: the owner of an animal, visits that are paid.

A word alone says little: « Owner » is who follows a customer in the file of a sales team, and the customer in
a groomer's; « Visits » are those of a web site, or purchases where the same file says what was spent; the
only price of a file of orders is what was paid. What is found so is proposed and asked about, never taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.headers import undecorated
from segmentation.intake.recognise.own_words import words_in

Field = tuple[str, str]
Found = Mapping[int, tuple[Field, float]]

PROPOSED: Final = 0.85
"""The certainty of what the other columns suggest: always asked about."""

_NAMES: Final = words_in("full_name first_name last_name company_name")
_PAID: Final = words_in("total_spent average_basket")
_OWNING: Final = words_in("owner proprietaire maitre maitresse")
_CAME: Final = words_in("visit visits visite visites passage passages venue venues came")
_ONLINE: Final = words_in("site web website page pages online ligne session sessions login connexion")
_BACK: Final[Field] = ("orders", "amount_refunded")
_AMOUNTS: Final = words_in("amount_total amount_net line_amount")
_OFF: Final = words_in("refund refunds refunded rembourse remboursee remboursement remboursements net nett")
"""What was given back, the sums it is taken off, and the words of a sum that is less by it already."""

_PRICE: Final = words_in("price prix tarif amount montant selling sale sales vente unit unitaire de")
_PRICED: Final = words_in("price prix tarif")
_TOTAL: Final[Field] = ("orders", "amount_total")

_DIFFERENT: Final = 0.5
"""The share of different names from which a column is of customers: few people follow many of them."""


def beside_the_others(
    found: Found, headers: Sequence[str], contents: Sequence[Content], kind: str, *, taken: frozenset[Field]
) -> dict[int, tuple[Field, float]]:
    """The same fields, those changed that the rest of the file explains otherwise.

    ``found``: column → its field and certainty; ``kind``: what the rows are; ``taken``: the fields decided
    already. A field that a column
    holds is never given to another one.
    """
    result = {column: one for column, one in found.items() if one[0] != _BACK or not _is_off(found, headers)}
    held = {field[1] for field, _ in found.values()} | {field[1] for field in taken}
    for column, (field, score) in tuple(result.items()):
        words = words_in(normal_header(headers[column]))
        key = _otherwise(field, words, contents[column], held)
        if key is not None and key not in held:
            result[column] = (("contacts", key), min(score, PROPOSED))
            held.add(key)
    if kind == "orders" and not held & (_AMOUNTS | {"quantity"}):
        prices = [index for index, header in enumerate(headers) if _is_price(header, contents[index])]
        if len(prices) == 1 and prices[0] not in result:
            result[prices[0]] = (_TOTAL, PROPOSED)
    return result


def _is_price(header: str, content: Content) -> bool:
    words = words_in(normal_header(undecorated(header)))
    return bool(words & _PRICED) and words <= _PRICE and content.share("number") > 0.8


def _is_off(found: Found, headers: Sequence[str]) -> bool:
    """Whether an amount of the file says that refunds are off it: "Order total (- refund)", "Net sales"."""
    named = (
        words_in(normal_header(headers[column]))
        for column, (field, _) in found.items()
        if field[1] in _AMOUNTS
    )
    return any(words & _OFF and not words & {"payer", "ht"} for words in named)


def _otherwise(field: Field, words: frozenset[str], content: Content, held: set[str]) -> str | None:
    """The field of a contact that a column holds rather, in the light of those that are ``held``."""
    entity, key = field
    if entity != "contacts":
        return None
    if key == "owner" and words & _OWNING and not held & _NAMES:
        people = content.share("name") >= 0.8 and content.distinct >= _DIFFERENT
        return "full_name" if people else None
    if not held & _PAID or not words & _CAME or words & _ONLINE:
        return None
    return {"visits_count": "orders_count", "last_contact_date": "last_purchase_date"}.get(key)
