"""The demo shop filled once for all the tests of the room, and an empty base per test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.workspace import Workspace, demo_is_ready, make_demo_ready


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    assert not demo_is_ready(path)
    assert make_demo_ready(path)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = tmp_path / "demo.duckdb"
    shutil.copyfile(demo_file, copy)
    with Workspace.open(copy) as workspace:
        yield workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "base.duckdb", author="Ana") as workspace:
        yield workspace
