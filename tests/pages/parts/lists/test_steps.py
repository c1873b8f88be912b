"""Each step of a list and its reason are read whole in the table, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages.parts.lists.steps import WIDTHS
from segmentation.i18n import LANGUAGES, words

LETTER, MARGIN = 6.4, 16
"""Pixels of a letter of the table, and of a cell around it."""
WORDS = Path(__file__).parents[4] / "segmentation" / "i18n" / "fr.po"


@pytest.mark.parametrize("column", ["step", "reason"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_column_fit_in_it(lang: str, column: str) -> None:
    w = words(lang)
    keys = re.findall(rf'^msgid "(list\.{column}\.[a-z_]+)"', WORDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) > 8
    long = {key: w(key) for key in keys if len(w(key)) * LETTER + MARGIN > WIDTHS[column]}
    assert not long
