"""Portrait: sentences, map and bars from a plain file of contacts; a choice becomes a segment or a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.lists.wanted import Wanted
from pages.parts.segment_draft import Draft
from segmentation.i18n import LANGUAGES
from segmentation.workspace import Workspace
from tests import made_once
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, press
from tests.pages.conftest import said as raw
from tests.pages.shops import fill

TOWNS = ("69003;Lyon", "69100;Villeurbanne", "75011;Paris", ";")
HOSTILE = "![x](http://evil.test/x.png)<script>alert(1)</script>"


def said(app: AppTest) -> str:
    """Every text of the screen as the reader sees it, escapes undone."""
    return raw(app).replace("\\", "").replace("\u2060", "")


def screen() -> None:
    from pages.parts import state
    from pages.understand import portrait

    state.put("pages", {"segments": None, "lists": None})
    portrait.render()


def contacts(path: Path, number: int, rich: bool) -> None:
    """Contact n lives in town n % 4; every third is M. or nothing; rich: also births, sources, interests."""
    head = "Prénom;Nom;Email;Code postal;Ville"
    lines = [
        head + (";Civilité;Date de naissance;Source;Centres d'intérêt;Date d'inscription" if rich else "")
    ]
    for n in range(number):
        line = f"{('Marie', 'Luc', 'Camille')[n % 3]};DURAND{n};c{n}@orange.fr;{TOWNS[n % 4]}"
        if rich:
            born = f"15/06/{1950 + n % 50}"
            source = HOSTILE if n % 2 else "Salon"
            line += f";{('Mme', 'M.', '')[n % 3]};{born};{source};{'thé' if n % 4 else 'café'};01/02/2024"
        lines.append(line)
    with Workspace.open(path) as base:
        bring(base, "\n".join(lines), "contacts.csv")


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(12, lang="fr", rich=True) → the screen of a base of so many contacts."""

    def draw(number: int = 12, lang: str = "fr", *, rich: bool = False) -> AppTest:
        if number:
            made_once.at(base, contacts, number, rich)
        app = AppTest.from_function(screen, default_timeout=40)
        app.query_params["lang"] = lang
        return app.run()

    return draw


def click(app: AppTest, picture: str, *marks: str) -> AppTest:
    """Click marks of a picture, as the browser tells it."""
    points = [{"customdata": [mark, ""]} for mark in marks]
    chosen: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state[f"portrait_{picture}_0"] = {"selection": chosen}
    return app.run()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("number", "rich"), [(0, False), (12, False), (60, True)])
def test_every_state_speaks(drawn: Callable[..., AppTest], lang: str, number: int, rich: bool) -> None:
    app = drawn(number, lang, rich=rich)
    assert not app.exception
    assert not RAW_KEY.search(said(app))
    assert (len(app.get("plotly_chart")) > 0) == (number > 0)


def test_an_empty_base_says_what_to_bring(drawn: Callable[..., AppTest]) -> None:
    assert "fichier de contacts suffit" in said(drawn(0))


def test_twelve_contacts_of_a_plain_file(drawn: Callable[..., AppTest]) -> None:
    text = said(drawn(12))
    assert "Portrait de vos **12 contacts**" in text
    assert "**6 contacts** sont dans le département 69, Rhône : 67\u202f% des 9 dont on connaît" in text
    assert "Premières villes : Lyon, Paris et Villeurbanne." in text
    assert "est à moins de" in text or "sont à moins de" in text
    assert "D’après le prénom de 8 contacts : **4 femmes et 4 hommes**." in text
    assert "On ne connaît pas encore" in text and "l’âge ou la date de naissance" in text


def test_a_richer_file_lights_every_subject(drawn: Callable[..., AppTest]) -> None:
    app = drawn(60, rich=True)
    text = said(app)
    assert "**20 femmes** (50\u202f%) et 20 hommes, d’après la civilité ou le sexe indiqué." in text
    assert "Rien ne se détache nettement, sur 60 contacts connus." in text, "two sources brought thirty each"
    assert "**Thé** est l’intérêt le plus cité : 45 contacts" in text
    assert "On ne connaît pas encore : l’entreprise ou le SIRET." in text
    assert HOSTILE not in raw(app), "a value of the user is escaped"


def test_a_departement_becomes_a_segment(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(12), "map", "department|69")
    assert "**Département : Rhône** : 6 contacts" in said(app)
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert isinstance(draft, Draft)
    assert cached.workspace().evaluator.count(draft.segment()) == 6


def british(path: Path) -> None:
    counties = ("Lancashire", "Lancashire", "Kent")
    lines = [f"Ann;LEE{n};c{n}@x.co.uk;{counties[n % 3]}" for n in range(12)]
    with Workspace.open(path) as base:
        bring(base, "\n".join(["First name;Surname;Email;County", *lines]), "customers.csv")


def test_counties_are_bars_and_not_a_map_of_france(base: Path, drawn: Callable[..., AppTest]) -> None:
    made_once.at(base, british)
    app = drawn(0, "en")
    text = said(app)
    assert "**8 contacts** (67%) are in Lancashire." in text
    assert "County" in text and "Department" not in text and "in department" not in text
    app = click(app, "county", "county|kent")
    assert "**County: Kent**: 4 contacts" in said(app)


def test_bars_and_lists_choose_too_and_the_last_one_counts(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(12), "city", "city|lyon", "city|paris")
    assert "**Ville : Lyon ou Paris** : 6 contacts" in said(app)
    (pick,) = [one for one in app.selectbox if one.label == "Choisir : Villes et distances"]
    app = pick.set_value("distance|beyond").run()
    assert "**Distance : Plus de 100 km, ou non situé** : 3 contacts" in said(app)
    app = press(app, "Fichier de travail")
    wanted = app.session_state["carnet.wanted_list"]
    assert isinstance(wanted, Wanted)
    assert wanted.name == "Distance : Plus de 100 km, ou non situé"


def test_a_sentence_is_a_choice_and_can_be_let_go(drawn: Callable[..., AppTest]) -> None:
    app = drawn(12)
    app = app.button(key="portrait_see_near").click().run()
    assert re.search(r"\*\*À moins de \d+ km de .*\*\* : \d contacts", said(app))
    app = app.button(key="portrait_clear").click().run()
    assert "Cliquez sur un département ou sur une barre" in said(app)


def test_distances_start_where_asked(drawn: Callable[..., AppTest]) -> None:
    app = drawn(12)
    (asked,) = app.text_input
    app = asked.set_value("75011").run()
    assert "**3 contacts** sont à moins de 100 km de 75011 Paris : 33\u202f% des 9" in said(app)
    (asked,) = app.text_input
    app = asked.set_value("00000").run()
    assert not app.exception
    assert "Code postal 00000 inconnu en France" in said(app)


def test_a_segment_is_told_against_the_base(base: Path, drawn: Callable[..., AppTest]) -> None:
    contacts(base, 200, True)
    with Workspace.open(base) as workspace:
        saved = workspace.segments.save("Lyon", {"field": "city", "op": "is", "value": "Lyon"})
    app = drawn(0)
    app = app.selectbox[0].set_value(saved.key).run()
    assert not app.exception
    text = said(app)
    assert "**50 contacts** de ce segment, comparés aux 200 de toute la base" in text
    assert "Ce qui les distingue" in text
    assert "**Ville : Lyon** 3 × plus souvent que dans toute la base (100\u202f% contre 33\u202f%)." in text
    assert "Aucun, contre" in text
    app = click(app, "age_band", "age_band|25 34")
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert {"segment": saved.key} in draft.definition()["include"]["all"]


def test_an_empty_segment_and_a_base_without_towns(base: Path, drawn: Callable[..., AppTest]) -> None:
    fill(base, 0, prospects=5)
    with Workspace.open(base) as workspace:
        saved = workspace.segments.save("Personne", {"field": "city", "op": "is", "value": "Rome"})
    app = drawn(0)
    assert not app.exception
    assert "le code postal ou la ville" in said(app)
    app = app.selectbox[0].set_value(saved.key).run()
    assert "Personne n’est dans ce segment" in said(app)


def test_a_tiny_base_hears_no_superlative_and_no_zero(base: Path, drawn: Callable[..., AppTest]) -> None:
    lines = ["Prénom;Nom;Email;Code postal;Civilité;Date de naissance;Source;Date d'inscription"]
    lines += [f"Luc;DURAND{n};c{n}@orange.fr;69003;;;Salon{n % 3};01/02/2009" for n in range(6)]
    lines += [f"Marie;PETIT{n};d{n}@orange.fr;;M.;15/06/{1950 + n};;" for n in range(2)]
    with Workspace.open(base) as workspace:
        bring(workspace, "\n".join(lines))
    text = said(drawn(0))
    assert "**6 contacts** (100\u202f%) sont là depuis plus de 5 ans." in text
    assert "moins de 3 mois" not in text
    assert "**2 hommes**, d’après la civilité" in text
    assert "Pour 6 autres, le prénom suggère 6 hommes :" in text
    assert "La tranche la plus nombreuse" not in text
    assert "Connu pour 6 contacts : trop peu pour en tirer une règle." in text
    assert "déduit du code d’activité" not in text, "no company, no such deduction"
    assert "Femme ou homme, par le prénom" in text
