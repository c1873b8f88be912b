"""The words of Carnet: one catalogue per language, and numbers, money, dates as it writes them."""

from __future__ import annotations

from segmentation.i18n.words import LANGUAGES, Words, words

__all__ = ["LANGUAGES", "Words", "words"]
