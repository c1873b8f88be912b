"""The words by which a column tells what each row is: a sale, a refund, or neither (a payout, a fee…).

A noun names a row (« Avoir », "Refund"); a participle is the state of an order (« Remboursée », "Refunded"),
whose row stays what it was. A value counts only when all its words are known here: « Remboursement client »
is one, "Refund failure", « Paiement par avoir », « Frais de port » are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from segmentation.intake.header_names import normal_header, plain
from segmentation.intake.recognise.own_words import words_in

REFUND, SALE, NEITHER, UNSURE = "refund", "sale", "neither", "unsure"
"""What a row is; ``UNSURE`` is no sale where its amount is below zero (a commission, a « Virement »)."""

_NAMED: Final = words_in(
    "type types kind nature transaction transactions trans trx txn tx operation operations op mouvement mvt"
    " piece document doc event evenement reporting"
)
_NAMING: Final = _NAMED | words_in(
    "of de d du des la le l record row ligne line order commande vente ventes sale sales facture invoice"
    " ticket receipt recu ecriture entry code name nom libelle category categorie"
)
"""The words of the header of such a column: one of the first at least, and no other than the second."""

_BACK: Final = words_in(
    "refund refunds remboursement remboursements remb rembours avoir avoirs chargeback chargebacks creditmemo"
    " creditnote"
)
_CREDIT: Final = words_in("avoir avoirs creditmemo creditnote")
"""Those of them that also pay for something: « Paiement avoir », or « Avoir » among « CB » and « Chèque »."""

_NOTES: Final = tuple(map(words_in, ("credit note", "credit notes", "credit memo", "credit memos")))
_RETURN: Final = words_in("return returns retour retours av")
"""Money given back; a return may also be a journey."""

_INVOICE: Final = words_in("invoice invoices facture factures fa fc")
_PAYMENT: Final = words_in(
    "payment payments paiement paiements reglement reglements encaissement encaissements"
)
_AT_ONCE: Final = words_in("comptant")
_TAKINGS: Final = words_in("encaissement encaissements")
_TILL: Final = words_in("ticket tickets vente ventes sale sales")
"""What is paid on the spot has no invoice; so have the takings of a till, beside its tickets."""

_SOLD: Final = (
    _INVOICE
    | _PAYMENT
    | words_in(
        "sale sales vente ventes charge charges purchase achat order orders commande commandes receipt recu"
        " ticket tickets capture reservation reservations booking bookings"
    )
)
_MOVED: Final = words_in("transfer transfers virement virements transfert transferts versement versements")
_FEES: Final = words_in("fee fees frais commission commissions")
"""Money that moves: a row of its own, a way of paying, or a journey. What the shop charges, or pays."""

_APART: Final = words_in(
    "payout payouts withdrawal withdrawals topup authorization authorisation autorisation"
)
_DRAFT: Final = words_in("devis quote quotes estimate estimates proforma forma")
"""What may become a sale, or was only promised."""

_WITH: Final = words_in(
    "of de du d des la le l un une the a to sur for full partial total totale partiel partielle complet"
    " client clients customer product produit produits item items article articles pos online card carte cb"
    " standard shop out note express checkout web website mobile subscription abonnement"
    " magasin boutique comptoir caisse ligne marchandise marchandises acompte comptant financier"
)
"""Words that change nothing of what the others say."""

_BANKS: Final = words_in("bank bancaire bancaires stripe paypal sumup square processing transaction")
_HOUSE: Final = _BANKS | words_in("general user initiated service services other autre autres")
"""Whose fees are never a sale; and other words of such rows."""

_WAYS: Final = words_in(
    "cb card carte cash espece especes cheque cheques check visa mastercard amex prelevement"
)


def names_rows(header: str) -> bool:
    """Whether a header may be that of what each row is: « Type de pièce », "Transaction type"."""
    words = words_in(normal_header(header))
    return bool(words & _NAMED) and words <= _NAMING


def tells_refunds(header: str, values: Iterable[str]) -> bool:
    """Whether a column of sales is that of what each row is, some being refunds: it is nothing else."""
    return names_rows(header) and REFUND in kinds_of_rows(set(values)).values()


def kinds_of_rows(values: Iterable[str]) -> Mapping[str, str]:
    """What each value of such a column makes of its row, those left out of which nothing is known.

    A column without a sale nor a refund says nothing. Beside them a « Retour » is a refund, as it is alone in
    its column; a payment is no sale where invoices are told too, but for what is paid on the spot. Where the
    values are ways of paying, an « Avoir » is one of them. Without a sale, nothing is said to be neither.
    """
    words = {value: words_in(plain(value)) for value in values}
    found = {value: kind for value, said in words.items() if (kind := _kind(said))}
    sold = [value for value, kind in found.items() if kind == SALE]
    if _are_ways(words.values()) and all(words[value] & _PAYMENT for value in sold):
        found = {v: kind for v, kind in found.items() if kind != REFUND or words[v] & (_BACK - _CREDIT)}
    returns = [value for value, said in words.items() if said & _RETURN and said <= _RETURN | _SOLD | _WITH]
    if {REFUND, SALE} & {*found.values()} or len(returns) == len(words):
        found |= dict.fromkeys(returns, REFUND)
    if any(not words[value] & _PAYMENT and words[value] & _INVOICE for value in sold):
        till = any(words[value] & _TILL for value in sold)
        paid = [value for value in sold if words[value] & _PAYMENT and not words[value] & _AT_ONCE]
        found |= {value: NEITHER for value in paid if not (till and words[value] & _TAKINGS)}
    return {value: kind for value, kind in found.items() if sold or kind not in (NEITHER, UNSURE)}


def _are_ways(said: Iterable[frozenset[str]]) -> bool:
    """Whether the values are ways of paying: « CB », « Paiement espèces »."""
    return any(words & _WAYS and words <= _WAYS | _WITH | _PAYMENT for words in said)


def _kind(said: frozenset[str]) -> str | None:
    """What the words of a value say by themselves."""
    note = next((note for note in _NOTES if note <= said), frozenset[str]())
    if said & _DRAFT:
        return NEITHER if said <= _DRAFT | _SOLD | _WITH | {"pro"} else None
    if said & _APART:
        return NEITHER if said <= _APART | _FEES | _MOVED | _WITH | _HOUSE else None
    if said & (_FEES | _MOVED):
        sure = said & _FEES and said & _BANKS
        return (NEITHER if sure else UNSURE) if said <= _FEES | _MOVED | _WITH | _HOUSE else None
    if said & _BACK or note:
        known = said <= _BACK | _RETURN | _SOLD | _WITH | _WAYS | note
        return REFUND if known and (said & (_BACK - _CREDIT) or not said & _PAYMENT) else None
    return SALE if said & _SOLD and said <= _SOLD | _WITH | _WAYS and not said & _RETURN else None
