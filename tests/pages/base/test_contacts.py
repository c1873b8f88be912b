"""Contacts: found, opened, added, edited, tagged; each answer is in words, each edit can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.i18n import LANGUAGES
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, press, said

Show = Callable[..., AppTest]


def card(show: Show, number: int | str, lang: str = "fr") -> AppTest:
    app = show("contacts", lang)
    app.query_params["contact"] = str(number)
    app = app.run()
    assert not app.exception
    return app


def box(app: AppTest, label: str) -> object:
    (found,) = [one for one in app.text_input if one.label == label]
    return found


def tables(app: AppTest) -> str:
    return "\n".join(frame.value.to_string() for frame in app.dataframe)


def row(base: Path, contact: int, names: str) -> tuple[object, ...]:
    with Workspace.open(base) as workspace:
        sql = f"SELECT {names} FROM contacts WHERE contact_id = ?"
        return workspace.database.run(Statement(sql, (contact,))).rows[0]


def people(base: Path) -> int:
    with Workspace.open(base) as workspace:
        return workspace.contacts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_base_teaches(base: Path, show: Show, lang: str) -> None:
    app = show("contacts", lang)
    assert not app.exception
    assert len(app.info) == 1
    assert not app.text_input
    assert not RAW_KEY.search(said(app))
    assert {button.key for button in app.button} >= {"contacts_add", "contacts_import"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everyone_then_who_is_looked_for(full: Path, show: Show, lang: str) -> None:
    app = show("contacts", lang)
    assert not app.exception
    assert "3 contacts" in said(app)
    names = {
        "fr": ("Eloize", "s’en approche", "Personne ne répond"),
        "en": ("Eloize", "close", "Nobody matches"),
    }
    typed, close, nobody = names[lang]
    app = app.text_input[0].set_value(typed).run()
    assert close in said(app)
    (opening,) = [one for one in app.selectbox if str(one.key).startswith("contacts_open_")]
    assert [str(option) for option in opening.options] == ["Dupont Éloïse eloise@example.com"]
    app = app.text_input[0].set_value("![x](http://evil.test)").run()
    assert not app.exception
    assert nobody in said(app)
    assert "![x](" not in said(app)
    assert not RAW_KEY.search(said(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_where_each_value_comes_from(full: Path, show: Show, lang: str) -> None:
    app = card(show, 1, lang)
    assert app.title[0].value == "Éloïse Dupont"
    told = tables(app)
    assert {"fr": "clients.csv, ligne 2", "en": "clients.csv, row 2"}[lang] in told
    assert "69003" in told and "+33 6 39 98 00 01" in told
    assert {"fr": "A accepté", "en": "Said yes"}[lang] in told
    assert not RAW_KEY.search(said(app) + told)
    gaps = {"fr": "Date de naissance", "en": "Date of birth"}[lang]
    assert any(gaps.lower() in info.value.lower() for info in app.info)


@pytest.mark.parametrize("asked", ["99", "nobody@example.com", "<img src=x>", "-1", "9" * 40])
def test_a_card_of_nobody_leads_back(full: Path, show: Show, asked: str) -> None:
    app = card(show, asked)
    assert len(app.error) == 1
    app = press(app, "Tous les contacts")
    assert "3 contacts" in said(app)


def test_a_card_opens_by_its_address(full: Path, show: Show) -> None:
    assert card(show, "ZOE@example.com").title[0].value == "Zoé Martin"


def test_an_opened_card_leads_back_to_the_search(full: Path, show: Show) -> None:
    app = show("contacts").text_input[0].set_value("martin").run()
    (opening,) = [one for one in app.selectbox if str(one.key).startswith("contacts_open_")]
    app = opening.select(2).run()
    assert app.title[0].value == "Zoé Martin"
    app = press(app, "Tous les contacts")
    assert app.text_input[0].value == "martin"
    assert "1 contact trouvé" in said(app)


def test_a_contact_is_added_and_taken_back(full: Path, show: Show) -> None:
    app = press(show("contacts"), "Ajouter un contact")
    box(app, "Prénom").set_value("Anne")
    box(app, "E-mail").set_value("ANNE@example.com")
    box(app, "Mobile").set_value("06 39 98 00 55")
    app = press(app, "Enregistrer")
    assert not app.exception
    assert people(full) == 4
    assert row(full, 4, "first_name, email, mobile") == ("Anne", "anne@example.com", "+33639980055")
    assert app.title[0].value == "Anne"
    assert "Contact ajouté" in said(app)
    assert "saisi à la main" in tables(app)
    press(app, "Annuler")
    assert people(full) == 3


def test_who_is_there_already_is_named(full: Path, show: Show) -> None:
    app = press(show("contacts"), "Ajouter un contact")
    box(app, "E-mail").set_value("zoe@example.com")
    app = press(app, "Enregistrer")
    assert "Zoé Martin" in app.error[0].value
    app = press(app, "Ouvrir sa fiche")
    assert app.title[0].value == "Zoé Martin"
    assert people(full) == 3


def test_what_cannot_be_read_says_which_field(full: Path, show: Show) -> None:
    app = press(card(show, 1), "Modifier")
    box(app, "Date de naissance").set_value("hier")
    app = press(app, "Enregistrer")
    assert "Date de naissance" in app.error[0].value and "hier" in app.error[0].value
    app = press(card(show, 1), "Modifier")
    app = press(app, "Enregistrer")
    assert "Rien n’a changé" in app.error[0].value


def test_values_are_changed_erased_and_taken_back(full: Path, show: Show) -> None:
    app = press(card(show, 1), "Modifier")
    box(app, "Ville").set_value("Bron")
    box(app, "Mobile").set_value("")
    app = press(app, "Enregistrer")
    assert not app.exception
    assert row(full, 1, "city, mobile, last_name") == ("Bron", None, "Dupont")
    assert "2 valeurs modifiées" in said(app)
    app = press(app, "Annuler")
    assert row(full, 1, "city, mobile") == ("Lyon", "+33639980001")
    assert app.title[0].value == "Éloïse Dupont"


def test_a_country_is_read_and_written_in_the_reader_s_language(full: Path, show: Show) -> None:
    with Workspace.open(full) as workspace:
        workspace.edit_contact(1, {"country": "Suisse"})
        workspace.edit_contact(2, {"country": "Allemagne"})
    app = card(show, 1, "en")
    assert "Switzerland" in tables(app) and "Suisse" not in tables(app)
    app = press(app, "Edit")
    assert box(app, "Country").value == "Switzerland"
    box(app, "Country").set_value("Germany")
    app = press(app, "Save")
    assert not app.exception
    assert row(full, 1, "country") == ("Allemagne",)
    assert "Germany" in tables(card(show, 1, "en"))


def test_everyone_found_gets_a_tag(full: Path, show: Show) -> None:
    app = show("contacts")
    app.text_input[0].set_value("example.com").run()
    (name,) = [one for one in app.text_input if one.label == "Étiquette"]
    name.set_value(" **VIP** ")
    app = press(app, "Poser l’étiquette")
    assert not app.exception
    assert "3 contacts ont reçu" in said(app)
    assert "**VIP**" not in said(app)
    with Workspace.open(full) as workspace:
        rows = workspace.database.run(Statement("SELECT contact_id, name FROM memberships ORDER BY 1")).rows
    assert rows == [(1, "**VIP**"), (2, "**VIP**"), (3, "**VIP**")]
    press(app, "Annuler")
    with Workspace.open(full) as workspace:
        assert workspace.database.scalar(Statement("SELECT count(*) FROM memberships")) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_segments_in_nearly_in_and_why(full: Path, show: Show, lang: str) -> None:
    lyon = {"field": "city", "op": "is", "value": "Lyon"}
    yes = {"field": "consent_email", "op": "is", "value": "yes"}
    with Workspace.open(full) as workspace:
        workspace.segments.save("Lyon", lyon)
        workspace.segments.save("Lyon, sans accord", {"version": 1, "include": lyon, "exclude": yes})
        workspace.segments.save("Ni l’un ni l’autre", {"all": [{"not": lyon}, {"not": yes}]})
        key = workspace.segments.save("Paris", {"field": "city", "op": "is", "value": "Paris"}).key
    app = card(show, 1, lang)
    assert [b.label for b in app.button if str(b.key).startswith("contact_in_")] == ["Lyon"]
    near = [line.value for line in app.markdown if line.value.startswith("- **")]
    assert len(near) == 2
    assert any("Lyon, sans accord" in line and {"fr": "écarte", "en": "keeps"}[lang] in line for line in near)
    assert any("Paris" in line and {"fr": "manque", "en": "missing"}[lang] in line for line in near)
    (why,) = [one for one in app.selectbox if str(one.key).startswith("contact_why_")]
    app = why.select(key).run()
    assert not app.exception
    (line,) = [m.value for m in app.markdown if {"fr": "- ✗ non", "en": "- ✗ no"}[lang] in m.value]
    assert "**Lyon**" in line
    assert {"fr": "ligne 2", "en": "row 2"}[lang] in line
    assert not RAW_KEY.search(said(app))


def test_a_hostile_name_is_a_name(base: Path, show: Show) -> None:
    with Workspace.open(base) as workspace:
        workspace.add_contact(
            {"first_name": "<img src=x onerror=alert(1)>", "company_name": "![x](http://evil.test)"}
        )
    app = card(show, 1)
    for text in [app.title[0].value, *(m.value for m in app.markdown)]:
        assert "![x](" not in text
        assert "<img" not in text


def consents(base: Path, contact: int) -> dict[str, str]:
    with Workspace.open(base) as workspace:
        sql = "SELECT channel, state FROM consents WHERE contact_id = ?"
        return dict(workspace.database.run(Statement(sql, (contact,))).rows)


def test_an_answer_is_noted_with_its_proof_and_a_refused_channel_is_not_asked_again(
    full: Path, show: Show
) -> None:
    app = card(show, 2)
    assert "Refus noté : E-mail" in said(app)
    (channels,) = [one for one in app.multiselect if one.label == "Pour quels canaux ?"]
    assert "E-mail" not in channels.options
    channels.set_value(["sms"])
    box(app, "Comment ?").set_value("au comptoir")  # type: ignore[attr-defined]
    app = press(app, "Noter")
    assert not app.exception
    assert consents(full, 2) == {"email": "no", "sms": "yes"}
    app = press(app, "Annuler")
    assert consents(full, 2) == {"email": "no"}


def test_a_tag_is_put_on_one_person_and_taken_off(full: Path, show: Show) -> None:
    app = card(show, 1)
    box(app, "Étiquette").set_value("![x](y)")  # type: ignore[attr-defined]
    app = press(app, "Poser l’étiquette")
    assert not app.exception
    assert "\\!\\[x\\]" in "".join(str(one.value) for one in app.markdown)
    (off,) = [one for one in app.button if one.key == "contact_off_0"]
    app = off.click().run()
    assert not [one for one in app.button if one.key == "contact_off_0"]


def test_two_cards_become_one_and_one_is_erased_for_good(full: Path, show: Show) -> None:
    app = card(show, 3)
    app = press(app, "Fusionner avec un autre")
    box(app, "L’autre contact").set_value("Zoé")  # type: ignore[attr-defined]
    app = app.run()
    app = press(app, "Fusionner ces deux fiches")
    assert not app.exception
    assert app.query_params["contact"] == "2"
    assert people(full) == 2
    app = press(app, "Annuler")
    assert people(full) == 3
    app = press(card(show, 2), "Effacer ce contact")
    assert "Effacé pour toujours" in said(app)
    app = press(app, "pour toujours")
    assert not app.exception
    assert "Ce contact est effacé" in said(app)
    assert not [one for one in app.button if one.key == "contacts_undo"]
    assert people(full) == 2


def test_people_without_a_name_stand_by_their_last_purchase(base: Path, show: Show) -> None:
    with Workspace.open(base) as workspace:
        days = ("2026-01-05", "2026-03-05", "2026-02-05")
        lines = "".join(f"C{n};{day};10,00;{n}\n" for n, day in enumerate(days, start=1))
        bring(workspace, "Référence;Date;Montant;N° client\n" + lines, "ventes.csv")
    (names,) = [one for one in show("contacts").selectbox if str(one.key).startswith("contacts_open")]
    assert [name.split()[0] for name in names.options] == ["2", "3", "1"]
