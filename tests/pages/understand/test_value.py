"""Valeur: the year in figures, its pictures and tables; a choice becomes a segment; else it teaches."""

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
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, press, said
from tests.pages.shops import TODAY, fill

CHOSEN = re.compile(r"\*\*.* : [\d\u00a0]+ clients?\*\*")


def screen() -> None:
    from pages.parts import state
    from pages.understand import value

    state.put("pages", {"segments": None, "lists": None})
    value.render()


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(buyers=70, lang="fr") → the screen of a shop of so many buyers."""

    def draw(buyers: int = 70, lang: str = "fr", prospects: int = 3) -> AppTest:
        if buyers or prospects:
            fill(base, buyers, prospects=prospects)
        return again(lang)

    return draw


def again(lang: str = "fr") -> AppTest:
    app = AppTest.from_function(screen, default_timeout=30)
    app.query_params["lang"] = lang
    return app.run()


def click(app: AppTest, picture: str, *marks: str) -> AppTest:
    """Click marks of a picture, as the browser tells it."""
    points = [{"customdata": [mark, ""]} for mark in marks]
    held: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state[f"value_{picture}_0"] = {"selection": held}
    return app.run()


def chosen(app: AppTest) -> tuple[str, int]:
    """The name and the number that the panel says."""
    (line,) = [one.value for one in app.markdown if CHOSEN.fullmatch(one.value)]
    name, count = line.strip("*").rsplit(" : ", 1)
    return name.replace("\\", ""), int(re.sub(r"\D", "", count))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("buyers", "prospects"), [(0, 0), (0, 5), (3, 0), (70, 3)])
def test_every_state_speaks(drawn: Callable[..., AppTest], lang: str, buyers: int, prospects: int) -> None:
    app = drawn(buyers, lang, prospects)
    assert not app.exception
    assert not RAW_KEY.search(said(app))
    assert (len(app.get("plotly_chart")) > 0) == (buyers > 0)


def test_an_empty_base_and_one_without_purchases_say_what_to_bring(drawn: Callable[..., AppTest]) -> None:
    assert "Importez votre fichier de clients" in said(drawn(0, prospects=0))
    assert "commandes" in said(drawn(0, prospects=4))


def test_the_year_in_four_figures(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    figures = {one.label: one.value for one in app.metric}
    year = cached.workspace().report("value_months").figures
    assert figures["Commandes"] == str(year["orders"])
    home = cached.workspace().overview().figures
    assert figures["Clients"] == str(year["customers"]) == str(home["active_customers"]) == "63"
    assert year["revenue"] + year["revenue_nobody"] == home["revenue"], "two pages, one sum"
    assert "Depuis le 30 juin 2025." in said(app)


PICTURES = {
    "months": ("fresh|2026-06-01", "back|2026-06-01"),
    "seasons": ("6",),
    "second": ("30", "once"),
    "cohorts": ("2026-05-01|1",),
    "tops": ("10", "50"),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_mark_says_who_is_there_and_becomes_a_segment(drawn: Callable[..., AppTest], picture: str) -> None:
    drawn()
    for mark in PICTURES[picture]:
        app = click(again(), picture, mark)
        assert not app.exception
        name, count = chosen(app)
        app = press(app, "Créer un segment")
        draft = app.session_state["carnet.draft_segment"]
        assert isinstance(draft, Draft)
        assert draft.name.replace("\u202f", " ").replace("\u00a0", " ") == name
        assert cached.workspace().evaluator.count(draft.segment()) == count
        assert count > 0 and "{" not in name


def test_several_marks_are_chosen_together_and_become_a_list(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(), "second", "30", "once")
    name, count = chosen(app)
    assert name == "Deuxième commande en 30 jours au plus et Une seule commande pour l’instant"
    assert count == 70
    app = press(app, "Préparer la liste")
    assert isinstance(app.session_state["carnet.wanted_list"], Wanted)


def test_a_choice_is_let_go(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(), "tops", "20")
    app = app.button(key="value_clear").click().run()
    assert "Cliquez sur une barre" in said(app)


def test_what_goes_together_leads_to_who_lacks_the_other(base: Path) -> None:
    lines = ["Commande;Date;Client;E-mail;Article;Catégorie;Quantité;Prix unitaire"]
    for n in range(24):
        likes = (("Thé", "Tasses"), ("Thé", "Tasses"), ("Café",), ("Thé",))[n % 4]
        for item in likes:
            lines.append(f"C{n};0{n % 9 + 1}/06/2026;K{n};k{n}@example.com;{item} vert;{item};1;10,00")
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY)
        bring(workspace, "\n".join(lines), "lignes.csv")
    app = click(again(), "pairs", "0")
    assert chosen(app) == ("Tasses et Thé", 12)
    app = press(app, "Thé sans Tasses")
    assert chosen(app) == ("Thé sans Tasses", 6)
    app = press(app, "Créer un segment")
    assert cached.workspace().evaluator.count(app.session_state["carnet.draft_segment"].segment()) == 6


def test_totals_of_a_file_tell_who_weighs_most(base: Path) -> None:
    people = ["Prénom;Nom;E-mail;Nombre de commandes;Total dépensé;Date dernière commande"]
    people += [f"Ana;DUPOND{n};a{n}@example.com;2;{n + 1}0,00;01/06/2026" for n in range(30)]
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY)
        bring(workspace, "\n".join(people), "clients.csv")
    app = again()
    assert not app.exception
    assert "pas quand" in said(app) and "**20\u202f%** de vos clients" in said(app)
    assert chosen(click(app, "tops", "10")) == ("Les 10 % qui dépensent le plus", 3)


def test_a_saved_segment_narrows_the_page(base: Path, drawn: Callable[..., AppTest]) -> None:
    fill(base, 70)
    with Workspace.open(base) as workspace:
        saved = workspace.segments.save("Petits", {"field": "orders_count", "op": "<=", "value": 2})
    app = again()
    app = app.selectbox[0].set_value(saved.key).run()
    assert not app.exception
    figures = {one.label: one.value for one in app.metric}
    assert figures["Clients"] == "18"
    app = press(click(app, "second", "once"), "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert {"segment": saved.key} in draft.definition()["include"]["all"]
    assert cached.workspace().evaluator.count(draft.segment()) == 10


def test_a_month_that_is_not_over_says_so(base: Path) -> None:
    fill(base, 20)
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY.replace(day=15))
    assert "juin 2026, n’est pas fini : ses ventes s’arrêtent au 15 juin 2026." in said(again())
