"""Collect: what to ask and whom, a form that keeps its choices, a person at the counter, a dated routine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.collect import wishes
from segmentation.i18n import LANGUAGES
from segmentation.workspace import Workspace
from tests.pages.conftest import RAW_KEY, ROOT, press, said, screen


def draw(lang: str = "fr") -> AppTest:
    app = screen("pages.base.collect", lang)
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_speaks_the_language(full: Path, lang: str) -> None:
    app = draw(lang)
    assert not RAW_KEY.search(said(app))
    assert {"fr": "La date de naissance", "en": "The date of birth"}[lang] in said(app)
    assert len([one for one in app.button if str(one.key).startswith("routine_done")]) == 6


def place_of_tabs(app: AppTest) -> list[int]:
    """Where the tabs stand among the parts of the screen."""
    return [place for place, part in app.main.children.items() if part.type == "tab_container"]


def test_an_empty_base_teaches(base: Path) -> None:
    app = draw()
    assert "Importez d’abord" in said(app)
    assert "collect_import" in [one.key for one in app.button]


def test_without_a_sale_nobody_is_called_an_active_customer(full: Path) -> None:
    assert "clients actifs" not in said(draw()).lower()


def test_a_person_is_entered_with_their_agreement_and_taken_back(full: Path) -> None:
    app = draw()
    app.text_input(key="counter_first_name_0").set_value("Nina")
    app.text_input(key="counter_email_0").set_value("nina@example.com")
    app.checkbox(key="counter_yes_email_0").set_value(True)
    (before,) = place_of_tabs(app)
    app = press(app, "Enregistrer cette personne")
    assert not app.exception and "Nouveau contact" in said(app)
    assert place_of_tabs(app) == [before], "the browser would go back to the first tab"
    with Workspace.open(full) as base:
        assert base.contacts == 4
        sheet = base.report("contact", contact=4).sheets["consents"]
        (email,) = [row for row in sheet.rows if row[0] == "email"]
        assert email[1:4] == ("yes", date.today(), "Formulaire du comptoir")
        assert "par e-mail" in str(email[4])
    press(app, "Annuler")
    with Workspace.open(full) as base:
        assert base.contacts == 3


def test_the_form_and_the_routine_are_kept(full: Path) -> None:
    app = draw()
    app = app.multiselect(key="collect_fields").set_value(["email", "interests"]).run()
    assert [one.key for one in app.text_input if str(one.key).startswith("counter_")] == [
        "counter_email_0",
        "counter_interests_0",
    ]
    app = app.button(key="routine_done_ask_True").click().run()
    assert not app.exception
    with Workspace.open(full) as base:
        assert base.settings.get("routine") == {"ask": date.today().isoformat()}
        assert base.settings.get("form")["fields"] == ["email", "interests"]
    app.button(key="routine_done_ask_False").click().run()
    with Workspace.open(full) as base:
        assert base.settings.get("routine") == {}


def test_it_is_in_the_menu() -> None:
    assert "collect.render" in (ROOT / "app.py").read_text(encoding="utf-8")


def test_a_refusal_that_stays_is_named(full: Path) -> None:
    app = draw()
    app.text_input(key="counter_first_name_0").set_value("Zoé")
    app.text_input(key="counter_email_0").set_value("zoe@example.com")
    app.checkbox(key="counter_yes_email_0").set_value(True)
    app = press(app, "Enregistrer cette personne")
    assert not app.exception
    assert "sauf l’accord donné ici pour E-mail" in said(app)
    app.text_input(key="counter_email_1").set_value("pas un mail")
    app = press(app, "Enregistrer cette personne")
    assert [one.value.split(" ne peut")[0] for one in app.error] == ["« pas un mail »"]


def test_ways_that_count_somebody_twice_say_so(full: Path) -> None:
    draw()
    assert "plusieurs fois" not in wishes._ways(3, {"email": 2, "sms": 0}, 1)
    assert "1 par SMS" in wishes._ways(3, {"email": 3, "sms": 1}, 0)
    assert "plusieurs fois" in wishes._ways(3, {"email": 3, "sms": 1}, 0)
