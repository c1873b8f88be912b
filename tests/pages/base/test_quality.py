"""Quality: a score with its formula, repairs that can be undone, duplicates merged or told apart."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.i18n import LANGUAGES
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, ROOT, press, said, screen

TWICE = (
    "Prénom;Nom;E-mail;Code postal;Date de naissance\n"
    "Ana;Roux;ana@gmial.com;69003;05/06/1980\n"
    "Ana;Roux;;69003;05/06/1980\n"
    "Bob;Noir;bob@example.com;33000;\n"
    "Bob;Noire;;33000;\n"
)
Show = Callable[..., AppTest]


def draw(lang: str = "fr") -> AppTest:
    app = screen("pages.base.quality", lang)
    assert not app.exception
    return app


@pytest.fixture
def twice(base: Path) -> Path:
    with Workspace.open(base) as workspace:
        bring(workspace, TWICE)
    return base


def people(base: Path) -> list[tuple[object, ...]]:
    with Workspace.open(base) as workspace:
        sql = "SELECT contact_id, email FROM contacts WHERE live ORDER BY 1"
        return workspace.database.run(Statement(sql)).rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_base_teaches(base: Path, lang: str) -> None:
    app = draw(lang)
    assert len(app.info) == 1 and not app.metric
    assert not RAW_KEY.search(said(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_score_says_how_it_is_made(twice: Path, lang: str) -> None:
    app = draw(lang)
    assert len(app.metric) == 5
    text = said(app)
    assert not RAW_KEY.search(text)
    assert {"fr": "moyenne de ses 3 parties", "en": "average of its 3 parts"}[lang] in text
    assert {"fr": "même date de naissance", "en": "same date of birth"}[lang] in text


def test_merge_all_certain_then_undo(twice: Path) -> None:
    app = press(draw(), "Fusionner le doublon certain")
    assert not app.exception
    assert [number for number, _ in people(twice)] == [1, 3, 4]
    app = press(app, "Annuler")
    assert [number for number, _ in people(twice)] == [1, 2, 3, 4]


def test_not_the_same_is_remembered_until_undone(twice: Path) -> None:
    app = draw()
    (button,) = [one for one in app.button if one.key == "quality_apart_3_4"]
    app = button.click().run()
    assert not app.exception
    assert not [one for one in app.button if one.key == "quality_apart_3_4"]
    app = press(app, "Annuler")
    assert [one for one in app.button if one.key == "quality_apart_3_4"]


def test_a_value_of_the_reader_is_kept(twice: Path) -> None:
    app = draw()
    (choice,) = [one for one in app.radio if str(one.key) == "quality_choice_3_4_last_name"]
    app = choice.set_value(3).run()
    (button,) = [one for one in app.button if one.key == "quality_merge_3_4"]
    app = button.click().run()
    assert not app.exception
    with Workspace.open(twice) as workspace:
        sql = "SELECT last_name FROM contacts WHERE live AND contact_id = 3"
        assert workspace.database.run(Statement(sql)).rows == [("Noir",)]


def test_addresses_are_corrected_when_asked_and_given_back(twice: Path) -> None:
    app = press(draw(), "Corriger cette adresse")
    assert people(twice)[0] == (1, "ana@gmail.com")
    app = press(app, "Annuler")
    assert not app.exception
    assert people(twice)[0] == (1, "ana@gmial.com")


def test_towns_are_corrected_when_asked(base: Path) -> None:
    with Workspace.open(base) as workspace:
        bring(workspace, "Prénom;Nom;E-mail;Ville;Code postal\nAna;Roux;a@example.com;Lyonn;69003\n")
    app = press(draw(), "Corriger cette ville")
    assert not app.exception
    with Workspace.open(base) as workspace:
        assert workspace.database.run(Statement("SELECT city FROM contacts")).rows == [("Lyon",)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_has_is_one_line_with_the_file_that_brings_it(base: Path, lang: str) -> None:
    with Workspace.open(base) as workspace:
        bring(workspace, "N° client;Ville;Newsletter\nC1;Lyon;oui\nC2;Paris;oui\n")
    app = draw(lang)
    told = {"fr": "prénom, nom, e-mail", "en": "first name, last name, e-mail"}[lang]
    assert told in said(app)
    keys = [str(one.key) for one in app.button]
    assert "quality_bring" in keys and not [key for key in keys if key.startswith("quality_list_")]


def test_who_cannot_be_written_to_is_a_file_to_correct(base: Path) -> None:
    with Workspace.open(base) as workspace:
        bring(
            workspace,
            "Prénom;Nom;E-mail;Code postal;Newsletter\nAna;Roux;ana@nulle part;;\n"
            "Bob;Noir;bob@example.com;;oui\nEva;Blanc;;69003;\n",
        )
    labels = {str(one.key): one.label for one in draw().button}
    assert labels["quality_list_no_way"] == "Fichier de travail"
    assert labels["quality_list_missing_email"] == "Fichier de travail"
    assert labels["quality_list_missing_postal_code"] == "Préparer la liste"


def test_it_is_in_the_menu() -> None:
    assert "quality.render" in (ROOT / "app.py").read_text(encoding="utf-8")


def test_a_large_base_offers_to_look_for_duplicates(twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("segmentation.reports.quality"), "LARGE", 1)
    app = draw()
    assert "La note n’en tient pas compte" in said(app)
    app = press(app, "Chercher les doublons")
    assert not app.exception
    assert "Fusionner le doublon certain" in [button.label for button in app.button]
