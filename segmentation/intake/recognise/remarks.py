"""Remarks that say in words not to write to somebody: « ne veut plus de courrier », "do not email".

No column holds these refusals, and a remark is never read as one: an import that goes on without a word
would put these people in the lists.
"""

from __future__ import annotations

import re
from typing import Final

from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content

_REACHING: Final = "contacter|solliciter|appeler|rappeler|relancer|ecrire|envoyer|demarcher|mailer"
_WHAT: Final = "|".join(
    (
        r"courriers?|(?:e ?)?mails?|mels?|mailings?|sms|textos?|messages?|lettres?|newsletters?|infolettres?",
        r"appels?|coups? de fil|(?:par|au) telephone|telephoner|pub|publicites?|prospectus|catalogues?",
        r"flyers?|spams?|infos?|informations?|nouvelles|offres?|promos?|promotions?|invitations?",
        r"sollicitations?|relances?|communications?|demarchages?|prospections?|notifications?|whatsapp",
        r"contacte\w*|sollicite\w*|appele[re]?\w*|appelle|rappele\w*|rappelle|relance[re]\w*|ecri(?:re|ve|t)",
        r"envoyer|envoie|demarcher|etre (?:demarche|joint|prospecte)\w*|joindre|prospecter|derang\w*",
        r"entendre parler|(?:rien|plus) recevoir|contacts?",
    )
)
_NOT_REACHING: Final = "et|mais|sauf|donner|laisser|communiquer|changer|lentilles|verres"
"""Words after which what is wanted or not is something else: « ne veut pas donner son mail »."""

_TOLD: Final = "|".join(
    (
        r"contact(?:ed|ing)?|call(?:s|ed)?|phoned?|rung|e ?mail(?:s|ed)?|mail(?:s|ed|ings?)?|text(?:s|ed)?",
        r"sms|messages?|letters?|newsletters?|written|write|post|marketing|advert\w*|promotions?|offers?|news",
        r"catalog(?:ue)?s?|brochures?|leaflets?|flyers?|spam\w*|whatsapp|notifications?|hear from|bothered",
    )
)
_NOT_TOLD: Final = "and|but|except|give|share|leave|change|sugar|lenses|solution"

_UNWILLING: Final = re.compile(
    "|".join(
        (
            r"\b(?:ne|n) (?:veut|veulent|voulant|voudrait|souhait\w+|desir\w+|accept\w+)"
            rf" (?:plus|pas|aucun\w*|jamais|rien)(?: (?!(?:{_NOT_REACHING})\b)\w+){{0,5}}?"
            rf" (?:{_WHAT})\b",
            r"\b(?:ne|n) (?:veut|veulent|souhait\w+) (?:plus )?rien(?: recevoir)?$",
            r"\b(?:(?:do|does|did) ?n(?:ot| ?t)|no longer|never)"
            rf" (?:wants?|wish(?:es)?|accepts?)(?: (?!(?:{_NOT_TOLD})\b)\w+){{0,5}}?"
            rf" (?:{_TOLD})\b(?! (?:lens|solution))",
            rf"\b(?:wants?|wish(?:es)?) no(?: (?!(?:{_NOT_TOLD})\b)\w+){{0,2}}? (?:{_TOLD})\b(?! lens)",
            rf"\bnot to be (?:{_TOLD})\b",
        )
    )
)
"""Who does not want to be reached; looked for within one sentence."""

_SENTENCES: Final = re.compile(r"[.,;:!?()/\n]| [-–—] ")
_REFUSES: Final = re.compile(
    "|".join(
        (
            rf"\b(?:ne|n) (?:pas|plus|jamais) (?:(?:lui|les|la|le|l|etre) )?(?:{_REACHING})\b",
            r"\b(?:do not|don t|dont|never) (?:contact|e ?mail|mail|call|text|write|ring|phone|send)\b",
            r"\b(?:no|stop) (?:more )?(?:e ?mails?|mailings?|letters?|calls?|texts?|sms|pub|courriers?)\b",
            r"\b(?:plus|pas) de (?:courriers?|mails?|mailings?|sms|appels?|pub|publicites?)\b",
            r"\b(?:unsubscribe[ds]?|desinscri\w*|desabonne\w*|npai|opted out)\b",
            r"\b(?:decede\w*|deceased|passed away)\b",
        )
    )
)
"""A refusal, a letter that came back or a death, as people note them."""

_LOOKED_AT: Final = 2_000
"""Characters looked at from each end of a remark."""


def refuses_in_words(content: Content) -> bool:
    """Whether some of the values say so; for a column that nothing else reads."""
    return any(_refuses(_ends(text)) for text in set(content.values))


def _refuses(text: str) -> bool:
    if _REFUSES.search(plain(text)):
        return True
    return any(_UNWILLING.search(plain(sentence)) for sentence in _SENTENCES.split(text))


def _ends(text: str) -> str:
    """The beginning and the end of a remark, the whole of a short one."""
    if len(text) <= 2 * _LOOKED_AT:
        return text
    return f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
