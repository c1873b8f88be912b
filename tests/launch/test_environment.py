"""The environment is made once, and each thing that can go wrong has its own sentence."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from launch import environment
from launch.environment import Environment
from launch.words import SENTENCES, Refusal


def quiet(key: str, **values: object) -> None:
    assert key in SENTENCES


@pytest.fixture
def made(tmp_path: Path) -> Environment:
    """An environment without pip, its locks empty: quick to make, and real."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n", encoding="utf-8")
    held = Environment(tmp_path / ".venv", (lock,))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", held.folder], check=True)
    return held


def test_a_second_start_has_nothing_to_do(made: Environment) -> None:
    assert not made.is_ready()
    made.prepare(quiet)
    assert made.is_ready()
    made.log.unlink()
    made.prepare(quiet)
    assert not made.log.exists(), "it was installed again"


def test_another_lock_is_installed_again(made: Environment) -> None:
    made.prepare(quiet)
    made.locks[0].write_text("# changed\n", encoding="utf-8")
    assert not made.is_ready()


def test_the_checks_lock_is_asked_apart(made: Environment, tmp_path: Path) -> None:
    made.prepare(quiet)
    more = tmp_path / "requirements-dev.txt"
    more.write_text("# more\n", encoding="utf-8")
    both = Environment(made.folder, (*made.locks, more))
    assert not both.is_ready()
    both.prepare(quiet)
    assert both.is_ready() and made.is_ready()


def test_a_python_that_was_removed_is_seen(made: Environment) -> None:
    made.prepare(quiet)
    cfg = made.folder / "pyvenv.cfg"
    gone = [
        "home = " + str(made.folder / "gone") if line.startswith("home") else line
        for line in cfg.read_text(encoding="utf-8").splitlines()
    ]
    cfg.write_text("\n".join(gone), encoding="utf-8")
    assert not made.is_ready()
    made.prepare(quiet)
    assert made.is_ready()


def test_an_interrupted_install_leaves_no_stamp(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(self: Environment, say: environment.Say) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Environment, "_install", cut)
    with pytest.raises(KeyboardInterrupt):
        made.prepare(quiet)
    assert not made.is_ready()


@pytest.mark.parametrize("version", [(3, 11), (3, 12)])
def test_venv_missing_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int]
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(Refusal) as refusal:
        Environment(tmp_path / ".venv").prepare(quiet)
    assert f"sudo apt install python{version[0]}.{version[1]}-venv" in refusal.value.said("fr")
    assert not (tmp_path / ".venv").exists()


def test_uv_is_used_where_venv_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in for uv is Python itself, in a folder where its two sub-commands are files."""
    note = "import sys, pathlib\npathlib.Path('told').open('a').write(' '.join(sys.argv) + '\\n')\n"
    make = "import venv\nvenv.create('.venv', symlinks=sys.platform != 'win32')\n"
    (tmp_path / "venv").write_text(note + make, encoding="utf-8")
    (tmp_path / "pip").write_text(note, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: sys.executable if name == "uv" else None)
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n", encoding="utf-8")
    held = Environment(tmp_path / ".venv", (lock,))
    held.prepare(quiet)
    made, installed = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    assert made.startswith("venv") and made.endswith(str(held.folder))
    assert installed.startswith(f"pip install --python {held.python}")
    assert "--require-hashes" in installed and str(lock) in installed
    assert held.is_ready()


def test_without_network_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    lock = tmp_path / "requirements.txt"
    lock.write_text("absent==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    held = Environment(tmp_path / ".venv", (lock,))
    with pytest.raises(Refusal) as refusal:
        held.prepare(quiet)
    assert refusal.value.key == "network_missing"
    assert not held.is_ready()


@pytest.mark.parametrize(
    ("output", "key"),
    [
        ("OSError: [Errno 28] No space left on device", "disk_full"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "certificate"),
        ("socket.gaierror: [Errno 11001] getaddrinfo failed", "network_missing"),
        ("ERROR: No matching distribution found for duckdb==2.0.0", "no_component"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "install_failed"),
    ],
)
def test_what_the_installer_says_becomes_one_sentence(tmp_path: Path, output: str, key: str) -> None:
    refusal = Environment(tmp_path / ".venv")._refusal(output)
    assert refusal.key == key
    for lang in ("fr", "en"):
        assert "\n" not in refusal.said(lang) and "{" not in refusal.said(lang)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        Environment(tmp_path / "file" / ".venv").prepare(quiet)
    assert refusal.value.key == "not_writable"


def test_two_windows_install_one_after_the_other(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    installs, told = [], []

    def slow(self: Environment, say: environment.Say) -> None:
        installs.append(time.monotonic())
        time.sleep(0.4)

    monkeypatch.setattr(Environment, "_install", slow)
    windows = [
        threading.Thread(target=made.prepare, args=(lambda key, **_: told.append(key),)) for _ in range(2)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(installs) == 1
    assert told.count("waiting_other") == 1


def test_a_child_does_not_inherit_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    child = environment.clean_environ(CARNET_BASE="b")
    assert "PYTHONPATH" not in child and "PYTHONHOME" not in child
    assert child["CARNET_BASE"] == "b" and child["PYTHONUTF8"] == "1"
