"""`start.py` itself: any folder, any Python, nothing but the standard library before the set-up."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.environment import ROOT


def command(*words: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "start.py", *words],
        cwd=folder,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("lang", "opening"), [("fr_FR.UTF-8", "Je ne comprends pas"), ("en_GB.UTF-8", "I do not understand")]
)
def test_it_works_from_any_folder_in_two_languages(tmp_path: Path, lang: str, opening: str) -> None:
    done = command("--wrong", folder=tmp_path, LC_ALL=lang)
    assert done.returncode == 2
    assert done.stderr.startswith(opening) and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("lang", "opening"),
    [("fr_FR.UTF-8", "Carnet demande Python 3.11"), ("en_US.UTF-8", "Carnet needs Python 3.11")],
)
def test_an_old_python_is_refused_in_one_sentence(tmp_path: Path, lang: str, opening: str) -> None:
    old = f"""
import sys, runpy
sys.version_info = (3, 9, 2, "final", 0)
runpy.run_path({str(ROOT / "start.py")!r}, run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", old],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": lang},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(opening) and "3.9" in done.stderr and done.stderr.count("\n") == 1


def test_an_old_python_can_read_it() -> None:
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)], "no f-string"


@pytest.mark.parametrize(
    "file", [ROOT / "start.py", *sorted((ROOT / "launch").glob("*.py"))], ids=lambda f: f.name
)
def test_it_imports_the_standard_library_only(file: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"launch", "msvcrt"}
    if file.name == "first_session.py":  # run by the environment's own Python
        allowed |= {"websockets"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {name.name.split(".")[0] for name in node.names} <= allowed
        if isinstance(node, ast.ImportFrom):
            assert str(node.module).split(".")[0] in allowed


def test_the_files_to_double_click_lead_here() -> None:
    assert "start.py %*" in (ROOT / "start.bat").read_text(encoding="utf-8")
    assert b"\r\n" in (ROOT / "start.bat").read_bytes(), "cmd.exe misreads labels without CRLF"
    assert 'start.py "$@"' in (ROOT / "start.command").read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(ROOT / "start.command", os.X_OK)


def test_ci_calls_exactly_the_checks() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert last == "exec python3 start.py test"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_is_exact_hashed_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    pins = [block for block in text.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    assert len(pins) > 15
    for pin in pins:
        assert "==" in pin.split(";")[0] and pin.count("--hash=sha256:") >= 2, pin[:60]
