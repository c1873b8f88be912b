"""What makes a header doubtful however well it names a field: an unknown word, another person, another place.

A header may bear a field's own words and mean something else: the town of a house to sell, the name of a
child beside its parent's. What the values of a column betray is in ``other_values``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.dictionary import ENTITIES, fields, own_field, words_of
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

PLACE: Final = words_in("address1 address2 postal_code city country region")

_SAY_PLACE: Final = words_in("adresse address adr cp zip postcode postal ville city rue street")
_SAY_NO_PLACE: Final = words_in("email mail e ip web mac internet electronique messagerie url")
_SENT: Final = words_in(
    "livraison livr shipping ship delivery naissance birth born pays country region county"
)
_SITES: Final = frozenset(("chantier",))
"""How a header says a place; what is no place by these words; places that are nobody's home beside others;
those where the customer may well not live, in the names of an address all the same."""


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


def elsewhere(headers: Sequence[str]) -> bool:
    """Whether a file gives the address of something else (« Adresse du bien »): bare places may be of it."""
    places = [("contacts", key) for key in ("address1", "postal_code", "city")]
    known = frozenset(word for place in places for word in _words_of_names(place)) | _affixes() | _SENT
    known -= _SITES
    return any(
        words & _SAY_PLACE and not words & _SAY_NO_PLACE and any(known.isdisjoint(_forms(w)) for w in words)
        for words in (words_in(normal_header(header)) for header in headers)
    )
