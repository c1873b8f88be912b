"""Bad files on the command line: one sentence in the language asked, exit 1, not a byte of the base moves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from segmentation.__main__ import main
from segmentation.i18n import LANGUAGES, words
from segmentation.intake.read.limits import MAX_DISK_BYTES
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bad_files import BAD_FILES, BadFile

HOSTILE = (
    'Prénom;E-mail;"""; drop table contacts; --";<script>x</script>;{{7*7}}\r\n'
    '<img src=x onerror=alert(1)>;a@example.com;"\'; delete from contacts; --";=1+1;%s\r\n'
    "![](http://evil.test/x.png);b@example.com;b;@SUM(1);${x}\r\n"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a base with two contacts, which nothing of this file may change."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "first.csv").write_text("Prénom;E-mail\nAna;ana@example.com\nBob;bob@example.com\n")
    assert main(["--base", str(folder / "base.duckdb"), "import", str(folder / "first.csv")]) == 0
    return folder / "base.duckdb"


def first_words(code: str, lang: str) -> str:
    """The sentence of a code up to its first blank."""
    return words(lang)(code, columns="{", rows="{", most="{").split("{")[0]


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_bad_file_gives_its_sentence_and_nothing_moves(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: BadFile
) -> None:
    (tmp_path / bad.name).write_bytes(bad.content)
    before = base.read_bytes()
    for lang in LANGUAGES:
        capsys.readouterr()
        assert main(["--base", str(base), "--lang", lang, "import", str(tmp_path / bad.name)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert first_words(bad.code, lang) in err
    assert base.read_bytes() == before
    assert not list(base.parent.glob(".base.duckdb.work/*"))


def test_a_file_above_the_limit_is_refused_before_it_is_read(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "grand.csv"
    with path.open("wb") as file:
        file.write(b"Nom;E-mail\r\n")
        file.truncate(MAX_DISK_BYTES + 10_000_000)
    before = base.read_bytes()
    capsys.readouterr()
    assert main(["--base", str(base), "--lang", "fr", "import", str(path)]) == 1
    assert "2000 Mo" in capsys.readouterr().err
    assert base.read_bytes() == before


def test_hostile_names_are_only_names(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, path = shutil.copy(base, tmp_path / "copy.duckdb"), tmp_path / "hostile.csv"
    path.write_text(HOSTILE, encoding="utf-8")
    capsys.readouterr()
    assert main(["--base", str(base), "--json", "import", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows_loaded"], told["contacts"]) == (2, 4)
    assert '"; drop table contacts; --' in told["mapping"]
    with Workspace.open(base) as workspace:
        assert workspace.check() == {}
        names = {row[0] for row in workspace.database.run(Statement("SELECT first_name FROM contacts")).rows}
        asked = workspace.database.run(Statement("SELECT header FROM user_columns")).rows
    assert "<img src=x onerror=alert(1)>" in {name.lower() for name in names if name}
    assert ('"; drop table contacts; --',) in asked
