"""The command line as a person or a script meets it: answers, JSON, one sentence per error, exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from segmentation.__main__ import main
from segmentation.store.journal import read_exports
from segmentation.workspace import Workspace, demo

CONTACTS = (
    "Id;Nom;E-mail;Ville;Truc;Truc;\nC1;Dupont;ana@example.org;Lyon;a;b;c\nC2;Œuf;;Paris;;;\nTotal;;;;;;2\n"
)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "base.duckdb"
    monkeypatch.setenv("CARNET_BASE", str(path))
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    return path


class Told:
    """Runs commands and reads what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: object) -> str:
        assert main([str(argument) for argument in arguments]) == 0, self.capsys.readouterr().err
        return self.capsys.readouterr().out.strip()

    def json(self, *arguments: object) -> dict[str, Any]:
        answer = json.loads(self(*arguments, "--json"))
        assert isinstance(answer, dict)
        return answer

    def error(self, *arguments: object) -> str:
        assert main([str(argument) for argument in arguments]) == 1
        out, err = self.capsys.readouterr()
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        return err.strip()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(capsys)


def write(folder: Path, content: object, name: str = "c.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_import_answers_as_promised(base: Path, tmp_path: Path, run: Told) -> None:
    file = write(tmp_path, CONTACTS, "f.csv")
    tried = run.json("import", file, "--dry-run")
    assert not base.exists(), "a try makes no base"
    done = run.json("import", file, "--consent", "customer", "--source", "shop")
    assert list(done) == [
        *(
            "kind",
            "source",
            "encoding",
            "delimiter",
            "header_row",
            "rows_read",
            "rows_loaded",
            "rows_rejected",
        ),
        *("new", "updated", "unchanged", "merged", "mapping", "contacts", "import_id"),
        *("consent", "like_import", "consent_not_taken", "returns", "remarks_refuse"),
    ]
    assert done["rows_read"] == done["rows_loaded"] + done["rows_rejected"] == 3
    assert done["rows_loaded"] == done["new"] + done["updated"] + done["unchanged"] + done["merged"] == 2
    assert (done["kind"], done["source"], done["delimiter"], done["header_row"]) == (
        "contacts",
        "shop",
        ";",
        1,
    )
    assert done["mapping"] == {
        "Id": "contact_id",
        "Nom": "last_name",
        "E-mail": "email",
        "Ville": "city",
        "Truc": None,
        "Truc (2)": None,
        "G": None,
    }
    assert (done["contacts"], done["import_id"]) == (2, 1)
    assert {**tried, "source": "shop", "import_id": 1, "consent": "customer"} == done
    again = run.json("import", file, "--source", "shop")
    assert (again["unchanged"], again["new"], again["contacts"]) == (2, 0, 2)
    reach = run.json("count", write(tmp_path, {"all": []}))["reachable"]
    assert reach == {"email": 1, "sms": 0, "phone": 0, "post": 0}


def test_a_mapping_file_decides(base: Path, tmp_path: Path, run: Told) -> None:
    file = write(tmp_path, CONTACTS, "f.csv")
    mapping = write(tmp_path, {"Ville": None, "Truc": "tags", "Truc (2)": "-", "Nom": "contacts.first_name"})
    done = run.json("import", file, "--mapping", mapping)
    assert {name: done["mapping"][name] for name in ("Ville", "Truc", "Truc (2)", "Nom")} == {
        "Ville": None,
        "Truc": "tags",
        "Truc (2)": "-",
        "Nom": "first_name",
    }
    assert "Pays" in run.error("import", file, "--mapping", write(tmp_path, {"Pays": "country"}))
    assert "nope" in run.error("import", file, "--mapping", write(tmp_path, {"Ville": "nope"}))
    assert run.error("import", file, "--mapping", write(tmp_path, "[1"))


def test_read_gives_the_table_before_any_cleaning(base: Path, tmp_path: Path, run: Told) -> None:
    file = tmp_path / "f.csv"
    text = 'Prénom;CP\r\n"Noël; ""dit €""";01000\r\nZoé;69003\r\nFrançoise;75001\r\n'
    file.write_bytes(text.encode("cp1252"))
    answer = run.json("read", file, "--out", tmp_path / "o.csv")
    assert answer == {
        "encoding": "cp1252",
        "delimiter": ";",
        "header_row": 1,
        "rows_read": 3,
        "rows_refused": 0,
    }
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as out:
        assert list(csv.reader(out)) == [
            ["Prénom", "CP"],
            ['Noël; "dit €"', "01000"],
            ["Zoé", "69003"],
            ["Françoise", "75001"],
        ]
    assert not base.exists()


def test_count_members_of_a_rule(base: Path, tmp_path: Path, run: Told) -> None:
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    lyon = {"field": "city", "op": "is", "value": "LYON"}
    asked = write(tmp_path, {"all": [lyon, {"not": {"field": "city", "op": "is", "value": "Paris"}}]})
    answer = run.json("count", asked)
    assert answer["count"] == 1
    assert {node["path"]: (node["count"], node["without"]) for node in answer["nodes"]} == {
        "": (1, 2),
        "all.0": (1, 1),
        "all.1": (1, 1),
        "all.1.not": (1, 1),
    }
    assert run("count", asked).startswith("1 contact\n")
    assert run("--lang", "en", "count", asked).splitlines()[-1] == "  rule all.1.not: 1 · without it: 1"


def test_explain_says_the_value_and_its_row(base: Path, tmp_path: Path, run: Told) -> None:
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    asked = write(
        tmp_path,
        {"any": [{"field": "city", "op": "is", "value": "Lyon"}, {"field": "age", "op": ">", "value": 3}]},
    )
    for contact in ("1", "ANA@example.org", "C1"):
        answer = run.json("explain", contact, asked)
        assert (answer["contact_id"], answer["member"]) == (1, True)
    nodes = {node["path"]: node for node in answer["nodes"]}
    assert (nodes["any.0"]["truth"], nodes["any.0"]["value"]) == (True, "Lyon")
    assert (nodes["any.0"]["origin"]["file_name"], nodes["any.0"]["origin"]["row_number"]) == ("f.csv", 2)
    assert nodes["any.1"]["truth"] is None
    assert "nobody" in run.error("explain", "nobody@example.org", asked)


def test_segments_are_saved_shown_and_refreshed(base: Path, tmp_path: Path, run: Told) -> None:
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    asked = write(tmp_path, {"field": "city", "op": "in", "value": ["Lyon", "Paris"]})
    assert run.json("segments", "save", "Rhône & Seine", asked)["count"] == 2
    assert run.json("segments", "save", "rhone & seine", asked)["version"] == 2
    (row,) = run.json("segments", "list")["segments"]
    assert (row["key"], row["version"]) == ("rhone-seine", 2)
    shown = run.json("segments", "show", "rhone-seine")
    assert shown["count"] == 2
    assert "Lyon" in shown["sentence"]
    assert run.json("segments", "refresh")["segments"][0]["count"] == 2
    assert "inconnu" in run.error("segments", "show", "inconnu")


def test_undo_backup_restore_check(base: Path, tmp_path: Path, run: Told) -> None:
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    run("backup", tmp_path / "copy.duckdb")
    assert run.json("undo") == {"import_id": 1, "touched": 2, "contacts": 0}
    assert "import" in run.error("undo")
    assert run.json("check") == {"ok": True, "problems": {}}
    assert run.json("restore", tmp_path / "copy.duckdb")["contacts"] == 2
    assert run.json("undo", 1)["contacts"] == 0
    assert "7" in run.error("undo", "7")


def test_rfm_never_writes(base: Path, tmp_path: Path, run: Told) -> None:
    lines = "".join(f"F{i};C{i % 9};{1 + i % 28:02d}/03/2024;{10 + i},50\n" for i in range(40))
    run("import", write(tmp_path, "N° commande;Id client;Date de commande;Montant TTC\n" + lines, "o.csv"))
    before = base.read_bytes()
    answer = run.json("rfm", "--as-of", "2024-03-31")
    assert list(answer) == ["as_of", "cuts", "segments"]
    assert (answer["as_of"], answer["cuts"]["derived"]) == ("2024-03-31", "2024-03-31")
    assert len(answer["segments"]) == 12
    assert sum(row["customers"] for row in answer["segments"]) == 9
    assert sum(row["orders"] for row in answer["segments"]) == 40
    assert sum(row["amount"] for row in answer["segments"]) == sum(10.5 + i for i in range(40))
    assert base.read_bytes() == before


def test_errors_are_one_sentence_and_nothing_changes(base: Path, tmp_path: Path, run: Told) -> None:
    everyone = write(tmp_path, {"all": []})
    assert base.name in run.error("count", everyone)
    assert not base.exists()
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    before = base.read_bytes()
    (tmp_path / "image.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    for arguments in (
        ("import", tmp_path / "none.csv"),
        ("import", write(tmp_path, "", "empty.csv")),
        ("import", tmp_path / "image.csv"),
        ("import", tmp_path),
        ("count", write(tmp_path, "{", "bad.json")),
        ("count", write(tmp_path, {"field": "nope", "op": "is", "value": 1}, "nope.json")),
        ("count", write(tmp_path, [], "list.json")),
        ("count", tmp_path / "none.json"),
        ("members", everyone, "--out", tmp_path / "x.pdf"),
        ("segments", "show", "none"),
        ("restore", tmp_path / "none.duckdb"),
        ("demo",),
    ):
        said = run.error(*arguments)
        assert said.endswith((".", ")")), said
        assert "Traceback" not in said
    assert base.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["count"],
        ["import", "f.csv", "--kind", "people"],
        ["--as-of", "09/12/2011", "rfm"],
        ["--lang", "de", "rfm"],
        ["undo", "first"],
        ["segments"],
        ["read", "f.csv"],
    ],
)
def test_wrong_usage_is_two(base: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert not base.exists()


def test_the_demo_fills_an_empty_base(base: Path, run: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "FILES", {"clients.csv": "contacts", "commandes.csv": "orders"})
    answer = run.json("demo")
    assert answer["contacts"] > 2900
    assert answer["imports"] == 2


def test_members_are_all_there_and_no_cell_runs(base: Path, tmp_path: Path, run: Told) -> None:
    text = (
        'Id;Nom;Téléphone;Note;"=x()"\nC1;=1+1;0639980001;@SUM(1);a\nC2;Œuf;;-3,5;b\nC3;Le Gall;;bonjour;c\n'
    )
    run("import", write(tmp_path, text, "f.csv"), "--consent", "no")
    everyone = write(tmp_path, {"all": []})
    assert run.json("members", everyone, "--out", tmp_path / "o.csv")["count"] == 3
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as out:
        rows = list(csv.DictReader(out))
    assert [row["external_id"] for row in rows] == ["C1", "C2", "C3"]
    assert [row["last_name"] for row in rows] == ["'=1+1", "Œuf", "Le Gall"]
    assert (
        next(value for name, value in rows[0].items() if name in ("mobile", "phone") and value)
        == "+33639980001"
    )
    assert run.json("members", everyone, "--out", tmp_path / "o.xlsx")["count"] == 3
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert "=1+1" in {cell.value for cell in cells}


def test_an_export_holds_only_those_the_channel_may_reach_and_is_journalled(
    base: Path, tmp_path: Path, run: Told
) -> None:
    head = "Id;Nom;E-mail;Newsletter\n"
    text = head + "C1;A;a@example.org;oui\nC2;B;b@example.org;non\nC3;C;c@example.org;\nC4;D;;oui\n"
    run("import", write(tmp_path, text, "f.csv"))
    run("segments", "save", "Tous", write(tmp_path, {"all": []}))
    done = run.json("segments", "export", "tous", "--to", tmp_path / "l.csv", "--channel", "email")
    assert (done["rows"], done["members"], done["export_id"]) == (1, 4, 1)
    with (tmp_path / "l.csv").open(encoding="utf-8-sig", newline="") as out:
        rows = list(csv.DictReader(out, delimiter=";"))
    assert [(row["N° client"], row["E-mail"]) for row in rows] == [("C1", "a@example.org")]
    assert "Tous" in run.error("segments", "export", "tous", "--to", tmp_path / "l.csv", "--channel", "sms")
    assert run.error("segments", "export", "tous", "--to", tmp_path / "l.pdf")
    with Workspace.open(base) as workspace:
        (export,) = read_exports(workspace.database)
    assert (export.channel, export.rows, export.file_name) == ("email", 1, "l.csv")
    assert export.exclusions == {"unknown": 1, "opposed": 1, "invalid": 1}


def test_undo_keeps_the_refusals_of_who_left_unless_told_otherwise(
    base: Path, tmp_path: Path, run: Told
) -> None:
    run("import", write(tmp_path, CONTACTS, "f.csv"))
    for number, option, kept in ((2, [], True), (4, ["--refusals", "forget"], False)):
        run("import", write(tmp_path, "E-mail\nana@example.org\n", "desabonnes.csv"), "--consent", "no")
        last = run.json("undo", *option)
        assert last["refusals"]["kept"] is kept
        assert (last["import_id"], last["refusals"]["people"]) == (number, 1)
        if kept:
            run("undo", 3, "--refusals", "forget")
