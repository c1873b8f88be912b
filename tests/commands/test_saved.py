"""Lists on the command line: every format by its name, narrowed as on the screen, refused in one sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from segmentation.i18n import words
from segmentation.lists.options import options_from_json
from segmentation.workspace import Workspace
from tests.commands.test_commands import Told, base, run, write

__all__ = ["base", "run"]
PEOPLE = "Id;Prénom;Nom;E-mail;Adresse;CP;Ville;Newsletter\n" + "".join(
    f"C{n};P{n};N{n // 2};p{n}@example.org;{n // 2} rue A;69003;{'Lyon' if n < 8 else 'Paris'};oui\n"
    for n in range(20)
)
"""Twenty people in ten homes of two; eight are of Lyon."""


@pytest.fixture
def shop(base: Path, tmp_path: Path, run: Told) -> Path:
    run("import", write(tmp_path, PEOPLE, "f.csv"))
    run("segments", "save", "Tous", write(tmp_path, {"all": []}))
    run("segments", "save", "Lyon", write(tmp_path, {"field": "city", "op": "is", "value": "Lyon"}))
    return tmp_path


@pytest.mark.parametrize(
    ("form", "delimiter", "first"),
    [
        ("csv", ";", "N° client"),
        ("brevo", ";", "EMAIL"),
        ("mailchimp", ",", "Email Address"),
        ("hubspot", ",", "Email"),
    ],
)
def test_a_csv_of_each_tool(shop: Path, run: Told, form: str, delimiter: str, first: str) -> None:
    done = run.json("segments", "export", "tous", "--to", shop / "l.csv", "--format", form)
    assert (done["rows"], done["format"], done["channel"]) == (20, form, "email")
    with (shop / "l.csv").open(encoding="utf-8-sig", newline="") as out:
        rows = list(csv.reader(out, delimiter=delimiter))
    assert (rows[0][0], len(rows)) == (first, 21)


def test_narrowed_as_on_the_screen(shop: Path, run: Told) -> None:
    asked = ("--channel", "post", "--format", "mailmerge", "--without", "lyon", "--one-per", "household",
             "--control", "50", "--control-by", "value_tier", "--seed", "4", "--quiet-days", "7")  # fmt: skip
    done = run.json("segments", "export", "tous", "--to", shop / "l.xlsx", *asked)
    assert done["exclusions"] == {"without": 8, "household": 6, "control": 3}
    assert (done["rows"], done["control"], done["members"]) == (3, 3, 20)
    sheet = openpyxl.load_workbook(shop / "l.xlsx").worksheets[0]
    assert sheet["A1"].value == words("fr")("list.merge.recipient")
    same = run.json("segments", "export", "tous", "--to", shop / "m.xlsx", *asked)
    assert (same["rows"], same["exclusions"]) == (done["rows"], done["exclusions"])
    assert "3" in run("segments", "export", "tous", "--to", shop / "n.xlsx", *asked)


def test_promotions_leave_partners_and_friends_out_unless_asked(
    base: Path, tmp_path: Path, run: Told
) -> None:
    told = ["client", "partenaire", "ami", "fournisseur", "ancien collègue", "client"]
    people = "".join(f"C{n};P{n};p{n}@example.org;{said};oui\n" for n, said in enumerate(told))
    run("import", write(tmp_path, "Id;Prénom;E-mail;Relation;Newsletter\n" + people, "g.csv"))
    run("segments", "save", "Tous", write(tmp_path, {"all": []}))

    def exported(*asked: str) -> dict[str, object]:
        done = run.json("segments", "export", "tous", "--to", tmp_path / "l.csv", *asked)
        return {name: done[name] for name in ("rows", "exclusions")}

    assert exported() == {"rows": 2, "exclusions": {"outside": 4}}
    assert exported("--channel", "email", "--with-outsiders") == {"rows": 6, "exclusions": {}}
    assert exported("--channel", "none") == {"rows": 6, "exclusions": {}}
    with Workspace.open(base) as workspace:
        kept = [options_from_json(export.options).outsiders for export in reversed(workspace.exports())]
    assert kept == [False, True, False]


@pytest.mark.parametrize(
    "asked",
    [
        ("l.xlsx", "--format", "brevo"),
        ("l.csv", "--format", "mailmerge"),
        ("l.csv", "--format", "mailchimp", "--channel", "sms"),
        ("l.csv", "--without", "nowhere"),
        ("l.csv", "--control", "80"),
        ("l.csv", "--quiet-days", "-1"),
        ("l.pdf",),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_file(
    base: Path, shop: Path, run: Told, asked: tuple[str, ...]
) -> None:
    assert run.error("segments", "export", "tous", "--to", shop / asked[0], *asked[1:])
    assert not (shop / asked[0]).exists()
    with Workspace.open(base) as workspace:
        assert workspace.exports() == ()
