"""What is typed is understood, or refused in one sentence and a right exit code."""

import socket
from pathlib import Path

import pytest

from launch import command
from launch.command import Misuse, main, wishes
from launch.environment import ROOT, Environment


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)


def test_nothing_asked_is_the_usual_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARNET_BASE", raising=False)
    assert wishes([]) == command.Wishes(None, True, ROOT / "data" / "carnet.duckdb")


def test_every_option_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert wishes(["--port", "9000", "--no-browser", "--base", "b.duckdb"]) == command.Wishes(
        9000, False, tmp_path / "b.duckdb"
    )
    assert wishes(["--base=a=b.duckdb", "--port=1"]).base == tmp_path / "a=b.duckdb"
    monkeypatch.setenv("CARNET_BASE", "/elsewhere/c.duckdb")
    assert wishes([]).base == Path("/elsewhere/c.duckdb").absolute()


@pytest.mark.parametrize("number", ["0", "65536", "-1", "abc", "٣", ""])
def test_a_port_is_a_number(number: str) -> None:
    with pytest.raises(Misuse) as misuse:
        wishes(["--port", number])
    assert f"« {number} »" in misuse.value.said("fr")


@pytest.mark.parametrize("words", [["--prot", "1"], ["open"], ["--port"], ["--base"]])
def test_an_unknown_word_is_named_and_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert words[0] in said.err and "Usage" in said.err and said.out == ""
    assert said.err.count("\n") == 1


def test_help_names_the_three_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert "start.py run" in said and "start.py test" in said and "--no-browser" in said


def test_a_taken_port_is_refused_with_a_free_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "prepare", lambda self, say: pytest.fail("it must refuse before"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--no-browser", "--port", str(port), "--base", str(tmp_path / "b.duckdb")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Le port {port} est déjà pris") and "--port " in said
    assert said.count("\n") == 1


def test_the_usual_port_taken_moves_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, object]] = []
    monkeypatch.setattr(command.server, "is_free", lambda port: port != 8501)
    assert command._port(None, lambda key, **values: told.append((key, values["other"]))) == 8502
    assert told == [("port_moved", 8502)]


def test_a_base_already_open_in_carnet_gives_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.server, "already_open", lambda *_: "http://127.0.0.1:8599")
    assert main(["--no-browser", "--base", str(tmp_path / "b.duckdb")]) == 1
    assert "déjà ouvert sur cette base : http://127.0.0.1:8599" in capsys.readouterr().err
