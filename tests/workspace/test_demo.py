"""The shop's base is made whole or not at all, once, and opens at once afterwards."""

from __future__ import annotations

import os
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


def test_a_fresh_shop_is_made_once_and_copied(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def making(path: Path, **_: object) -> None:
        path.write_bytes(demo_file.read_bytes())
        made.append(path)

    monkeypatch.setattr(demo, "_make", making)
    fresh = tmp_path / "kept" / "fresh.duckdb"
    fresh.parent.mkdir()
    for name in ("one", "two"):
        assert make_demo_ready(tmp_path / f"{name}.duckdb", fresh=fresh)
    assert len(made) == 1
    assert (tmp_path / "two.duckdb").read_bytes() == fresh.read_bytes() == demo_file.read_bytes()
    nowhere = tmp_path / "absent" / "fresh.duckdb"
    assert make_demo_ready(tmp_path / "three.duckdb", fresh=nowhere)
    assert len(made) == 2


def test_what_a_killed_making_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_make", lambda path, **_: path.touch())
    old, young = tmp_path / ".demo.part1.duckdb", tmp_path / ".demo.part2.duckdb"
    for file in (old, young):
        file.touch()
    os.utime(old, (0, 0))
    assert make_demo_ready(tmp_path / "demo.duckdb")
    assert not old.exists()
    assert young.exists(), "another process may be writing it"
