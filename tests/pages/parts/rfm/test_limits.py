"""Limits are said as a person says them, and every day and number of orders belongs to exactly one level."""

from __future__ import annotations

import itertools
import re

import pytest

from pages.parts.rfm import limits
from segmentation.i18n import words
from segmentation.predictive.rfm import Cuts

USUAL = Cuts(days=(30, 90, 180, 365), orders=(1, 2, 3, 5))
BUSY = Cuts(days=(7, 14, 30, 45), orders=(4, 9, 15, 30))

SAID = [
    (USUAL, "days", 5, "30 jours au plus"),
    (USUAL, "days", 4, "31 à 90 jours"),
    (USUAL, "days", 2, "181 à 365 jours"),
    (USUAL, "days", 1, "plus de 365 jours"),
    (USUAL, "orders", 1, "1 commande"),
    (USUAL, "orders", 2, "2 commandes"),
    (USUAL, "orders", 4, "4 ou 5 commandes"),
    (USUAL, "orders", 5, "6 commandes et plus"),
    (BUSY, "days", 5, "7 jours au plus"),
    (BUSY, "orders", 1, "4 commandes au plus"),
    (BUSY, "orders", 2, "5 à 9 commandes"),
    (BUSY, "orders", 5, "31 commandes et plus"),
    (Cuts(combine_fm=True), "orders", 3, "3 sur 5"),
]


@pytest.mark.parametrize(("cuts", "what", "level", "expected"), SAID)
def test_a_level_is_said(cuts: Cuts, what: str, level: int, expected: str) -> None:
    assert getattr(limits, what)(cuts, level, words("fr")) == expected


@pytest.mark.parametrize("cuts", [USUAL, BUSY])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("what", ["days", "orders"])
def test_levels_leave_no_gap(cuts: Cuts, language: str, what: str) -> None:
    w = words(language)
    said = [getattr(limits, what)(cuts, level, w, short=True) for level in (1, 2, 3, 4, 5)]
    if what == "days":
        said.reverse()
    numbers = [[int(number) for number in re.findall(r"\d+", text)] for text in said]
    for before, after in itertools.pairwise(numbers):
        beyond = re.search(">", said[numbers.index(after)])
        start = after[0] + 1 if beyond else after[0]
        assert start == before[-1] + 1


def test_a_cell_is_one_phrase() -> None:
    said = limits.cell(USUAL, 5, 5, words("en"))
    assert said == "Last order at most 30 days ago, 6 orders or more."
