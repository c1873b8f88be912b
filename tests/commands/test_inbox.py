"""``import --inbox``: every file of the folder, with the choices of last time; what is refused stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation.__main__ import main

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
