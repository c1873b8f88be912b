"""A new base per test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.store.bases import open_base
from segmentation.store.database import Database


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Database]:
    with open_base(tmp_path / "test.duckdb") as database:
        yield database
