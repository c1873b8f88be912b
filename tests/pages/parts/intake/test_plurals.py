"""The sentences of an import agree with every number they say: each number has a plural of its own."""

from __future__ import annotations

import re

import pytest

from segmentation.i18n import LANGUAGES, words

ROOMS = ("page.import.", "cli.import.", "cli.read.", "cli.undo.", "cli.inbox.", "cli.contacts")
AGREES = {
    "fr": re.compile(r" \w+(ées|és|ies|es|aux)\b"),
    "en": re.compile(r" (rows|columns|contacts|files|cells|people|customers|orders|items|values|groups)\b"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_is_said_beside_a_word_that_does_not_follow_it(lang: str) -> None:
    said = {key: forms for key, forms in words(lang).messages.items() if key.startswith(ROOMS)}
    assert len(said) > 100
    for key, forms in said.items():
        one, *_ = many = [forms] if isinstance(forms, str) else list(forms)
        for form in many:
            for found in re.finditer(r"\{(?!n\}|name\})\w+\}", form):
                assert not AGREES[lang].match(form, found.end()), (key, form)
        assert "{n}" not in one or not AGREES[lang].match(one, one.index("{n}") + 3), (key, one)


@pytest.mark.parametrize(("n", "says"), [(0, "0 comprise d’elle-même"), (2, "2 comprises d’elles-mêmes")])
def test_columns_understood_by_themselves(n: int, says: str) -> None:
    assert words("fr")("page.import.sure_columns", n=n) == says
