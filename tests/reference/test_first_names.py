"""First names: genders that are sure, genders that are not, and who may be the same person."""

from __future__ import annotations

import pytest

from segmentation.criteria.fold import fold_text
from segmentation.reference.files import FIRST_NAMES, LAST_NAMES, columns
from segmentation.reference.first_names import (
    Ranks,
    compatible,
    first_names,
    gender_of,
    last_names,
    looks_swapped,
    same_person,
)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Marie", "F"),
        ("ÉLODIE", "F"),
        ("Jean-Michel", "M"),
        ("jean michel", "M"),
        ("Marie-Zoé", "F"),
        ("Kevin", "M"),
        ("Camille", None),
        ("Dominique", None),
        ("J.", None),
        ("", None),
        (None, None),
        ("Xqzw", None),
    ],
)
def test_the_gender_of_a_first_name(name: str | None, gender: str | None) -> None:
    assert gender_of(name) == gender


def test_a_lower_ratio_decides_more_and_errs_more() -> None:
    assert gender_of("Camille", ratio=3) == "F"
    assert Ranks(100, 1999).gender() is None
    assert Ranks(100, 2000).gender() == "F"
    assert Ranks(2000, 100).gender() == "M"
    assert Ranks(None, None).gender() is None


@pytest.mark.parametrize(
    ("first", "other", "answer"),
    [
        ("Sophie", None, True),
        ("", "Sophie", True),
        ("S.", "Sophie", True),
        ("S.", "Paul", False),
        ("Jean", "Jean-Pierre", True),
        ("Sofie", "Sophie", True),
        ("Élodie", "elodie", True),
        ("Paul", "Sophie", False),
        ("Anne", "Marc", False),
    ],
)
def test_compatible_first_names(first: str | None, other: str | None, answer: bool) -> None:
    assert compatible(first, other) is answer
    assert compatible(other, first) is answer


def test_swapped_records_are_the_same_person() -> None:
    assert same_person("Martin", "Sophie", "Sophie", "Martin")
    assert not same_person("Paul", "Martin", "Sophie", "Martin")
    assert not same_person("Paul", "", "Sophie", "")


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("Dupont", "Sophie", True),
        ("Sophie", "Dupont", False),
        ("Laurent", "Thomas", False),
        ("", "Dupont", False),
    ],
)
def test_columns_that_look_exchanged(first: str, last: str, answer: bool) -> None:
    assert looks_swapped(first, last) is answer


def test_the_short_way_folds_like_the_long_one() -> None:
    for table, path, column in (
        (first_names(), FIRST_NAMES, "prenom_norm"),
        (last_names(), LAST_NAMES, "nom"),
    ):
        assert set(table) == {fold_text(str(name)) for name in columns(path, [column])[0]}
