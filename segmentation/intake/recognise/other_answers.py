"""Headers of yes and no that speak of a channel and ask no consent: « Sans e-mail », "Email blocked"."""

from __future__ import annotations

from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.own_words import words_in

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
