"""A copy of the demonstration shop, and an empty base: one of each per test that asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.workspace import Workspace
from tests import made_once


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = tmp_path / "demo.duckdb"
    shutil.copyfile(demo_file, copy)
    with Workspace.open(copy) as workspace:
        yield workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(made_once.at(tmp_path / "base.duckdb", made_once.empty), author="Ana") as workspace:
        yield workspace
