"""What a consent column says of a channel: yes, no, or a word nobody knows, which is never a yes.

Polarity comes from the field: an opt-in column's *non* is a refusal; an opt-out column's *non* says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.intake.clean.choices import words_of
from segmentation.intake.clean.context import literals

CHANNELS: Final = ("email", "sms", "phone", "post")

OPT_IN: Final[Mapping[str, str]] = MappingProxyType(
    {"optin_email": "email", "optin_sms": "sms", "optin_phone": "phone", "optin_mail": "post"}
)
"""The opt-in fields, each with the channel it speaks of."""

_REACH: Final = (
    (("npai",), ("email", "post")),
    (("email", "e mail", "newsletter", "mailing", "courriel", "bounce"), ("email",)),
    (("sms", "texto"), ("sms",)),
    (("telephone", "phone", "call", "appel"), ("phone",)),
    (("courrier", "postal", "post"), ("post",)),
    (("desinscri", "desabonn", "unsub", "opt out", "optout"), ("email", "sms")),
)
"""How far an opposition goes, by the words of its header, first match; no word means every channel."""

_YES: Final = frozenset(
    fold_text(word)
    for word in "opted in,opted-in,opt in,optin,consent,consenti,consentement,given,granted,accord,abonné,abonnée,"
    "inscrite,acceptée,souscrit,subscriber,abonné(e),inscrit(e),validé,confirmé,double opt-in,single opt-in".split(
        ","
    )
)
_NO: Final = frozenset(
    fold_text(word)
    for word in "opted out,opted-out,opt out,optout,stop,désinscrite,désabonnée,blacklisté,blacklist,blacklisted,"
    "refusée,refuse,plainte,complained,complaint,spam,bounced,bounce,hard bounce,hard_bounce,suppressed,opposé,"
    "opposition,withdrawn,retiré,revoked,denied,rejeté".split(",")
)
_UNDECIDED: Final = frozenset(
    fold_text(word) for word in ("never", "not subscribed", "non-subscribed", "pending")
)
"""Words that say nobody ever asked: neither a consent nor a refusal for ever."""

_BOUNCED: Final = frozenset(
    fold_text(word)
    for word in "bounced,bounce,hard,hard bounce,hardbounce,hard_bounce,cleaned,invalid,invalide,npai,undelivered,"
    "undeliverable,rejeté,rejected,erreur,error,failed,non délivrable,dead".split(",")
)
_DELIVERED: Final = frozenset(
    fold_text(word)
    for word in "valid,valide,ok,deliverable,délivrable,delivered,délivré,soft,soft bounce,clean".split(",")
)


def reach_of(header: str) -> tuple[str, ...]:
    """The channels an opposition column speaks of, from its header."""
    folded = fold_text(header.replace("_", " "))
    for words, channels in _REACH:
        if any(word in folded for word in words):
            return channels
    return CHANNELS


def is_inverted(header: str) -> bool:
    """Whether a bounce column says the contrary: « E-mail valide : oui »."""
    folded = fold_text(header.replace("_", " "))
    return any(word in folded.split() for word in ("valide", "valid", "delivrable", "deliverable"))


def state(x: str, key: str, header: str) -> str:
    """SQL of what a cell of consent field ``key`` says: 'yes', 'no', 'unknown' (a word not known), else NULL."""
    folded = f"fold_text({x})"
    true, false = (words_of("boolean")[name] for name in ("true", "false"))
    true, false = (true | _YES) - _UNDECIDED, (false | _NO) - _UNDECIDED - _YES
    a_day = f"regexp_matches({x}, '^[0-9]{{1,4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,4}}')"
    if key == "email_bounced":
        bad, good = (_DELIVERED, _BOUNCED) if is_inverted(header) else (_BOUNCED, _DELIVERED)
        plain_yes, plain_no = ("NULL", "'no'") if is_inverted(header) else ("'no'", "NULL")
        only = words_of("boolean")
        return (
            f"CASE WHEN {x} IS NULL THEN NULL WHEN {folded} IN ({literals(_BOUNCED)}) THEN 'no'"
            f" WHEN {folded} IN ({literals(_DELIVERED)}) THEN NULL"
            f" WHEN {folded} IN ({literals(only['true'] - bad - good)}) THEN {plain_yes}"
            f" WHEN {folded} IN ({literals(only['false'] - bad - good)}) THEN {plain_no} ELSE 'unknown' END"
        )
    if key == "optout":
        opposed = (
            words_of("boolean")["true"]
            | _NO
            | frozenset({"desabonne", "desinscrit", "unsubscribed", "refus", "cleaned"})
        ) - (
            _YES
            | frozenset(
                {
                    "abonne",
                    "inscrit",
                    "subscribed",
                    "actif",
                    "active",
                    "accepte",
                    "optin",
                    "opt in",
                    "confirmed",
                }
            )
        )
        return (
            f"CASE WHEN {x} IS NULL THEN NULL WHEN {folded} IN ({literals(opposed)}) OR {a_day} THEN 'no'"
            f" WHEN {folded} IN ({literals((true | false | _UNDECIDED) - opposed)}) THEN NULL ELSE 'unknown' END"
        )
    return (
        f"CASE WHEN {x} IS NULL THEN NULL WHEN {folded} IN ({literals(true)}) OR {a_day} THEN 'yes'"
        f" WHEN {folded} IN ({literals(false)}) THEN 'no' ELSE 'unknown' END"
    )
