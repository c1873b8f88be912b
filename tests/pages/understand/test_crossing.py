"""Croiser: two sides to choose, cells, totals, bands; a choice is counted as its criterion and goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.crossing.measures import MEASURES
from pages.parts.crossing.names import Names
from pages.parts.crossing.reading import read
from pages.parts.crossing.sides import limits
from pages.parts.lists.wanted import Wanted
from pages.parts.segment_draft import Draft
from segmentation.i18n import LANGUAGES, words
from segmentation.reports.crossing import BETWEEN, TOTAL
from segmentation.workspace import Workspace
from tests.pages.conftest import press
from tests.pages.conftest import said as written
from tests.pages.shops import fill

KEY = re.compile(r"\b(page|choice|whom|menu|count|chosen|field)\.[a-z_]+")


def screen() -> None:
    from pages.parts import state
    from pages.understand import crossing

    state.put("pages", {"segments": None, "lists": None})
    crossing.render()


def said(app: AppTest) -> str:
    """The texts of the screen, without the marks that keep a value from being obeyed."""
    return written(app).replace("\\", "")


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(rows="rfm_segment", columns="orders_count", lang="fr") → the screen with those two sides."""

    def draw(rows: str = "", columns: str = "", lang: str = "fr", measure: str = "contacts") -> AppTest:
        app = AppTest.from_function(screen, default_timeout=30)
        app.query_params["lang"] = lang
        for side, code in (("rows", rows), ("columns", columns)):
            if code:
                app.session_state[f"carnet.crossing.{side}"] = code
        app.session_state["carnet.crossing.measure"] = measure
        return app.run()

    return draw


@pytest.fixture
def shop(base: Path) -> Path:
    fill(base, 70)
    return base


def click(app: AppTest, *marks: str) -> AppTest:
    """Click cells of the picture, as the browser tells it."""
    points = [{"customdata": [mark, ""]} for mark in marks]
    picture: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state["crossing_cells_0"] = {"selection": picture}
    return app.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_speaks(base: Path, drawn: Callable[..., AppTest], lang: str) -> None:
    empty = drawn(lang=lang)
    assert not empty.exception and not KEY.search(said(empty))
    assert len(empty.get("plotly_chart")) == 0 and len(empty.info) == 1
    fill(base, 20)
    full = drawn(lang=lang)
    assert not full.exception and not KEY.search(said(full))
    assert len(full.get("plotly_chart")) == 1 and len(full.dataframe) == 1


def test_the_page_first_says_how_a_cell_reads_and_what_to_do(
    shop: Path, drawn: Callable[..., AppTest]
) -> None:
    app = drawn("rfm_segment", "orders_count")
    text = said(app)
    ((count, row, column),) = re.findall(
        r"Par exemple, \*\*(\d+) contacts?\*\* réuni(?:t|ssent) « (.+?) » et « (.+?) »", text
    )
    assert "**À faire :**" in text
    seen = read(cached.workspace().report("crossing", rows="rfm_segment", columns="orders_count"))
    names = Names(cached.workspace().catalogue, words("fr"), "EUR")
    told = {
        (names.alone(one, seen.rows), names.alone(other, seen.columns)): seen.cell(
            one.key, other.key
        ).contacts
        for one in seen.rows.slices
        for other in seen.columns.slices
    }
    assert told[row, column] == int(count)


def test_contacts_alone_cross_their_own_columns(full: Path, drawn: Callable[..., AppTest]) -> None:
    app = drawn("city", "consent_email")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    app = click(app, f"=Paris{BETWEEN}{TOTAL}")
    assert "**Paris** : 1 contact" in said(app)


def test_countries_are_named_in_the_reader_s_language(full: Path, drawn: Callable[..., AppTest]) -> None:
    with Workspace.open(full) as workspace:
        for contact, country in ((1, "Suisse"), (2, "Allemagne"), (3, "Suisse")):
            workspace.edit_contact(contact, {"country": country})
    app = drawn("country", "city", lang="en")
    assert not app.exception
    rows = next(box for box in app.selectbox if box.key and box.key.endswith("row_en"))
    assert rows.options[:2] == ["Switzerland", "Germany"]


def test_a_cell_becomes_a_segment_of_the_same_people(shop: Path, drawn: Callable[..., AppTest]) -> None:
    app = click(drawn("rfm_segment", "orders_count"), f"=champions{BETWEEN}6..")
    text = said(app)
    (count,) = re.findall(r"\*\*Champions × Nombre de commandes : 6 et plus\*\* : (\d+) contacts?", text)
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert isinstance(draft, Draft)
    assert cached.workspace().evaluator.count(draft.segment()) == int(count)


def test_a_row_and_cells_are_chosen_together_and_become_a_list(
    shop: Path, drawn: Callable[..., AppTest]
) -> None:
    app = drawn("rfm_segment", "orders_count")
    app = click(app, f"=champions{BETWEEN}{TOTAL}", f"=lost{BETWEEN}{TOTAL}", f"=champions{BETWEEN}6..")
    (count,) = re.findall(r": (\d+) contacts", said(app))
    base = cached.workspace()
    groups = base.report("crossing", rows="rfm_segment", columns="orders_count").sheets["cells"].rows
    totals = {row[0]: row[2] for row in groups if row[1] == TOTAL}
    assert int(count) == totals["=champions"] + totals["=lost"]  # type: ignore[operator]
    app = press(app, "Préparer la liste")
    assert isinstance(app.session_state["carnet.wanted_list"], Wanted)


def test_the_table_chooses_cells_rows_and_columns(shop: Path, drawn: Callable[..., AppTest]) -> None:
    app = drawn("rfm_segment", "orders_count")
    shape = read(cached.workspace().report("crossing", rows="rfm_segment", columns="orders_count")).shape
    key = f"crossing_table_0_{shape}_contacts"
    cells = {"rows": [], "columns": [], "cells": [[0, "name"]]}
    app.session_state[key] = {"selection": cells}
    app = app.run()
    assert "**Champions** : 4 contacts" in said(app)


def test_names_choose_a_row_then_a_cell_then_let_go_for_the_table(
    shop: Path, drawn: Callable[..., AppTest]
) -> None:
    app = drawn("rfm_segment", "orders_count")

    def box(word: str) -> Any:
        return next(one for one in app.selectbox if one.label == f"Choisir une {word} par son nom")

    app = box("ligne").set_value("=champions").run()
    assert "**Champions** : 4 contacts" in said(app)
    app = box("colonne").set_value("6..").run()
    assert "**Champions × Nombre de commandes : 6 et plus** : " in said(app)
    app = click(app, f"=lost{BETWEEN}{TOTAL}")
    assert "**Perdus** : " in said(app)
    assert [box("ligne").value, box("colonne").value] == [None, None]


def test_sides_swap_and_are_never_the_same(shop: Path, drawn: Callable[..., AppTest]) -> None:
    app = drawn("rfm_segment", "orders_count")
    app = app.button(key="crossing_swap").click().run()
    assert [box.value for box in app.selectbox[:2]] == ["orders_count", "rfm_segment"]
    app = app.selectbox[0].set_value("rfm_segment").run()
    assert not app.exception
    assert {box.value for box in app.selectbox[:2]} == {"orders_count", "rfm_segment"}


def test_bands_move(shop: Path, drawn: Callable[..., AppTest]) -> None:
    app = drawn("rfm_segment", "orders_count")
    assert "2 ; 3 ; 5 ; 6" in app.text_input[0].value
    app = app.text_input[0].set_value("3; 5").run()
    app = app.button(key="crossing_apply_columns").click().run()
    assert app.session_state["carnet.crossing.columns.cuts"] == (3.0, 5.0)
    app = click(app, f"{TOTAL}{BETWEEN}3..5")
    assert "**Nombre de commandes : 3 à 4** : 20 contacts" in said(app)
    app = app.button(key="crossing_reset_columns").click().run()
    assert "2 ; 3 ; 5 ; 6" in app.text_input[0].value


@pytest.mark.parametrize(
    ("typed", "kind", "field_type", "expected"),
    [
        ("20 ; 5;10", "number", "integer", (5.0, 10.0, 20.0)),
        ("1 000,50 ; 2\u202f000 €", "number", "money", (1000.5, 2000.0)),
        ("10 ; 25 %", "number", "percent", (0.1, 0.25)),
        ("01/07/2025; 2026; 03/2025", "date", "date", ("2025-03-01", "2025-07-01", "2026-01-01")),
        ("un;2", "number", "integer", None),
        ("", "number", "integer", None),
        ("31/02/2025", "date", "date", None),
        ("nan", "number", "number", None),
    ],
)
def test_limits_are_read_as_people_write_them(
    typed: str, kind: str, field_type: str, expected: tuple[object, ...] | None
) -> None:
    assert limits(typed, kind, field_type) == expected


def test_a_saved_segment_is_a_side_and_a_starting_population(
    shop: Path, drawn: Callable[..., AppTest]
) -> None:
    with Workspace.open(shop) as workspace:
        saved = workspace.segments.save("Petits", {"field": "orders_count", "op": "<=", "value": 2})
    app = click(drawn("rfm_segment", f"segment:{saved.key}"), f"{TOTAL}{BETWEEN}in")
    (inside,) = re.findall(r"\*\*Petits\*\* : (\d+) contacts", said(app))
    app = click(app, f"{TOTAL}{BETWEEN}out")
    (outside,) = re.findall(r"\*\*Hors « Petits »\*\* : (\d+) contacts", said(app))
    assert int(inside) + int(outside) == 73
    app = next(one for one in app.selectbox if one.label == "Pour").set_value(saved.key).run()
    assert not app.exception
    assert "Pour le segment « Petits » seulement." in said(app)
    app = click(app, f"{TOTAL}{BETWEEN}in")
    assert f"**Petits** : {inside} contacts" in said(app)
    app = press(app, "Créer un segment")
    assert {"segment": saved.key} in app.session_state["carnet.draft_segment"].definition()["include"]["all"]


def test_every_measure_is_drawn_and_chooses(shop: Path, drawn: Callable[..., AppTest]) -> None:
    for measure in MEASURES:
        app = click(drawn("rfm_segment", "orders_count", measure=measure), f"=champions{BETWEEN}{TOTAL}")
        assert not app.exception, measure
        assert "**Champions** : 4 contacts" in said(app), measure
