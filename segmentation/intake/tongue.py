"""The language a file is written in, French or English, by the words of its headers.

Only words that one of the two languages uses are counted: « Mobile », « Date » and « Email » say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from segmentation.intake.header_names import normal_header

_FRENCH: Final = frozenset(
    "civilite titre prenom nom noms adresse adresses ville cp rue tel portable fixe pays naissance ne nee"
    " societe entreprise commande commandes achat achats montant courriel courriels courrier remarque"
    " remarques inscription inscrit derniere dernier premiere premier le la les de du des d et ou numero"
    " depuis pas plus sans stop refus refuse accepte accord consentement oppose opposition desabonne"
    " desinscrit souhaite recevoir envoyer envoi jamais aucun par en depense depenses creation".split()
)
_ENGLISH: Final = frozenset(
    "title first last forename surname name given family street address town city county postcode zip phone"
    " landline birthday birth born company job joined added created spent spend sales order orders purchase"
    " amount do not don t of from country to my our your happy agreed by since".split()
)
_ENGLISH_SPOKEN: Final = frozenset(("GB", "IE", "US", "AU", "CA"))


def tongue_of(headers: Iterable[str], country: str = "") -> str:
    """ "fr" or "en"; where headers say nothing, the language of ``country`` (an ISO code), else French."""
    words = [word for header in headers for word in normal_header(header).split()]
    french, english = (sum(word in known for word in words) for known in (_FRENCH, _ENGLISH))
    if french != english:
        return "en" if english > french else "fr"
    return "en" if country in _ENGLISH_SPOKEN else "fr"


def has_french(header: str) -> bool:
    """Whether a header uses a word that only French uses."""
    return bool(_FRENCH & set(normal_header(header).split()))
