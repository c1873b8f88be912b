"""``import --inbox``: every file of the folder, with the choices of last time; what is refused stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation.__main__ import main
from segmentation.workspace import inbox

MAY = "Prénom;Nom;E-mail\nAna;Roux;ana@example.com\n"
JUNE = "Prénom;Nom;E-mail\nEva;Bleu;eva@example.com\n"


def test_files_come_in_and_move_and_the_refused_one_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, place = tmp_path / "base.duckdb", tmp_path / "inbox"
    place.mkdir()
    run = ["--base", str(base), "--lang", "fr"]
    assert main([*run, "import", "--inbox"]) == 0
    assert "Aucun fichier" in capsys.readouterr().out
    (place / "mai.csv").write_text(MAY, encoding="utf-8")
    assert main([*run, "--json", "import", "--inbox", "--consent", "customer", "--source", "caisse"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["new"] == 1
    (place / "juin.csv").write_text(JUNE, encoding="utf-8")
    (place / "vide.csv").write_text("", encoding="utf-8")
    assert main([*run, "--json", "import", "--inbox"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["source"], one["like_import"]) for one in said["files"]] == [
        ("juin.csv", "caisse", 1)
    ]
    assert [one["name"] for one in said["refused"]] == ["vide.csv"] and said["refused"][0]["reason"]
    assert said["contacts"] == 2
    assert {path.name for path in (place / "done").iterdir()} == {"mai.csv", "juin.csv"}
    assert (place / "vide.csv").exists()
    everyone = tmp_path / "everyone.json"
    everyone.write_text('{"all": []}', encoding="utf-8")
    assert main([*run, "--json", "count", str(everyone)]) == 0
    assert json.loads(capsys.readouterr().out)["reachable"]["email"] == 2


def test_without_a_file_it_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--base", str(tmp_path / "b.duckdb"), "--lang", "en", "import"]) == 1
    assert "--inbox" in capsys.readouterr().err


def test_a_yes_of_before_needs_to_be_said_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, run = tmp_path / "salon.csv", ["--base", str(tmp_path / "b.duckdb"), "--lang", "en"]
    file.write_text(MAY, encoding="utf-8")
    assert main([*run, "import", str(file), "--consent", "yes", "--source", "salon"]) == 0
    file.write_text(JUNE, encoding="utf-8")
    capsys.readouterr()
    assert main([*run, "import", str(file), "--dry-run"]) == 0
    assert "--consent yes" in capsys.readouterr().out
    assert main([*run, "--json", "import", str(file), "--dry-run", "--consent", "yes"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["consent"], said["consent_not_taken"]) == ("yes", None)
    assert main([*run, "--json", "import", str(file)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["source"], said["consent"], said["consent_not_taken"]) == ("salon", None, "yes")


def test_a_file_that_cannot_be_moved_is_in_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "inbox"
    place.mkdir()
    monkeypatch.setattr(inbox, "put_away", _full)
    (place / "juin.csv").write_text(JUNE, encoding="utf-8")
    (place / "mai.csv").write_text(MAY, encoding="utf-8")
    assert main(["--base", str(tmp_path / "b.duckdb"), "--lang", "en", "import", "--inbox"]) == 0
    said = capsys.readouterr().out
    assert "juin.csv was imported, but could not be moved" in said
    assert "mai.csv was imported, but could not be moved" in said


def _full(path: Path) -> Path:
    """A disk that takes no file any more."""
    raise OSError(28, "No space left on device", str(path))


@pytest.mark.parametrize(("remark", "told"), [("ne veut plus de courrier", True), ("fidèle", False)])
def test_a_remark_that_refuses_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], remark: str, told: bool
) -> None:
    file, run = tmp_path / "clients.csv", ["--base", str(tmp_path / "b.duckdb")]
    file.write_text(f"Nom;E-mail;Remarques\nRoux;a@example.com;{remark}\nBleu;b@example.com;\n", "utf-8")
    for lang, line in (("fr", "Des remarques disent"), ("en", "Some remarks say")):
        assert main([*run, "--lang", lang, "import", str(file), "--dry-run"]) == 0
        assert (line in capsys.readouterr().out) is told
    assert main([*run, "--json", "import", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["remarks_refuse"] is told
