"""A file of people who left is told by its name, its people are closed to what the name says, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.recognise.departures import closed_by
from segmentation.results import Statement
from segmentation.workspace import Workspace

ALL = ("email", "sms", "phone", "post")


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("désinscrits.csv", ("email", "sms")),
        ("Desabonnes 2024.xlsx", ("email", "sms")),
        ("unsubscribed_members_export_abc.csv", ("email", "sms")),
        ("cleaned_members_export_1.csv", ("email",)),
        ("suppression_bounces.csv", ("email",)),
        ("plaintes-spam.csv", ("email",)),
        ("Stop SMS.csv", ("sms",)),
        ("liste_noire.xlsx", ALL),
        ("Oppositions.csv", ALL),
        ("suppression_list.csv", ALL),
        ("subscribed_members_export.csv", ()),
        ("clients_cleaned.csv", ()),
        ("clients sans désinscrits.csv", ()),
        ("hors bounces.xls", ()),
        ("sans doublons ni désabonnés.csv", ()),
        ("antispam.csv", ()),
        ("clients.csv", ()),
    ],
)
def test_what_a_name_closes(name: str, channels: tuple[str, ...]) -> None:
    assert closed_by(name, None) == channels


def test_a_sheet_says_it_as_well() -> None:
    assert closed_by("clients.xlsx", "Blacklist") == ALL


@pytest.fixture
def base(tmp_path: Path) -> Workspace:
    (tmp_path / "clients.csv").write_text(
        "Email,Newsletter\nmarie@example.org,oui\njean@example.org,oui\n", encoding="utf-8"
    )
    (tmp_path / "desinscrits.csv").write_text("Email,Nom\nmarie@example.org,Durand\n", encoding="utf-8")
    return Workspace.open(tmp_path / "base.duckdb")


def brought(base: Workspace, path: Path, **more: object) -> None:
    table = base.read(path)
    base.commit(base.prepare(base.request(table, base.recognise(table), **more)))


def states(base: Workspace) -> dict[object, object]:
    sql = "SELECT email, state FROM consents JOIN contacts USING (contact_id) WHERE channel = 'email'"
    return dict(base.database.run(Statement(sql)).rows)


def test_its_people_are_opposed_without_a_word(base: Workspace, tmp_path: Path) -> None:
    with base:
        brought(base, tmp_path / "clients.csv")
        brought(base, tmp_path / "desinscrits.csv")
        assert states(base) == {"marie@example.org": "no", "jean@example.org": "yes"}


def test_another_answer_given_by_a_person_wins(base: Workspace, tmp_path: Path) -> None:
    with base:
        brought(base, tmp_path / "clients.csv")
        brought(base, tmp_path / "desinscrits.csv", consent=ConsentAnswer("unknown"))
        assert states(base)["marie@example.org"] == "yes"


def test_the_answers_of_a_like_file_never_reopen_those_who_left(base: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Email,Nom\nmarie@example.org,Durand\n", encoding="utf-8")
    with base:
        brought(base, tmp_path / "people.csv", consent=ConsentAnswer("customer"))
        table = base.read(tmp_path / "desinscrits.csv")
        seen = base.recognise(table)
        past = base.again(table)
        assert past is not None
        base.commit(base.prepare(base.request(table, seen, **past.decided(seen))))
        assert states(base) == {"marie@example.org": "no"}
        again = base.read(tmp_path / "people.csv")
        like = base.again(again)
        assert like is None or like.decided(base.recognise(again))["consent"] is None
