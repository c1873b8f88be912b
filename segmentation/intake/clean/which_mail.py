"""Which mail a refusal of "mail" is about: e-mail in French; in English the post, where e-mail has a column.

Alone, or where the language is not sure, the word keeps both meanings: a refusal closes both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from segmentation.intake.clean.columns import Column
from segmentation.intake.clean.consent import OPT_IN, polar_words
from segmentation.intake.tongue import has_french, tongue_of

_MAIL: Final = frozenset(("mail", "mails"))
_EMAIL: Final = frozenset("email emails emailed emailing".split())
"""Words that mean nothing but e-mail."""


def with_post_said(columns: Iterable[Column], headers: Iterable[str]) -> tuple[Column, ...]:
    """The columns of a file, those of consent whose "mail" is the post with a header that says so.

    ``headers`` are all those of the file: they say its language.
    """
    every = tuple(columns)
    said = [one for one in every if one.field.removeprefix("contacts.") in (*OPT_IN, "optout")]
    if tongue_of(headers) != "en":
        return every
    others = {one.name: [other.header for other in said if other is not one] for one in said}
    return tuple(
        replace(one, header=post_said(one.header, others[one.name])) if one.name in others else one
        for one in every
    )


def post_said(header: str, others: Sequence[str]) -> str:
    """A header of consent of an English file with "post" for its "mail", when one of the ``others`` speaks of
    e-mail by itself; else the header."""
    words = polar_words(header)
    email = any(_EMAIL & set(polar_words(other)) for other in others)
    if not (_MAIL & set(words)) or _EMAIL & set(words) or has_french(header) or not email:
        return header
    return " ".join("post" if word in _MAIL else word for word in words)
