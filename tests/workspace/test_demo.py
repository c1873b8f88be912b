"""The shop's base is made whole or not at all, once, and opens at once afterwards."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from segmentation.errors import CancelledError
from segmentation.workspace import Workspace, demo, demo_is_ready, make_demo_ready


def test_made_once_then_opened_in_under_three_seconds(demo_file: Path) -> None:
    begun = time.perf_counter()
    assert demo_is_ready(demo_file)
    assert not make_demo_ready(demo_file)
    with Workspace.open(demo_file) as shop:
        assert shop.contacts > 2900
        assert shop.catalogue.version == shop.version
    assert time.perf_counter() - begun < 3
    assert sorted(file.name for file in demo_file.parent.iterdir()) == ["demo.duckdb", "demo.duckdb.stamp"]


def test_a_stop_half_way_leaves_nothing_and_other_files_make_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "demo.duckdb"
    with pytest.raises(CancelledError):
        make_demo_ready(path, cancelled=lambda: True)
    assert not list(tmp_path.glob("*.duckdb"))
    monkeypatch.setattr(demo, "FILES", {"clients.csv": "contacts"})
    monkeypatch.setattr(demo, "_as_of_last_day", lambda _: None)
    steps: list[float] = []
    assert make_demo_ready(path, progress=lambda _, share: steps.append(share))
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    monkeypatch.undo()
    assert not demo_is_ready(path)
