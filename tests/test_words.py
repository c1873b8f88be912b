"""Every word is there in both languages, is used, fills the same blanks, and is in its own language."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from segmentation.i18n import LANGUAGES, Words, words

ROOT = Path(__file__).parent.parent
SOURCES = [
    ROOT / "app.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "segmentation").rglob("*.py")),
]
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_=!<>]+)+")
ENGLISH = re.compile(
    r"\b(the|and|with|your|this|these|from|have|which|please|file|files|save|delete)\b", re.I
)
FRENCH = re.compile(r"\b(les?|des|vous|votre|vos|avec|dans|pour|sont|fichier|cette|aucune?)\b", re.I)
QUOTED = re.compile(r"[«“\"`][^»”\"`]*[»”\"`]")


@cache
def literals() -> frozenset[str]:
    """Every string constant of the program."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@cache
def completed() -> re.Pattern[str]:
    """The keys that code completes: ``f"page.{name}.menu"`` makes every ``page.….menu`` used."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                if re.match(r"[a-z][a-z0-9_]*\.", str(node.values[0].value)):
                    said = (
                        re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".*"
                        for one in node.values
                    )
                    found.add("".join(said))
    return re.compile("|".join(found))


def called_keys() -> Iterator[tuple[str, str]]:
    """Each key written in a call such as ``t("page.home.title")``, with the file it stands in."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in {"t", "w", "word", "say"} and isinstance(first, ast.Constant):
                if isinstance(first.value, str) and KEY.fullmatch(first.value):
                    yield first.value, path.name


def texts(catalogue: Words) -> Iterator[tuple[str, str]]:
    for key, message in catalogue.messages.items():
        for text in (message,) if isinstance(message, str) else message:
            yield key, text


def blanks(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing(language: str) -> None:
    catalogue = words(language)
    missing = sorted({f"{key} ({file})" for key, file in called_keys() if not catalogue.has(key)})
    assert not missing
    assert not [key for key, text in texts(catalogue) if not text.strip()]


def test_both_languages_have_the_same_words() -> None:
    french, english = words("fr"), words("en")
    assert set(french.messages) == set(english.messages)
    for key, message in french.messages.items():
        assert isinstance(message, str) == isinstance(english.messages[key], str), key


def test_no_word_is_unused() -> None:
    unused = [key for key in words("fr").messages if key not in literals() and not completed().fullmatch(key)]
    assert not unused


def test_both_languages_fill_the_same_blanks() -> None:
    french, english = words("fr"), words("en")
    for key in french.messages:
        one, other = french.messages[key], english.messages[key]
        for text, twin in zip(
            (one,) if isinstance(one, str) else one,
            (other,) if isinstance(other, str) else other,
            strict=True,
        ):
            assert blanks(text) == blanks(twin), key


def test_each_catalogue_speaks_its_own_language() -> None:
    for key, text in texts(words("fr")):
        assert not ENGLISH.search(QUOTED.sub("", text)), f"English in French: {key}: {text}"
    for key, text in texts(words("en")):
        assert not FRENCH.search(QUOTED.sub("", text)), f"French in English: {key}: {text}"
    french, english = words("fr").messages, words("en").messages
    same = [
        key
        for key, text in french.items()
        if isinstance(text, str) and text == english[key] and len(re.sub(r"{[^}]*}", "", text).split()) > 3
    ]
    assert not same
