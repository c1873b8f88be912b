"""What makes a well-named column doubtful all the same: a word nobody knows, another person, another thing.

A header may bear a field's own words and mean something else: the town of a shop, the name of a child beside
its parent's, an address that is the same in every row, a discount in percent. Each rule tells one such case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from segmentation.intake.header_names import normal_header, plain
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import ENTITIES, fields, own_field, values_of, words_of
from segmentation.intake.recognise.headers import ASKING, NEUTRAL, in_full
from segmentation.intake.recognise.own_words import Field, words_in

TWO_MEANINGS: Final = frozenset(
    "second name|nom alternatif|display name|nom a afficher|nom affiche|nom raison sociale|user name|username"
    "|domicile|url|lien|site|page|organisme|denomination|depenses|panier|total commandes"
    "|total achats|total purchases|points|nb points|sent|opened|open|clicked|ouverture|clic|date ouverture"
    "|date clic|inscription|registered|registration date|date d entree|date entree|confirm time|referral"
    "|etudes|education|poste|account owner|line|ligne|item no|item number|line price|subtotal|courrier"
    "|quantity refund|total amount due|site visits|web visits|former name|nom d epouse|nom marital"
    "|origine".split("|")
)
"""Names that other things bear as often as the field they are known for."""

_HARMLESS: Final = words_in(
    "client cliente clients customer customers contact contacts fact document fiche ligne line order"
    " commande de du lecteur usager licencie membre des d la le les l the of a au n no nr num numero"
    " number et and or ou en in on o x s"
)
"""Words that change nothing to what a header says."""

_NO_NAME: Final = words_in("column colonne col unnamed untitled sans titre field champ feld")
"""What stands for a header where nobody wrote one."""

_BEINGS: Final = (
    words_in("enfant child kid bebe baby"),
    words_in("eleve student pupil stagiaire trainee apprenant"),
    words_in("parent tuteur tutrice guardian mere pere mother father responsable mum mom dad"),
    words_in("animal pet chien dog chat cat cheval horse poney pony"),
    words_in("acheteur acheteuse payeur payeuse buyer payer purchaser payor booker donneur"),
    words_in("participant participante attendee invite guest passager passenger joueur player"),
    words_in("beneficiaire beneficiary recipient destinataire giftee"),
)
"""The people, or beasts, a row may speak of beside each other."""

_NAMED: Final = words_in("nom prenom name firstname lastname surname")
_ALONE: Final = words_in("enfant child animal pet chien dog chat cat cheval horse")
"""How a header names one of them, and those that are named by a header of one word."""

_NAMES: Final = words_in("first_name last_name full_name civility")
_BODY: Final = words_in("birth_date birth_year age gender weight height")
_REACHED: Final = words_in("email phone mobile")
_GROWING: Final = frozenset(range(4))
"""What is another's when a row speaks of two; whose body is spoken of, rather than the customer's."""

_EACH_OWN: Final = words_in(
    "email email_secondary phone mobile first_name last_name full_name company_name siren siret vat_number"
    " website address1"
)
"""Fields that are not the same from the first to the last row, unless they are the shop's."""

_PLACE: Final = words_in("address1 address2 postal_code city country region")

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
_RATES: Final = words_in("taux rate pct percent pourcentage")
_HOST: Final = re.compile(r"(?:https?://)?(?:www\.)?([^/\s]+)", re.I)
_WITH: Final = re.compile(r"\d+[.,]\d{1,2}")


@lru_cache(maxsize=1)
def _affixes() -> frozenset[str]:
    found = {
        word
        for block in ("strip_prefixes", "strip_suffixes")
        for text in words_of(block)
        for word in text.split()
    }
    return frozenset(found | NEUTRAL | ASKING | _HARMLESS)


@lru_cache(maxsize=256)
def _words_of_names(field: Field) -> frozenset[str]:
    return frozenset(
        word
        for entity in ENTITIES
        for known in fields()[entity]
        if own_field(entity, known.key) == field
        for name in known.names
        for word in (*name.split(), name.replace(" ", ""))
    )


def unknown_words(field: Field, words: frozenset[str]) -> frozenset[str]:
    """The words of a header that neither the names of its field nor a known frame hold."""
    known = _words_of_names(field) | _affixes()
    if field[1] in ("phone", "mobile"):
        known |= _words_of_names(("contacts", "phone")) | _words_of_names(("contacts", "mobile"))
    return frozenset(word for word in words if not word.isdigit() and not known & _forms(word))


def _forms(word: str) -> frozenset[str]:
    """A word, in full, in the singular, without its number."""
    return frozenset((word, in_full(word), word.removesuffix("s"), word.rstrip("0123456789")))


def nameless(words: frozenset[str]) -> bool:
    """Whether a header is only a place in the sheet: « Colonne 4 », nothing at all."""
    return all(word in _NO_NAME or word.isdigit() for word in words)


def beings(headers: Sequence[str]) -> frozenset[int]:
    """The people a row names, by number in ``_BEINGS``."""
    named = (words_in(normal_header(header)) for header in headers)
    return frozenset(
        number
        for words in named
        if words & _NAMED or (len(words) == 1 and words & _ALONE)
        for number, known in enumerate(_BEINGS)
        if known & words
    )


def of_another(key: str, words: frozenset[str], there: frozenset[int]) -> bool:
    """Whether a column may say something of another of the people a row names."""
    own = frozenset(number for number, known in enumerate(_BEINGS) if known & words)
    if own:
        return key in _NAMES | _BODY | _REACHED and bool(there - own)
    if key in _BODY:
        return bool(there & _GROWING)
    return bool(there) if key in _NAMES else key in _REACHED and len(there) > 1


def doubtful(
    field: Field, words: frozenset[str], content: Content, kind: str, held: frozenset[str | None]
) -> bool:
    """Whether what a column holds, or lacks beside it, is not what its field asks for."""
    entity, key = field
    values = content.values
    if key in _EACH_OWN and len(values) >= 3 and len(set(values)) == 1:
        return True
    if key in _PLACE and entity == "contacts":
        return _nowhere(key, kind, held)
    if key == "contact_id":
        return _no_number_of_people(words, content, kind)
    if key in _BESIDE:
        return not _BESIDE[key] & held and not {"body"} & words
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
    return entity in ("orders", "order_lines") and _traded_otherwise(field, words, content, kind)


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
    if kind == "order_lines" and {"contact_id", "full_name", "last_name"} & held:
        return False
    beside = {"address1", "postal_code"} - {key} if key != "postal_code" else {"address1", "city"}
    return kind in ("order_lines", "events") and not beside & held


def _no_number_of_people(words: frozenset[str], content: Content, kind: str) -> bool:
    """Whether a number is rather an account's, a card's, or that of the row."""
    if words & _ACCOUNTS:
        return True
    if kind == "contacts":
        return content.distinct < 0.9
    return not words & _BEARERS or bool(words & {"ref", "reference"})


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
        return sum(bool(_WAYS & set(plain(value).split())) for value in values) < 0.5 * len(values)
    if key == "order_status":
        return not words & {"commande", "order"}
    if key == "order_id":
        numbers = sum(bool(re.search(r"\d", value)) and not _WITH.fullmatch(value) for value in values)
        return numbers < 0.9 * len(values) or (kind == "orders" and content.distinct < 0.9)
    if key == "product_name":
        return sum(bool(re.fullmatch(r"\S*\d\S*", value)) for value in values) > 0.5 * len(values)
    return False


_STATES: Final = words_in(
    "blocked bloque bloquee blacklist blacklisted blackliste blocklist blocklisted liste noire suppressed"
    " disabled excluded exclu exclue exclure exclude excl spam withdrawn complained complaint complaints"
    " plainte plaintes list black is est client customer contact email mail emails tel phone sms"
)
"""Words that shut a person out of something, or say that nothing arrives: a refusal of messages, perhaps."""

_NOUNS: Final = words_in("email mail courriel tel phone telephone portable mobile adresse")
_FRENCH: Final = words_in(
    "accepte accepter accord consentement abonne desabonne desinscrit refus refuse recevoir offres par stop"
    " pas ne souhaite inscrit e autorise opposition mailing"
)
_TO_SOMETHING: Final = words_in(
    "abonne abonnee abonnes abonnement subscription subscriptions subscribed subscriber inscrit inscription"
)


def other_answer(header: str, key: str, kind: str) -> bool:
    """Whether a header of consent may say instead that an address is missing, that it works, how one signed
    up, or that somebody is shut out of the shop."""
    words = words_in(normal_header(header))
    nouns = words & _NOUNS
    if words <= _STATES or words == {"stop"}:
        return True
    if nouns and words & {"no", "non", "sans", "pas", "aucun"} and not words & {"ne", "do"}:
        return True  # « sans e-mail »: nobody refused anything
    if nouns and "ok" in words and "to" not in words:
        return True
    if "mail" in words and not words & _FRENCH:
        return True  # in English, the post
    if words & _TO_SOMETHING and (key == "optin_mail" or ({"par", "by", "via"} & words)):
        return True
    return kind != "contacts" and bool(words & {"accord", "agreed", "agreement"})
