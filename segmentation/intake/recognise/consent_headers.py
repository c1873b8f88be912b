"""Columns that say whether people may be written to, told by a header's words: the channel and the stand.

"Email Marketing Consent", « Désabonné SMS », "dnc_email" need no row of a dictionary: a word of consent or of
refusal, a word of a channel, and values that answer yes or no.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.clean.consent import REFUSAL, polar_words
from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import values_of

Field = tuple[str, str]

_CHANNELS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "email": frozenset(
            "email mail mails emails emailing mailing newsletter newsletters courriel".split()
        ),
        "sms": frozenset("sms texto text texts mms".split()),
        "phone": frozenset("phone telephone tel call calls appel appels voice".split()),
        "mail": frozenset("courrier postal post poste papier".split()),
    }
)
"""The words of a channel; ``optin_<channel>`` is its field."""

_AGREED: Final = frozenset(
    "consent consentement consents optin accepts accept accepte accepter acceptes accord agree agreed agrees"
    " subscribed subscriber subscription subscriptions abonne abonnes abonnement inscrit inscription autorise"
    " autorisation souhaite permission".split()
)
_FRAME: Final = frozenset(
    "marketing status statut state etat has is de du des la le les par pour recevoir recois je j nos vos"
    " offres from all to of receive our the via on a an and et ou or communication communications commercial"
    " commerciale commerciales promotional promotionnels promotions preference rgpd gdpr double single"
    " your i d l en"
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


def consent_field(header: str, content: Content) -> Field | None:
    """The consent field a header and its values speak of; None when either says something else.

    A refusal of another channel than e-mail is that channel's field, read the other way round.
    """
    words = set(polar_words(header))
    refused, agreed = bool(REFUSAL & words), bool(_AGREED & words)
    channel = next((name for name, known in _CHANNELS.items() if known & words), None)
    known = _AGREED | REFUSAL | _FRAME | frozenset().union(*_CHANNELS.values())
    if not (refused or agreed) or not words <= known or not answers(content):
        return None
    if refused and channel in (None, "email"):
        return ("contacts", "optout")
    return ("contacts", f"optin_{channel}") if channel else None


def names_channel(key: str, header: str) -> bool:
    """Whether a header may name that consent field: only e-mail is meant without saying so."""
    channel = key.removeprefix("optin_")
    return channel not in ("sms", "phone", "mail") or bool(_CHANNELS[channel] & set(polar_words(header)))


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
