"""Columns that say whether people may be written to, told by a header's words: the channel and the stand.

"Email Marketing Consent", « Désabonné SMS », "dnc_email" need no row of a dictionary: a word of consent or of
refusal, a word of a channel, and values that answer yes or no.
"""

from __future__ import annotations

from typing import Final

from segmentation.intake.clean.consent import (
    CHANNEL_WORDS,
    NEGATION,
    OPT_IN,
    REFUSAL,
    is_negated,
    polar_words,
)
from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import values_of
from segmentation.intake.recognise.headers import EXACT

Field = tuple[str, str]

_SECOND: Final = 0.8
"""How surely a refusal is in a field that is not the one its header names."""

_AGREED: Final = frozenset(
    "consent consentement consents optin accepts accept accepte accepter acceptes accord agree agreed agrees"
    " subscribed subscriber subscription subscriptions abonne abonnes abonnement inscrit inscription autorise"
    " autorisation souhaite permission".split()
)
_FRAME: Final = frozenset(
    "marketing status statut state etat has is de du des la le les par pour recevoir recois je j nos vos"
    " offres from all to of receive our the via on a an and et ou or communication communications commercial"
    " commerciale commerciales promotional promotionnels promotions preference rgpd gdpr double single"
    " your i d l en n ne plus no non do sans contact contacter"
    " informations information actualites news".split()
)
"""Words that change nothing to what such a header says."""

_ANSWERS: Final = frozenset(
    "subscribed|unsubscribed|never subscribed|not subscribed|non subscribed|active|bounced|opted in|opted out"
    "|pending|unconfirmed|confirmed|cleaned|complained|blocklisted|blacklisted|enabled|cancelled|canceled"
    "|suppressed|archived|no consent|hard bounced|soft bounced|transactional|desabonne|desinscrit".split("|")
)
"""What a column of consent says besides yes and no."""

_DEPARTED: Final = frozenset(
    "unsubscribed|bounced|cleaned|complained|blocklisted|blacklisted|suppressed|opted out|desabonne"
    "|desinscrit|hard bounced|spam complaint|plainte".split("|")
)
"""Among the words of a status, those that only a list of subscribers uses."""


def consent_fields(header: str, content: Content) -> list[tuple[Field, float]]:
    """The consent fields a header and its values may speak of, best first; none when either says something
    else.

    A refusal of one channel other than e-mail is that channel's field, read the other way round. A refusal
    that finds its field taken by another column goes to a free one: two columns that refuse both count.
    """
    said = polar_words(header)
    words = set(said)
    named = [key for key, channel in OPT_IN.items() if CHANNEL_WORDS[channel] & words]
    agreed, negated = bool(_AGREED & words), is_negated(said)
    refused = bool(REFUSAL & words) or (negated and bool(agreed or named or {"contacter", "contact"} & words))
    known = _AGREED | REFUSAL | NEGATION | _FRAME | frozenset().union(*CHANNEL_WORDS.values())
    if not (refused or agreed) or not words <= known or not answers(content):
        return []
    if negated and not content.values:
        return []
    if not refused:
        return [(("contacts", named[0]), EXACT)] if named else []
    if len(named) == 1 and named[0] != "optin_email":
        return [(("contacts", named[0]), EXACT), (("contacts", "optout"), _SECOND)]
    sure = EXACT - 0.01 * len(named)
    free = [(("contacts", key), _SECOND - 0.01 * rank) for rank, key in enumerate(OPT_IN)]
    return [(("contacts", "optout"), sure), *free]


def names_channel(key: str, header: str) -> bool:
    """Whether a header may name that consent field: only e-mail is meant without saying so."""
    channel = OPT_IN.get(key, "email")
    return channel == "email" or bool(CHANNEL_WORDS[channel] & set(polar_words(header)))


def answers(content: Content) -> bool:
    """Whether the values of a column answer a question of consent, yes, no or a stand in words."""
    if not content.values:
        return True
    told = values_of("boolean") | _ANSWERS
    return sum(plain(value) in told or value.lower() in told for value in content.values) >= 0.8 * len(
        content.values
    )


def is_subscription(content: Content) -> bool:
    """Whether a column of statuses is that of a mailing list: it uses the words of those who have left it."""
    words = {plain(value) for value in content.values}
    return bool(words & _DEPARTED) and answers(content) and len(words) <= 8
