"""What a whole sentence in a consent cell says: a denial is a refusal, and a yes that denies or narrows
anything, or that speaks of another channel, is not a yes. That one may leave at any time denies nothing.

Patterns are of folded text: lower case, no accent, apostrophes and hyphens as spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from segmentation.intake.clean.context import literal

_LEFT_SINCE: Final = (
    "(^| )(desabonn|desinscri|unsubscrib|refus|oppos|stop( |$)|resili|ne plus|plus maintenant|no longer"
    "|opted out)"
)
"""A departure that is told: « désabonné le 12/03/2024 »."""

_WILLING: Final = r"(souhait|veu|voul|voudr|desir|accept|consen|autoris)\w*"
_REMOVED: Final = r"(retir|supprim|enlev|effac|radi|oubli)\w*"
_DENIES: Final = "|".join(
    (
        r"^((non|no) *,? *(merci|thank)|je refuse|je n.accepte pas|je ne |i do not |i don.t |i decline)",
        rf"\b(ne|n) (\w+ )?({_WILLING}|(envoy|contact|appel|ecri)\w*) (plus|pas|jamais|rien|aucun\w*)\b",
        rf"\b{_WILLING} (pas\b|ne (plus|pas|jamais)\b)",
        r"\b(not|don t|dont|never) (want|wish|agree|accept|consent|contact|send|call|e ?mail|mail|text)\b",
        r"\bnot to (be|get|receive)\b",
        rf"\b({_WILLING}|demande|merci|prie) (bien )?(de |d |a )?(etre|me|m) {_REMOVED}",
        r"\bretire\w* (du|des|(de|a) (la|ma|votre|vos|cette)) ",
        r"(^|[^n] )(retirez|supprimez|enlevez|effacez|oubliez|arretez|cessez|stoppez|stop)\b",
        r"\b(remove|delete) (me|my)\b|\bbe (removed|deleted|taken off)\b|\btake me off\b",
    )
)
"""A refusal in so many words, wherever it stands: « Oui, je ne souhaite plus… », "remove me"."""

_NARROWS: Final = (
    r"\b(ne|n|pas|plus|ni|not|no|\w*n t|dont|cannot|never|jamais|rien|aucun\w*|nothing|retir\w*|remov\w*"
    r"|arret\w*|suppr\w*|stop\w*|uniquement|seulement|exclusivement|only|sauf|except|hors|sans|without"
    r"|mais|but|si|if|unless|jusqu\w*|until|prefer\w*|plutot|rather)\b"
)
"""A word that denies or narrows what stands around it: nobody knows then how far the yes goes."""

_ANY_TIME: Final = "|".join(
    (
        r"(est |reste )?possible|facile\w*|libre\w*|gratuit\w*|(a|en) tout (moment|instant)",
        r"(en )?(un|1) clic",
        r"quand (je|vous) (le )?(veu\w+|souhait\w*|voul\w+|desir\w*)|(at )?any ?time",
        r"whenever (i|you) (want|like|wish)",
    )
)
_MAY: Final = r"(je (peux|pourrai)|vous (pouvez|pourrez)|libre de|possibilite de|(i|you) (can|may))"
_TO_LEAVE: Final = "|".join(
    (
        "((me |vous |se )?(desinscrire|desabonner)",
        "(revenir sur|retirer) (mon|votre|ce) (accord|consentement|choix)",
        "unsubscribe|opt out|withdraw (my|your|this) consent)",
    )
)
_MAY_LEAVE: Final = "|".join(
    (
        rf"\b(desinscription|desabonnement|unsubscription)s?( ({_ANY_TIME}))+",
        rf"\b{_MAY} ([^ ,.;:]+ )?{_TO_LEAVE}( ({_ANY_TIME}))*",
        rf"[,.;:(] *{_TO_LEAVE}( ({_ANY_TIME}))+",
        r"\bsans engagement\b",
    )
)
"""A clause that says only that the agreement can be taken back later: « désinscription possible à tout
moment »."""

_CHANNELS: Final[Mapping[str, str]] = {
    "email": r"e ?mails?|mails?|mailings?|courriels?|electroniques?",
    "sms": r"sms|textos?|text messages?|texts?",
    "phone": r"telephon\w*|tel|appels?|appeler|phone|calls?|voice",
    "post": r"courriers?|postal\w*|la poste|post|papier|letters?",
}
"""How a sentence names each channel; "mail" is either."""
_BOTH: Final[Mapping[str, str]] = {"email": "newsletters?", "post": "mails?|mailings?"}
"""Words of a channel that do not say it for sure."""

_NO: Final = "^(non|no) *[,.;:!]"
_YES: Final = "^((oui|yes)[ ,.;:!]+(j|i |$)|j.accepte|je souhaite|je consens|i agree|i accept|i consent)"
_YES_TO_LEAVING: Final = rf"^(oui|yes)\b|{_YES}"
_DAY: Final = "^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}"
_DAY_ZERO: Final = "^0{1,4}[/.-]0{1,2}[/.-]0{1,4}"


def departure(x: str) -> str:
    """SQL ``WHEN … THEN`` of a cell that tells a departure, whatever its column."""
    return f"WHEN {_holds(x, _LEFT_SINCE)} THEN 'no'"


def agreement(x: str, channel: str) -> str:
    """SQL ``WHEN … THEN`` of a cell under a question about ``channel`` that a yes agrees to; none of them for
    a cell that cannot be understood, or that agrees to another channel. A date in place of a word is the day
    of the agreement, the day zero of some exports (0000-00-00) says nothing.
    """
    kept = f"regexp_replace(fold_text({x}), {literal(_MAY_LEAVE)}, ' ', 'g')"

    def holds(pattern: str) -> str:
        return f"regexp_matches({kept}, {literal(pattern)})"

    whole = f"AND NOT {holds(_NARROWS)} AND NOT ({_of_another(kept, channel)})"
    return (
        f"WHEN {holds(_LEFT_SINCE)} THEN 'no' WHEN {holds(f'{_DENIES}|{_NO}')} THEN 'no' {_day_zero(x)}"
        f" WHEN ({holds(_YES)} OR regexp_matches({x}, '{_DAY}')) {whole} THEN 'yes'"
    )


def _of_another(folded: str, channel: str) -> str:
    """SQL of whether a folded sentence speaks of another channel and not of this one, or not for sure."""
    text = f"regexp_replace({folded}, 'courriers? electroniques?', 'courriel', 'g')"

    def names(pattern: str) -> str:
        return f"regexp_matches({text}, {literal(pattern)})"

    words = "|".join(words for name, words in _CHANNELS.items() if name != channel)
    sure, other = names(rf"\b({_CHANNELS[channel]})\b"), names(rf"\b({words})\b")
    perhaps = names(rf"\b({_CHANNELS[channel]}|{_BOTH.get(channel, '$^')})\b")
    by_other = names(rf"\b(par|via|by) (la |le |les |l |voie |un |une )?({words})\b")
    return f"{other} AND NOT {perhaps} OR {by_other} AND NOT {sure}"


def opposition(x: str) -> str:
    """SQL ``WHEN … THEN`` of a cell under a header that a yes refuses (« Désabonné »): any yes, and any
    date, refuses; a no is silent unless something follows that denies or narrows.
    """
    rest = f"regexp_replace(fold_text({x}), {literal(_NO)}, '')"
    whole = f"AND NOT regexp_matches({rest}, {literal(_NARROWS)})"
    return (
        f"{departure(x)} WHEN {_holds(x, f'{_DENIES}|{_YES_TO_LEAVING}')} THEN 'no' {_day_zero(x)}"
        f" WHEN regexp_matches({x}, '{_DAY}') THEN 'no' WHEN {_holds(x, _NO)} {whole} THEN 'silent'"
    )


def _day_zero(x: str) -> str:
    return f"WHEN regexp_matches({x}, '{_DAY_ZERO}') THEN 'silent'"


def _holds(x: str, pattern: str) -> str:
    return f"regexp_matches(fold_text({x}), {literal(pattern)})"
