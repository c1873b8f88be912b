"""Sentences in both languages, held in a file a person can read: ``tests/golden/sentences.txt``.

``python -m tests.criteria.test_describe`` writes the file again; read the difference before keeping it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.describe import describe
from segmentation.criteria.stored import contact_fields, event_sources, user_field
from segmentation.i18n import LANGUAGES, words
from segmentation.reference.countries import shown
from segmentation.traits import trait_fields
from tests import trees
from tests.worlds import catalogue, world

GOLDEN = Path(__file__).parent.parent / "golden" / "sentences.txt"


def everything() -> Catalogue:
    own = user_field("c001", "Taille de la robe", "text")
    fields = {**contact_fields(), **trait_fields(), "c001": own}
    names = {"vip": "Mes meilleurs clients"}
    return Catalogue(
        fields, event_sources(), date(2026, 11, 22), segment_names=names, near=lambda of, km: [("FR", of)]
    )


def blocks() -> list[list[str]]:
    return [block.splitlines() for block in GOLDEN.read_text(encoding="utf-8").strip().split("\n\n")]


def sentences(definition: str) -> list[str]:
    segment = segment_from_json(json.loads(definition))
    return [definition, *(f"{code}: {describe(segment, everything(), words(code))}" for code in LANGUAGES)]


def write() -> None:
    """Write the golden file again from the definitions it holds."""
    text = "\n\n".join("\n".join(sentences(block[0])) for block in blocks())
    GOLDEN.write_text(text + "\n", encoding="utf-8")


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block[0][:60])
def test_sentences(block: list[str]) -> None:
    assert sentences(block[0]) == block


@settings(deadline=None, max_examples=150)
@given(trees.segments())
def test_every_definition_has_a_sentence(definition: dict[str, Any]) -> None:
    known = replace(catalogue(world()), segment_names={"lyon": "Lyon", "best": "Les meilleurs"})
    segment = segment_from_json(definition)
    for code in LANGUAGES:
        text = describe(segment, known, words(code))
        assert text.count("(") == text.count(")")
        assert not any(mark in text for mark in ("None", "sentence.", "field.", "{", "  ."))


def test_a_users_own_words_are_quoted_as_they_are() -> None:
    leaf = segment_from_json({"field": "c001", "op": "is", "value": "{n} <b>"})
    assert describe(leaf, everything(), words("fr")) == "Contacts dont « Taille de la robe » est {n} <b>."


def test_a_country_is_said_in_the_reader_s_language_once() -> None:
    leaf = segment_from_json({"field": "country", "op": "in", "value": ["Allemagne", "Germany", "Narnia"]})
    known = replace(everything(), named=shown)
    assert describe(leaf, known, words("en")) == "Contacts whose country is Germany or Narnia."
    assert describe(leaf, known, words("fr")) == "Contacts dont le pays est Allemagne ou Narnia."


if __name__ == "__main__":
    write()
