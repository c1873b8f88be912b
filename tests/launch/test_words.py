"""Every sentence exists twice, with the same blanks, and the reader's language is heard."""

import string

import pytest

from launch.words import SENTENCES, Refusal, browser_language, machine_language, sentence


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same(key: str) -> None:
    french, english = SENTENCES[key]
    assert french.strip() and english.strip()
    assert french != english or key == "check_types"
    assert blanks(french) == blanks(english)
    assert "'" not in french, "French takes the typographic apostrophe"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "POSIX"}, "fr"),
        ({}, "fr"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_CA.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
    ],
)
def test_the_machine_s_language(environ: dict[str, str], lang: str) -> None:
    assert machine_language(environ) == lang


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-US,en;q=0.9", "en"),
        ("de,en;q=0.5,fr;q=0.7", "fr"),
        ("en;q=0,fr;q=0.1", "fr"),
        ("de-DE", "en"),
        ("fr;q=bad,en;q=0.1", "en"),
        ("", "fr"),
    ],
)
def test_the_browser_s_language(accept: str, lang: str) -> None:
    assert browser_language(accept) == lang


def test_a_refusal_is_one_sentence_with_its_values() -> None:
    refusal = Refusal("port_taken", port=8501, other=8502)
    assert "8501" in refusal.said("fr") and "--port 8502" in refusal.said("en")
    assert refusal.said("fr") == sentence("port_taken", "fr", port=8501, other=8502)
