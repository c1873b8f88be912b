"""The control group: the share asked to the nearest person, even in each stratum, the same for a seed."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.lists.control import control_group, draw, shares


@pytest.mark.parametrize(
    ("sizes", "percent", "expected"),
    [
        ([100, 50, 50], 10, [10, 5, 5]),
        ([5, 5, 5, 5], 10, [1, 1, 0, 0]),
        ([9, 1], 10, [1, 0]),
        ([7, 8], 20, [1, 2]),
        ([1], 50, [1]),
        ([1], 49, [0]),
        ([], 10, []),
        ([0, 10], 30, [0, 3]),
    ],
)
def test_sizes_are_shared_by_largest_remainders(sizes: list[int], percent: int, expected: list[int]) -> None:
    assert shares(sizes, percent) == expected


@given(st.lists(st.integers(0, 500), max_size=12), st.integers(0, 50))
def test_no_stratum_is_more_than_one_person_from_its_share(sizes: list[int], percent: int) -> None:
    given_ = shares(sizes, percent)
    for size, taken in zip(sizes, given_, strict=True):
        assert abs(taken - Fraction(size * percent, 100)) < 1
        assert 0 <= taken <= size
    assert abs(sum(given_) - Fraction(sum(sizes) * percent, 100)) <= Fraction(1, 2)


def test_the_same_seed_draws_the_same_people_and_another_one_does_not() -> None:
    ids = np.arange(1, 1001)
    strata = ["a" if one % 4 else None for one in ids]
    first = control_group(ids, strata, 10, seed=7)
    assert np.array_equal(first, control_group(ids, strata, 10, seed=7))
    assert not np.array_equal(first, control_group(ids, strata, 10, seed=8))
    assert Counter(strata[place] for place in np.flatnonzero(first)) == {"a": 75, None: 25}


def test_the_draw_is_that_of_a_sample() -> None:
    """The first eight digits of md5("7:42"), worked out by another program."""
    assert draw(42, 7) == "ad177c67"
    assert not control_group(np.arange(0), [], 10, seed=1).any()
