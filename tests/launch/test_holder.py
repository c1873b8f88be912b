"""The process that holds a base is found without opening the base."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.holder import holder, refuse_if_held
from launch.words import Refusal

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "r")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "carnet.duckdb"
    subprocess.run([sys.executable, "-c", HOLD, path, "w"], stdin=subprocess.DEVNULL, check=True)
    return path


@pytest.fixture(params=["w", "r"])
def other(base: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the base open, to write or to read."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, base, request.param],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_held_base_is_refused_with_its_holder(base: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_if_held(base)
    assert refusal.value.key == "base_held"
    if sys.platform != "win32":
        assert f"(processus {other.pid})" in refusal.value.said("fr")
    assert str(base) in refusal.value.said("en")


def test_a_free_base_and_an_absent_one_are_not_held(base: Path, tmp_path: Path) -> None:
    assert holder(base) is None
    assert holder(tmp_path / "absent.duckdb") is None
    assert not (tmp_path / "absent.duckdb").exists()
    refuse_if_held(base)


def test_a_base_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_if_held(tmp_path)
    assert refusal.value.key == "base_unreadable"
