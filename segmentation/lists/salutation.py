"""How a letter begins and whom it is addressed to: from the civility or the gender given, never a guess.

The civility decides; without one, the gender the person declared. A couple, a title (Dr, Me, Pr) or anything
else has its own form or the neutral one; so have "Mrs" and "Miss", who would not be called "Ms". A first name
never tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.i18n import Words

_TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "doctor": ("dr", "dr.", "docteur", "doctor"),
        "lawyer": ("me", "maître"),
        "professor": ("pr", "prof", "prof.", "professeur", "professor"),
        "mrs": ("mrs", "mrs."),
        "miss": ("miss",),
        "mx": ("mx", "mx."),
        "couple": (
            "m et mme",
            "m. et mme",
            "mr et mme",
            "m & mme",
            "mr & mrs",
            "mr and mrs",
            "monsieur et madame",
        ),
    }
)
NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Salutation:
    """``recipient`` for the envelope, ``formal`` and ``warm`` to begin with."""

    recipient: str
    formal: str
    warm: str


def salutation(
    form: str, first_name: str | None, last_name: str | None, company: str | None, w: Words
) -> Salutation:
    """What a person is called; ``form`` is that of ``form_of``."""
    first, last = (" ".join((name or "").split()) for name in (first_name, last_name))
    whole = " ".join(part for part in (first, last) if part)
    title = w(f"list.salutation.{form}.title") if form != NEUTRAL else ""
    named = last if form == "couple" else whole
    recipient = " ".join(part for part in (title, named) if part) if last else whole
    if form != NEUTRAL and last:
        formal = w(f"list.salutation.{form}", name=last)
    else:
        formal = w("list.salutation.nobody")
    warm = w("list.salutation.warm", name=first) if first else w("list.salutation.warm_nobody")
    return Salutation(recipient or (company or ""), formal, warm)


def form_of(civility: str | None, gender: str | None) -> str:
    """``woman``, ``man``, a title, ``couple``, or ``neutral``; ``gender`` is the declared one (F, M…)."""
    said = fold_text(civility or "")
    if said:
        return _forms().get(said, NEUTRAL)
    return {"F": "woman", "M": "man"}.get(gender or "", NEUTRAL)


@cache
def _forms() -> Mapping[str, str]:
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    forms = {fold_text(word): "woman" for word in blocks["civility"]["F"]}
    forms |= {fold_text(word): "man" for word in blocks["civility"]["M"] if word != "mrs/mr"}
    return forms | {fold_text(word): title for title, words in _TITLES.items() for word in words}
