"""Listes: who, by which channel, who stays out and why, columns, people to confirm, lists already made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.lists import files
from pages.parts.lists.wanted import Wanted
from pages.parts.text import escape
from segmentation.criteria.codec import criterion_from_json, segment_from_json
from segmentation.i18n import LANGUAGES
from segmentation.lists.making import ListRequest
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, press, said
from tests.pages.shops import fill


def screen() -> None:
    from pages.act import lists
    from pages.parts import state

    state.put("pages", {"segments": None, "lists": None})
    lists.render()


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(buyers=30, lang="fr", wanted=…) → the screen, filled in as another screen would."""

    def draw(buyers: int = 30, lang: str = "fr", wanted: Wanted | None = None, segment: str = "") -> AppTest:
        if buyers:
            fill(base, buyers, prospects=0)
        app = AppTest.from_function(screen, default_timeout=30)
        app.query_params["lang"] = lang
        if segment:
            app.query_params["segment"] = segment
        if wanted:
            app.session_state["carnet.wanted_list"] = wanted
        return app.run()

    return draw


def pills(app: AppTest) -> list[str]:
    """The tools one can send with."""
    return [option.removeprefix(":gray[").removesuffix("]") for option in app.get("button_group")[1].options]


def buttons(app: AppTest) -> list[str]:
    return [str(button.label) for button in app.get("download_button")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("channel", ["email", "sms", "phone", "post", "none"])
def test_every_channel_speaks(drawn: Callable[..., AppTest], lang: str, channel: str) -> None:
    app = drawn(6, lang, Wanted(segment="", channel=channel))
    assert not app.exception
    assert not RAW_KEY.search(said(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_base_says_what_to_bring(drawn: Callable[..., AppTest], lang: str) -> None:
    app = drawn(0, lang)
    assert not app.exception
    assert app.button(key="lists_import")
    assert not app.get("download_button")
    assert not RAW_KEY.search(said(app))


def test_nobody_chosen_yet_asks_who_and_then_everything_is_there(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    assert "le plus simple" in said(app).lower() and "Voir les segments tout prêts" in said(app)
    assert "Vos listes téléchargées apparaîtront ici" in said(app)
    app = app.selectbox[0].set_value("").run()
    assert "**20 personnes** peuvent recevoir votre e-mail" in said(app)
    assert "sur 30 contacts" in said(app)
    assert buttons(app) == ["Télécharger Excel", "CSV"]
    assert pills(app) == ["Brevo", "Mailchimp", "HubSpot", "Publipostage Word"]


def test_the_address_names_a_saved_segment(base: Path, drawn: Callable[..., AppTest]) -> None:
    fill(base, 30)
    with Workspace.open(base) as workspace:
        one = workspace.segments.save("Les *deux*", {"field": "orders_count", "op": "=", "value": 2})
    app = drawn(0, segment=one.key)
    assert not app.exception
    assert "Les \\*deux\\*" in said(app), "a name is shown, never obeyed"
    assert app.selectbox[0].value == one.key


def test_a_segment_that_is_gone_is_said(drawn: Callable[..., AppTest]) -> None:
    app = drawn(segment="gone")
    assert not app.exception
    assert len(app.error) == 1
    assert not app.get("download_button")


def test_people_to_confirm_are_left_out_until_somebody_says_why(drawn: Callable[..., AppTest]) -> None:
    app = drawn(wanted=Wanted(criterion={"all": []}, name="Tous"))
    assert "5 personnes à confirmer" in said(app)
    app = press(app, "Les ajouter à la liste")
    assert "Écrivez d’abord pourquoi" in said(app)
    assert "**20 personnes**" in said(app)
    app.text_area[0].set_value("accord [signé](x) au salon")
    app = press(app, "Les ajouter à la liste")
    assert "**25 personnes** peuvent recevoir" in said(app)
    assert "Raison notée : accord \\[signé\\]\\(x\\) au salon" in said(app)
    app = press(app, "Les retirer")
    assert "**20 personnes**" in said(app)


def test_a_reason_is_for_one_channel(drawn: Callable[..., AppTest]) -> None:
    wanted = Wanted(segment="", reason="accord au salon")
    app = drawn(wanted=wanted)
    assert "**25 personnes**" in said(app)
    app.get("button_group")[0].set_value("sms").run()
    assert (wanted.channel, wanted.reason) == ("sms", "")
    assert "**0 personne**" in said(app)
    assert not app.get("download_button")
    assert "Personne à qui écrire par ce canal" in said(app)


def test_columns_are_remembered_for_their_channel_and_can_be_forgotten(drawn: Callable[..., AppTest]) -> None:
    app = drawn(wanted=Wanted(segment=""))
    usual = list(app.multiselect[0].value)
    assert "email" in usual
    app.multiselect[0].set_value(["email", "total_spent"]).run()
    assert cached.workspace().settings.get("list_columns_email") == ["email", "total_spent"]
    app = drawn(0, wanted=Wanted(segment=""))
    assert list(app.multiselect[0].value) == ["email", "total_spent"]
    app.multiselect[0].set_value([]).run()
    assert "Gardez au moins une colonne" in said(app)
    app = press(app, "Colonnes habituelles")
    assert list(app.multiselect[0].value) == usual


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_file_holds_the_people_promised_and_is_recorded(drawn: Callable[..., AppTest], form: str) -> None:
    app = drawn(wanted=Wanted(segment=""))
    base = cached.workspace()
    asked = ListRequest(segment_from_json({"all": []}), "Tous", form=form, reason="accord au salon")
    content = files.made(base, asked, "fr", f"tous.{form}", None)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}, "no formula"
    else:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 25
    addresses = {cell for row in rows[1:] for cell in row if "@" in cell}
    assert addresses == {f"client{n}@example.com" for n in range(30) if n % 6 != 2}
    app = app.run()
    assert "**25 personnes**" not in said(app).split("Listes déjà")[0]
    assert f"tous\\.{form}" in said(app)
    assert "Personnes à confirmer ajoutées : accord au salon" in said(app)
    app = press(app, "Refaire")
    assert not app.exception
    assert "peuvent recevoir votre e-mail" in said(app)


def test_the_tool_one_sends_with_is_remembered_and_has_its_three_lines(drawn: Callable[..., AppTest]) -> None:
    app = drawn(wanted=Wanted(segment=""))
    app.get("button_group")[1].set_value("brevo").run()
    assert cached.workspace().settings.get(files.TOOL) == "brevo"
    app = drawn(0, wanted=Wanted(segment=""))
    assert buttons(app) == ["Télécharger Excel", "CSV", "Pour Brevo"]
    assert "Et ensuite, avec Brevo" in said(app)
    assert "Importer des contacts" in said(app)
    post = drawn(0, wanted=Wanted(segment="", channel="post"))
    assert "Pour Brevo" not in buttons(post)


def test_a_list_is_narrowed_and_says_so(base: Path, drawn: Callable[..., AppTest]) -> None:
    fill(base, 30)
    with Workspace.open(base) as workspace:
        many = workspace.segments.save("Souvent", {"field": "orders_count", "op": ">=", "value": 5})
        twice = workspace.segments.save("Deux fois", {"field": "orders_count", "op": "=", "value": 2})
    wanted = Wanted(segment=many.key)
    app = drawn(0, wanted=wanted)
    assert "sur 12 contacts" in said(app)
    app.multiselect[0].set_value([twice.key]).run()
    assert wanted.also == (twice.key,)
    app = drawn(0, wanted=wanted)
    assert "sur 17 contacts de « Souvent et Deux fois »" in said(app)
    app.multiselect[1].set_value([twice.key]).run()
    wanted.also = ()
    wanted.change(without=(twice.key,), control=20, quiet_days=7, one_per="household")
    app = drawn(0, wanted=wanted)
    assert "Affiner · 4 réglages actifs" in said(app)
    assert "gardées à part, comme groupe témoin" in said(app)
    assert not RAW_KEY.search(said(app))


def test_the_cost_is_said_once_a_price_is(drawn: Callable[..., AppTest]) -> None:
    app = drawn(wanted=Wanted(segment=""))
    assert "Environ" not in said(app)
    app = app.number_input[0].set_value(0.05).run()
    assert cached.workspace().prices() == {"email": Decimal("0.05")}
    assert "Environ **1,00 €**, à 0,05 € l’envoi." in said(app).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_past_list_keeps_its_name_and_says_what_changed(drawn: Callable[..., AppTest]) -> None:
    app = drawn(wanted=Wanted(criterion={"all": []}, name="Clients du *marché*"))
    base = cached.workspace()
    asked = ListRequest(segment_from_json({"all": []}), "Clients du *marché*")
    files.made(base, asked, "fr", "marche.xlsx", None)
    app = app.run()
    assert "**Clients du \\*marché\\***" in said(app)
    app = press(app, "Et depuis ?")
    assert "Rien n’a changé" in said(app)
    bring(base, "Prénom;E-mail;Accepte e-mails\nEva;eva@example.com;oui\n", "plus.csv")
    app = app.run()
    assert "**1 personne** y serait en plus" in said(app)
    app = press(app, "Préparer la liste de la nouvelle personne")
    assert "**1 personne** peut recevoir votre e-mail" in said(app)
    assert "Affiner · 1 réglage actif" in said(app)


def test_a_list_without_a_name_takes_its_sentence(drawn: Callable[..., AppTest]) -> None:
    wanted = Wanted(criterion={"field": "orders_count", "op": ">=", "value": 5})
    app = drawn(wanted=wanted)
    assert "contacts de « Contacts" in said(app)


def people(base: Path, text: str) -> None:
    with Workspace.open(base) as workspace:
        bring(workspace, text)


def test_a_mistyped_address_is_said_and_corrected_on_the_spot(
    base: Path, drawn: Callable[..., AppTest]
) -> None:
    people(
        base,
        "Prénom;E-mail;Newsletter\nAna;ana@gmial.com;oui\nBob;bob@gmail.com;oui\nEva;eva@gmial.com;non\n",
    )
    app = drawn(0, wanted=Wanted(segment=""))
    assert "1 adresse de cette liste semble mal tapée" in said(app)
    assert f"{escape('ana@gmial.com')} → **{escape('ana@gmail.com')}**" in said(app)
    assert "contact_id" not in app.multiselect[0].value, "an id nobody gave is no column"
    app = press(app, "Corriger cette adresse")
    assert not app.exception
    assert "semble mal tapée" not in said(app)
    app = press(app, "Annuler")
    assert "semble mal tapée" in said(app)
    with Workspace.open(base) as workspace:
        asked = {"field": "contact_id", "op": "not_empty"}
        assert workspace.evaluator.count(criterion_from_json(asked)) == 0


def test_partners_and_friends_are_left_out_and_one_click_takes_them_in(
    base: Path, drawn: Callable[..., AppTest]
) -> None:
    told = ["client", "partenaire", "ami"]
    people = "".join(f"P{n};p{n}@example.org;{said};oui\n" for n, said in enumerate(told))
    with Workspace.open(base) as workspace:
        bring(workspace, "Prénom;E-mail;Relation;Newsletter\n" + people)
    app = drawn(0, wanted=Wanted(segment=""))
    assert "**1 personne** peut recevoir" in said(app)
    assert "2 personnes hors promotions" in said(app)
    app = press(app, "Leur écrire aussi")
    assert "**3 personnes** peuvent recevoir" in said(app)
    assert "sont compris dans cette liste" in said(app)
    app = press(app, "Les laisser de côté")
    assert "**1 personne** peut recevoir" in said(app)
    app.get("button_group")[0].set_value("none").run()
    assert "hors promotions" not in said(app)
