"""Remarks that say in words not to write to somebody: « ne veut plus de courrier », "do not email".

No column holds these refusals, and a remark is never read as one: an import that goes on without a word
would put these people in the lists.
"""

from __future__ import annotations

import re
from typing import Final

from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content

_WILLING: Final = "veut|veulent|souhaite|souhaitent|desire|accepte"
_REACHING: Final = "contacter|solliciter|appeler|rappeler|relancer|ecrire|envoyer|demarcher|mailer"
_REFUSES: Final = re.compile(
    "|".join(
        (
            rf"\b(?:ne|n) (?:{_WILLING}) (?:plus|pas|aucun)\b",
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
    return any(_REFUSES.search(plain(_ends(text))) for text in set(content.values))


def _ends(text: str) -> str:
    """The beginning and the end of a remark, the whole of a short one."""
    if len(text) <= 2 * _LOOKED_AT:
        return text
    return f"{text[:_LOOKED_AT]}\n{text[-_LOOKED_AT:]}"
