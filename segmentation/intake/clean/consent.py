"""What a consent column says of a channel: yes, no, or a word nobody knows, which is never a yes.

Polarity comes from the field: an opt-in column's *non* is a refusal; an opt-out column's *non* says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.choices import chosen, words_of
from segmentation.intake.clean.sentences import agreement, departure, opposition
from segmentation.intake.header_names import normal_header

CHANNELS: Final = ("email", "sms", "phone", "post")

OPT_IN: Final[Mapping[str, str]] = MappingProxyType(
    {"optin_email": "email", "optin_sms": "sms", "optin_phone": "phone", "optin_mail": "post"}
)
"""The opt-in fields, each with the channel it speaks of."""

REFUSAL: Final = frozenset(
    "optout unsubscribed unsubscribe unsub desabonne desabonnement desinscrit desinscription blacklist"
    " blacklisted blocklist blocklisted blocked suppressed dnc disabled opposition oppose opposee refuse"
    " refus stop exclu exclue exclure exclude excluded excl plainte plaintes spam complained complaint"
    " complaints withdrawn".split()
)
"""Words of a header under which a yes is a refusal."""

_REFUSING: Final = ("bloctel", "bloqu", "blacklist", "desabonn", "desinscri", "optout", "refus", "unsub")
"""How words of refusal begin, whatever their ending."""

_WITHIN: Final = ("excluded", "optout", "optedout", "blacklist", "blocklist", "unsubscrib", "suppressed")
"""Refusals written as one with their neighbours: "isexcludedfromcampaigns"."""

_PAIRS: Final = (
    ("opt in", "optin"),
    ("opted in", "optin"),
    ("opt out", "optout"),
    ("opted out", "optout"),
    ("e mail", "email"),
    ("e mails", "emails"),
    ("liste noire", "blacklist"),
    ("black list", "blacklist"),
    ("don t", "dont"),
    ("block list", "blocklist"),
    ("lettre d info", "newsletter"),
    ("lettre d infos", "newsletter"),
    ("lettre info", "newsletter"),
    ("lettre infos", "newsletter"),
    ("lettre d information", "newsletter"),
    ("lettre d informations", "newsletter"),
    ("lettres d information", "newsletter"),
    ("infolettre", "newsletter"),
    ("info lettre", "newsletter"),
)

CHANNEL_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "email": frozenset(
            "email mail mails emails emailed emailing mailing newsletter newsletters courriel".split()
        ),
        "sms": frozenset("sms texto text texts texted texting txt mms".split()),
        "phone": frozenset(
            "phone telephone telephonique tel call calls appel appels appeler voice bloctel".split()
        ),
        "post": frozenset("courrier postal post poste papier".split()),
    }
)
"""The words of each channel in a header."""

_STEMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "email": ("email", "newsletter", "mailing", "courriel", "bounce"),
        "sms": ("sms", "texto"),
        "phone": ("telephon", "phone", "call", "appel", "bloctel"),
        "post": ("courrier", "postal", "post"),
    }
)
"""Parts of words that name a channel, for headers written in one word."""

_ANSWERS_SHOWN: Final = re.compile(r"(?<=\w) (o n|y n|o ou n|y or n|oui non|yes no|oui ou non|yes or no) $")
"""The answers that the end of a header shows: « SMS O/N », "E-mails (Y/N)"."""

_NEGATED: Final = (["no"], ["non"], ["ne"], ["sans"], ["plus", "de"])
"""How a header that says no begins; a *pas*, a *not* say it anywhere."""
NEGATION: Final = frozenset("pas not aucun aucune jamais dont longer".split())


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in words.split(","))


_YES: Final = _folded(
    "opted in,opted-in,opt in,optin,consent,consenti,consentement,given,granted,accord,abonné,"
    "abonnée,inscrite,acceptée,souscrit,subscriber,abonné(e),inscrit(e),validé,confirmé,"
    "double opt-in,single opt-in,enabled,allow,allowed,autorisé,autorisée,express,exprès,t"
)
_NO: Final = _folded(
    "opted out,opted-out,opt out,optout,stop,désinscrite,désabonnée,blacklisté,blacklist,"
    "blacklisted,refusée,refuse,plainte,complained,complaint,spam,bounced,bounce,hard bounce,"
    "hard_bounce,suppressed,opposé,opposition,withdrawn,retiré,revoked,denied,rejeté,"
    "cancelled,canceled,blocklisted,blocked,user_suppressed,hard bounced,hard_bounced,do not allow,"
    "disallow,not allowed,opposée,bloqué,bloquée,désabonné(e),désinscrit(e),ne pas contacter,do not contact,"
    "unsubscribe,retirée,non autorisé,npai,ne pas solliciter,ne plus solliciter,f"
)
_UNDECIDED: Final = _folded(
    "never,never subscribed,never_subscribed,not subscribed,not_subscribed,non-subscribed,non subscribed,"
    "non_subscribed,pending,unconfirmed,no consent,no_consent,transactional,archived,soft bounced"
)
"""Words that say nobody ever asked: neither a consent nor a refusal for ever."""

_AGREED: Final = _YES | _folded(
    "abonné,inscrit,subscribed,actif,active,accepté,accepte,optin,opt-in,confirmed"
)
"""Words of a status that, in an opposition column, say that the person is still subscribed."""

_LEFT: Final = _folded("désabonné,désinscrit,unsubscribed,refusé,refus,optout,opt-out,cleaned")
"""Words of a status that, in an opposition column, say that the person has left."""

DEPARTED_STATUS: Final[tuple[tuple[tuple[str, ...], frozenset[str]], ...]] = (
    (
        ("email", "sms"),
        _folded(
            "désabonné,désabonnée,désabonné(e),désinscrit,désinscrite,désinscrit(e),unsubscribed,unsub,"
            "opted out,opted-out,opt-out,optout,cleaned,complained,spam,plainte"
        ),
    ),
    (("email",), _folded("bounced,hard bounce,hard bounced,hard_bounce,email invalide")),
    (
        CHANNELS,
        _folded(
            "blacklist,blacklisté,blacklistée,blacklisted,blocklisted,liste noire,ne pas contacter,"
            "ne plus contacter,do not contact,opposition,opposé,stop,stop contact,no contact"
        ),
    ),
)
"""Words of an ordinary status (client, prospect…) that tell a departure, with the channels they close."""

_BOUNCED: Final = _folded(
    "bounced,bounce,hard,hard bounce,hardbounce,hard_bounce,cleaned,invalid,invalide,npai,"
    "undelivered,undeliverable,rejeté,rejected,erreur,error,failed,non délivrable,dead"
)
_DELIVERED: Final = _folded("valid,valide,ok,deliverable,délivrable,delivered,délivré,soft,soft bounce,clean")


def channels_named(header: str) -> tuple[str, ...]:
    """The channels a header names, in their order."""
    words = polar_words(header)
    text, said = " ".join(words), set(words)
    return tuple(
        channel
        for channel in CHANNELS
        if CHANNEL_WORDS[channel] & said or any(stem in text for stem in _STEMS[channel])
    )


def reach_of(header: str) -> tuple[str, ...]:
    """The channels an opposition column speaks of: all those its header names, else every channel.

    A bare "mail" may be either mail; leaving a list without saying which is leaving e-mail and SMS.
    """
    words = polar_words(header)
    text, named = " ".join(words), set(channels_named(header))
    if {"mail", "mails"} & set(words):
        named.add("post")
    if "npai" in text:
        named |= {"email", "post"}
    if not named and any(stem in text for stem in ("desinscri", "desabonn", "unsub", "optout")):
        named = {"email", "sms"}
    return tuple(channel for channel in CHANNELS if channel in named) or CHANNELS


def is_negated(words: list[str]) -> bool:
    """Whether the words of a header say no: « Pas de SMS », "No emails", « N'accepte pas »."""
    return bool(NEGATION & set(words)) or any(words[: len(start)] == start for start in _NEGATED)


def is_refusal(header: str) -> bool:
    """Whether a yes under a header refuses."""
    words = polar_words(header)
    return is_negated(words) or any(
        word in REFUSAL or word.startswith(_REFUSING) or any(part in word for part in _WITHIN)
        for word in words
    )


def is_inverted(key: str, header: str) -> bool:
    """Whether a yes in the column is a no in the field: « E-mail valide », « Ne pas appeler »."""
    if key == "email_bounced":
        return bool({"valide", "valid", "delivrable", "deliverable"} & set(polar_words(header)))
    return key in OPT_IN and is_refusal(header)


def shows_answers(header: str) -> bool:
    """Whether a header ends with the yes and no it may be answered with: it asks a question."""
    return _ANSWERS_SHOWN.search(f" {normal_header(header)} ") is not None


def polar_words(header: str) -> list[str]:
    """The words of a header, "opt out" and the like as one, without the answers it shows (« SMS O/N »)."""
    text = _ANSWERS_SHOWN.sub(" ", f" {normal_header(header)} ")
    for pair, one in _PAIRS:
        text = text.replace(f" {pair} ", f" {one} ")
    return text.split()


def state(x: str, key: str, *, inverted: bool) -> str:
    """SQL of what a cell of consent field ``key`` says: 'yes', 'no', 'unknown' (a word not known), else
    NULL.
    """
    true, false = (words_of("boolean")[name] for name in ("true", "false"))
    if key == "email_bounced":
        yes, no = true - _DELIVERED - _BOUNCED, false - _DELIVERED - _BOUNCED
        departed = (_NO | _LEFT) - _DELIVERED - {"f"}
        refused = _BOUNCED | departed | (no if inverted else yes)
        silent = _DELIVERED | (yes if inverted else no)
        return _said(x, refused=refused, silent=silent - refused, sentences=departure(x))
    if key == "optout" or inverted:
        refused = (true - _AGREED) | (false & _LEFT) | (_NO - {"f"}) | {"t"}
        silent = (true | false | _UNDECIDED | _AGREED | {"f"}) - refused
        return _said(x, refused=refused, silent=silent, sentences=opposition(x))
    refused = (false | _NO) - _UNDECIDED - _YES
    agreed = (true | _YES) - _UNDECIDED
    return _said(x, agreed=agreed, refused=refused, sentences=agreement(x, OPT_IN.get(key, "email")))


def _said(
    x: str,
    *,
    agreed: frozenset[str] = frozenset(),
    refused: frozenset[str],
    silent: frozenset[str] = frozenset(),
    sentences: str,
) -> str:
    """The words known first, then what the ``WHEN`` of ``sentences`` say."""
    words = {"silent": silent - agreed - refused, "yes": agreed - refused, "no": refused}
    said = chosen(x, {state: found for state, found in words.items() if found})
    otherwise = f"CASE {sentences} ELSE 'unknown' END"
    return f"CASE WHEN {x} IS NULL THEN NULL ELSE nullif(coalesce({said}, {otherwise}), 'silent') END"
