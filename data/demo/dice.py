"""Chance that rolls the same on every machine: only `random.Random.random()` and plain arithmetic.

The other methods of `random` may change between Python versions; `random()` seeded with a text may not.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One independent stream of chance per (stage, number), so that a change in one stage moves no other."""

    def __init__(self, stage: str, number: int = 0, *, seed: int = 69003) -> None:
        self.unit = random.Random(f"{seed}/{stage}/{number}").random

    def chance(self, probability: float) -> bool:
        return self.unit() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def among(self, choices: Sequence[T]) -> T:
        return choices[int(self.unit() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of (choice, weight) pairs; weights need no sum."""
        return choices[self.bucket(list(accumulate(weight for _, weight in choices)))][0]

    def bucket(self, cumulated: Sequence[float], low: float = 0.0, high: float | None = None) -> int:
        """The position drawn in cumulated weights, between two of their values."""
        top = cumulated[-1] if high is None else high
        drawn = low + self.unit() * (top - low)
        return min(bisect_right(cumulated, drawn), len(cumulated) - 1)

    def bell(self) -> float:
        """Mean 0, deviation 1, within ±6 (sum of twelve units)."""
        return sum(self.unit() for _ in range(12)) - 6.0

    def poisson(self, mean: float) -> int:
        """Knuth's count of arrivals, for small means."""
        limit, count, product = math.exp(-mean), 0, self.unit()
        while product > limit:
            count += 1
            product *= self.unit()
        return count

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Fisher–Yates."""
        deck = list(items)
        for last in range(len(deck) - 1, 0, -1):
            other = self.between(0, last)
            deck[last], deck[other] = deck[other], deck[last]
        return deck
