"""The base of the screens’ benchmark is made once, each edit gives another size, a missed target is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import Scale
from benchmarks.screens import EDIT, PAGE, Timed, base_of, sizes, table


def test_the_base_is_made_once_and_every_edit_changes_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.screens.apart", lambda work, *args: work(*args))  # one process, for speed
    scale = Scale(300, 900, 900)
    base = base_of(tmp_path, scale)
    found = sizes(base, 3)
    assert list(found) == [20, 30, 40, 50]
    assert len(set(found.values())) == 4
    monkeypatch.setattr("benchmarks.screens.bring_in", None)
    assert base_of(tmp_path, scale) == base


def test_the_table_says_which_target_is_missed() -> None:
    slow = Timed("Portrait", PAGE, 4.0, [0.1, 0.1, 0.1], [0.9, 1.2, 1.3])
    quick = Timed("Construire", EDIT, None, [0.0, 0.0], [0.4, 0.5])
    lines = table([slow, quick])
    assert "missed" in lines[2]
    assert "1.20" in lines[2]
    assert "missed" not in lines[3]
    assert len({line.count("|") for line in lines}) == 1
