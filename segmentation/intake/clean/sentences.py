"""What a whole sentence in a consent cell says: a denial is a refusal, and a yes that denies or narrows
anything is not a yes.

Patterns are of folded text: lower case, no accent, apostrophes and hyphens as spaces.
"""

from __future__ import annotations

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

_NO: Final = "^(non|no) *[,.;:!]"
_YES: Final = "^((oui|yes)[ ,.;:!]+(j|i |$)|j.accepte|je souhaite|je consens|i agree|i accept|i consent)"
_YES_TO_LEAVING: Final = rf"^(oui|yes)\b|{_YES}"
_DAY: Final = "^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}"
_DAY_ZERO: Final = "^0{1,4}[/.-]0{1,2}[/.-]0{1,4}"


def departure(x: str) -> str:
    """SQL ``WHEN … THEN`` of a cell that tells a departure, whatever its column."""
    return f"WHEN {_holds(x, _LEFT_SINCE)} THEN 'no'"


def agreement(x: str) -> str:
    """SQL ``WHEN … THEN`` of a cell under a question that a yes agrees to; none of them for a cell that
    cannot be understood. A date in place of a word is the day of the agreement, the day zero of some
    exports (0000-00-00) says nothing.
    """
    whole = f"AND NOT {_holds(x, _NARROWS)}"
    return (
        f"{departure(x)} WHEN {_holds(x, f'{_DENIES}|{_NO}')} THEN 'no' {_day_zero(x)}"
        f" WHEN ({_holds(x, _YES)} OR regexp_matches({x}, '{_DAY}')) {whole} THEN 'yes'"
    )


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
