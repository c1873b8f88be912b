"""A Chromium is found where machines keep it, else installed in the way the machine knows."""

import os
import subprocess
from pathlib import Path

import pytest

from launch import chromium
from launch.environment import Environment


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any browser."""
    monkeypatch.delenv("CARNET_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "MAC", ())
    monkeypatch.setattr(chromium, "WINDOWS", ())
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "_held_by_playwright", lambda environment: None)


def test_the_one_that_is_told_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARNET_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/bin/{name}")
    assert chromium.find() == "/bin/chromium"
    (tmp_path / "mine").write_text("", encoding="utf-8")
    monkeypatch.setenv("CARNET_CHROMIUM", str(tmp_path / "mine"))
    assert chromium.find() == str(tmp_path / "mine")


def test_none_is_none(bare: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    assert chromium.find_or_install(Environment()) is None
    assert ran[-1][1:] == ["-m", "playwright", "install", "chromium"]


def test_root_on_debian_installs_the_package(bare: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(
        chromium.shutil,
        "which",
        lambda name: (
            "/usr/bin/apt-get"
            if name == "apt-get"
            else "/usr/bin/chromium"
            if name == "chromium" and len(ran) == 2
            else None
        ),
    )
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    assert chromium.find_or_install(Environment()) == "/usr/bin/chromium"
    assert [command[1] for command in ran] == ["update", "install"]
