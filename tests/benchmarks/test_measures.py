"""The benchmark runs at a tiny size, agrees with hand-written SQL on every answer, and can disagree."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.__main__ import BASE, RAW, Measures, main, measure
from benchmarks.edits import Disagreement, answers
from benchmarks.generate import LAST_DAY, Scale
from benchmarks.imports import old_spreadsheet
from benchmarks.questions import QUESTIONS
from benchmarks.tables import edit_table, import_table

SCALE = Scale(1_500, 6_000, 20_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("measured")


@pytest.fixture(scope="module")
def made(folder: Path) -> Measures:
    with pytest.MonkeyPatch.context() as here:
        here.setattr("benchmarks.imports.apart", lambda work, *args: work(*args))  # one process, for speed
        return measure(folder, SCALE, turns=1)


def test_every_import_is_measured_whole(made: Measures) -> None:
    rows = {one.name: one.rows for one in made.imports}
    assert rows["contacts"] == rows["contacts_xlsx"] == 1_500
    assert (rows["orders"], rows["events"]) == (6_000, 20_000)
    stages = {
        "read",
        "recognise",
        "stage",
        "clean",
        "split",
        "match",
        "preview",
        "write",
        "fold",
        "refresh",
        "seal",
    }
    for one in made.imports:
        assert stages <= one.stages.keys(), one.name
        assert all(cost.cpu >= 0 and cost.wall >= 0 for cost in one.stages.values())
        assert one.plain.wall > 0 < one.memory


def test_every_question_is_answered_by_someone(made: Measures) -> None:
    assert [one.name for one in made.answers] == [question.name for question in QUESTIONS]
    assert all(0 < one.people < 1_500 for one in made.answers), [(o.name, o.people) for o in made.answers]
    assert made.edit is not None and made.edit.people > 0


def test_the_tables_show_every_measure(made: Measures) -> None:
    assert made.edit is not None
    lines = [*import_table(made.imports), *edit_table(made.answers, made.edit)]
    assert all(question.name in "\n".join(lines) for question in QUESTIONS)
    assert len({line.count("|") for line in import_table(made.imports)}) == 1
    json.dumps(asdict(made))


def test_another_answer_ends_the_run(made: Measures, folder: Path) -> None:
    wrong = replace(QUESTIONS[0], sql=QUESTIONS[1].sql)
    with pytest.raises(Disagreement, match=QUESTIONS[0].name):
        answers(folder / BASE, folder / RAW, date.fromisoformat(LAST_DAY), turns=1, questions=[wrong])


def test_the_old_spreadsheet_has_french_dates_and_bytes(made: Measures, folder: Path) -> None:
    old = old_spreadsheet(folder / "contacts.csv").read_bytes()
    new = (folder / "contacts.csv").read_text(encoding="utf-8").splitlines()[1]
    born = new.split(";")[11]
    assert f";{born[8:10]}/{born[5:7]}/{born[:4]};".encode() in old.splitlines()[1]
    assert "Prénom".encode("cp1252") in old


def test_the_command_prints_and_writes(
    folder: Path,
    made: Measures,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # a process that is started reads the main module again: no script of an earlier test may stand there
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    out = tmp_path / "measures.json"
    asked = [
        "--size",
        "tiny",
        "--part",
        "imports",
        "--kind",
        "contacts",
        "--data",
        str(tmp_path),
        "--json",
        str(out),
    ]
    monkeypatch.setattr("benchmarks.__main__.SCALES", {"tiny": Scale(300, 500, 500)})
    monkeypatch.setattr(sys, "argv", ["benchmarks", *asked])
    main()
    assert "read_csv" in capsys.readouterr().out
    assert [one["rows"] for one in json.loads(out.read_text())["imports"]] == [300]
