"""The form: its fields, an agreement per channel, the notice; nothing from outside, nothing obeyed."""

from __future__ import annotations

import pytest

from segmentation.i18n import LANGUAGES, words
from segmentation.lists.paper_form import CHANNELS, FIELDS, USUAL, consent_text, paper_form


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_says_and_needs_nothing_else(lang: str) -> None:
    w = words(lang)
    page = paper_form(
        USUAL, w, owner="<b>Colette</b>", contact="rgpd@example.com", channels=("sms",)
    ).decode()
    assert page.startswith("<!doctype html>") and f'lang="{lang}"' in page
    assert all(w(f"field.{field}") in page for field in USUAL)
    assert "<b>Colette" not in page and "&lt;b&gt;Colette" in page
    assert "rgpd@example.com" in page
    assert page.count('class="yes"') == 1
    for outside in ("<script", "http://", "https://", "src=", "url("):
        assert outside not in page


def test_every_field_and_channel_has_its_words() -> None:
    for lang in LANGUAGES:
        w = words(lang)
        page = paper_form(FIELDS, w, owner="A").decode()
        assert page.count('class="yes"') == len(CHANNELS)
        assert len({consent_text(channel, w, owner="A") for channel in CHANNELS}) == len(CHANNELS)
