"""Fidélité: facts, grid, groups, limits; a choice becomes a segment or a list; no purchases, it teaches."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.lists.wanted import Wanted
from pages.parts.segment_draft import Draft
from segmentation.i18n import LANGUAGES
from segmentation.workspace import Workspace
from tests.pages.conftest import RAW_KEY, press, said
from tests.pages.shops import TODAY, fill


def screen() -> None:
    from pages.parts import state
    from pages.understand import rfm

    state.put("pages", {"segments": None, "lists": None})
    rfm.render()


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(buyers=70, lang="fr") → the screen of a shop of so many buyers."""

    def draw(buyers: int = 70, lang: str = "fr", prospects: int = 3) -> AppTest:
        if buyers or prospects:
            fill(base, buyers, prospects=prospects)
        app = AppTest.from_function(screen, default_timeout=30)
        app.query_params["lang"] = lang
        return app.run()

    return draw


def click(app: AppTest, *keys: str) -> AppTest:
    """Click cells of the grid, as the browser tells it."""
    points = [{"customdata": [key, ""]} for key in keys]
    picture: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state["rfm_grid_0"] = {"selection": picture}
    return app.run()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("buyers", "prospects"), [(0, 0), (0, 5), (3, 0), (70, 3)])
def test_every_state_speaks(drawn: Callable[..., AppTest], lang: str, buyers: int, prospects: int) -> None:
    app = drawn(buyers, lang, prospects)
    assert not app.exception
    assert not RAW_KEY.search(said(app))
    assert (len(app.get("plotly_chart")) > 0) == (buyers > 0)


def test_an_empty_base_and_one_without_orders_say_what_to_bring(drawn: Callable[..., AppTest]) -> None:
    assert "Importez votre fichier de clients" in said(drawn(0, prospects=0))
    assert "commandes" in said(drawn(0, prospects=4))


def test_facts_are_of_the_shop(drawn: Callable[..., AppTest]) -> None:
    text = said(drawn())
    assert "**4 champions** (6\u202f% de vos clients)" in text
    assert "**30 bons clients** s’éloignent" in text
    assert "plus de 180 jours" in text
    assert "**10 clients**" in text and "n’ont commandé qu’une fois" in text


def test_a_cell_says_who_is_there_and_becomes_a_segment(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(), "r2f5")
    assert "**À ne pas perdre (6 commandes et plus) : 10 clients**" in said(app)
    assert "Dernière commande il y a 181 à 365 jours" in said(app)
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert isinstance(draft, Draft)
    assert draft.name == "À ne pas perdre (6 commandes et plus)"
    assert cached.workspace().evaluator.count(draft.segment()) == 10


def test_a_cell_widens_to_its_group_and_the_group_becomes_a_list(drawn: Callable[..., AppTest]) -> None:
    app = press(click(drawn(), "r2f5"), "Tout le groupe (12)")
    assert "**À ne pas perdre : 12 clients**" in said(app)
    app = press(app, "Préparer la liste")
    wanted = app.session_state["carnet.wanted_list"]
    assert isinstance(wanted, Wanted)
    assert wanted.name == "À ne pas perdre"


def test_several_cells_are_chosen_together(drawn: Callable[..., AppTest]) -> None:
    app = click(drawn(), "r5f4", "r2f5")
    assert "**Champions et À ne pas perdre : 12 clients**" in said(app)


def test_a_fact_is_a_choice_and_can_be_let_go(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    app = app.button(key="rfm_fact_losing").click().run()
    assert "**Bons clients qui s’éloignent : 30 clients**" in said(app)
    app = app.button(key="rfm_clear").click().run()
    assert "Cliquez dans le dessin" in said(app)


def test_a_small_base_shows_numbers_and_few_names(drawn: Callable[..., AppTest]) -> None:
    app = drawn(20)
    assert "Vous avez 20 clients" in said(app)
    (grid,) = [json.loads(one.proto.spec) for one in app.get("plotly_chart")[:1]]
    written = [text for trace in grid["data"] for text in trace["text"]]
    assert any(text.startswith("<b>") for text in written)
    assert not any("Champions" in text or "Perdus" in text for text in written), "a name in a cell under five"


def test_limits_are_written_in_days_orders_and_euros(drawn: Callable[..., AppTest]) -> None:
    text = said(drawn())
    assert "fixées le 30 juin 2026 d’après les 70 clients" in text
    assert "Niveau 5 : 30 jours au plus. 4 : 31 à 90 jours." in text
    assert "Niveau 1 : 1 commande." in text
    assert "au-dessus de 60\xa0€ et 150\xa0€" in text


def test_limits_that_no_longer_fit_are_proposed_again_and_only_moved_when_accepted(
    base: Path, drawn: Callable[..., AppTest]
) -> None:
    fill(base, 220)
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY + timedelta(days=300))
        before = workspace.settings.rfm_cuts
    app = drawn(0, prospects=0)
    assert "vos clients ont changé" in said(app)
    app = press(app, "Recalibrer")
    assert not app.exception
    assert "Limites recalculées" in said(app)
    assert cached.workspace().settings.rfm_cuts != before


def test_a_saved_segment_narrows_the_page(base: Path, drawn: Callable[..., AppTest]) -> None:
    fill(base, 70)
    with Workspace.open(base) as workspace:
        saved = workspace.segments.save("Petits", {"field": "orders_count", "op": "<=", "value": 2})
    app = drawn(0, prospects=0)
    app = app.selectbox[0].set_value(saved.key).run()
    assert not app.exception
    assert "champion" not in said(app).split("Niveau")[0].lower().replace("comment", "")
    app = click(app, "r5f1")
    assert "**Nouveaux clients (1 commande) : 1 client**" in said(app)
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert {"segment": saved.key} in draft.definition()["include"]["all"]


def test_limits_move_by_hand_with_their_sizes_first_and_come_back(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    before = cached.workspace().settings.rfm_cuts
    assert before is not None
    app = app.number_input(key="rfm_limit_days_0_0").set_value(60).run()
    assert not app.exception
    assert "changeraient de groupe" in said(app)
    assert cached.workspace().settings.rfm_cuts == before
    trial = app.dataframe[-1].value
    champions = int(trial["then"].iloc[0])
    assert champions > int(trial["now"].iloc[0]) == 4
    app = press(app, "Garder ces limites")
    assert not app.exception
    assert "Vos limites sont gardées" in said(app) and "fixées à la main" in said(app)
    assert f"**{champions} champions**" in said(app)
    assert (cached.workspace().settings.rfm_cuts or {})["days"] == [60, 90, 180, 365]
    app = press(app, "Revenir aux limites calculées")
    assert (cached.workspace().settings.rfm_cuts or {})["days"] == before["days"]
    assert "**4 champions**" in said(app) and "à la main" not in said(app)


def test_limits_that_cross_are_refused_and_a_trial_can_be_dropped(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    app = app.number_input(key="rfm_limit_days_1_0").set_value(20).run()
    assert "doivent augmenter" in said(app)
    assert not [button for button in app.button if "Garder" in str(button.label)]
    app = app.number_input(key="rfm_limit_days_1_0").set_value(70).run()
    app = press(app, "Annuler")
    assert app.number_input(key="rfm_limit_days_1_1").value == 90


def test_who_moved_becomes_a_segment_from_a_sentence_and_from_a_bar(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    assert "ont changé de groupe" in said(app)
    app = app.button(key="rfm_tale_left").click().run()
    (line,) = [one.value for one in app.markdown if one.value.startswith("**Clients qui décrochent")]
    count = int(line.split(":")[1].split()[0])
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert isinstance(draft, Draft)
    assert cached.workspace().evaluator.count(draft.segment()) == count > 0


def test_a_bar_of_who_moved_says_from_where_to_where(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    flow = cached.workspace().report("rfm_migration", months=3).sheets["flows"].rows[0]
    points = [{"customdata": [flow[0], ""]}]
    picture: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state["rfm_moves_0"] = {"selection": picture}
    app = app.run()
    assert f": {flow[3]} client" in said(app) and "→" in said(app)
    assert "Du 30 mars 2026 au 30 juin 2026." in said(app)


def test_a_span_is_chosen_for_who_moved(drawn: Callable[..., AppTest]) -> None:
    app = drawn()
    assert "30 mars 2026" in said(app)
    (spans,) = [one for one in app.get("button_group") if one.key == "rfm_months_fr"]
    app = spans.select(12).run()
    assert not app.exception
    assert "30 juin 2025" in said(app)


def test_who_ordered_nothing_in_the_window_is_told_beside_the_grid(
    base: Path, drawn: Callable[..., AppTest]
) -> None:
    fill(base, 70)
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY + timedelta(days=700))
        old = workspace.rfm().figures["old"]
    app = drawn(0, prospects=0)
    assert f"{old} clients, qui n’ont rien commandé en 24 mois" in said(app) and old
    assert "(1 commande au plus)" in said(click(app, "r1f1"))
