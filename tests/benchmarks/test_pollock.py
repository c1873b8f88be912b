"""The reader keeps its marks on polluted files: above the best ready-made reader known, no file lost."""

from __future__ import annotations

from benchmarks.pollock import measures, score_all


def test_the_reader_keeps_its_marks() -> None:
    points: dict[str, float] = {}
    simple, weighted = score_all(tell=points.__setitem__)
    assert simple >= 9.9
    assert weighted >= 9.6
    assert {name for name, score in points.items() if score < 9} == {"cells cut by space"}


def test_measures_are_of_multisets() -> None:
    assert measures("aab", "abc") == (2 / 3, 2 / 3, 2 / 3)
    assert measures("", "abc") == (1.0, 1.0, 1.0)
    assert measures("ab", "") == (0.0, 0.0, 0.0)
