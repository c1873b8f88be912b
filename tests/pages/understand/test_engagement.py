"""Qui nous lit: facts, tiers, funnel, campaigns, moments; from the file alone; with nothing, it teaches."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cached
from pages.parts.engagement.reading import read
from pages.parts.segment_draft import Draft
from segmentation.i18n import LANGUAGES
from segmentation.workspace import Workspace
from tests import made_once
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, press
from tests.pages.conftest import said as written
from tests.pages.shops import TODAY


def screen() -> None:
    from pages.parts import state
    from pages.understand import engagement

    state.put("pages", {"segments": None, "lists": None})
    engagement.render()


def said(app: AppTest) -> str:
    """The texts of the screen, without the marks that keep a value from being obeyed."""
    return written(app).replace("\\", "")


def readers(path: Path) -> None:
    """A base of thirty readers (``_readers``)."""
    made_once.at(path, _readers)


def _readers(path: Path) -> None:
    """30 contacts, six campaigns a fortnight apart: contact n opens those of rank ≥ n % 8, clicks the last
    when n % 3 = 0, and one in two of these then buys; the campaign's name is hostile."""
    people = ["Prénom;Nom;E-mail;Ville"]
    events = ["Date;E-mail;Type d’événement;Campagne"]
    orders = ["Référence;Date;Montant;E-mail"]
    for n in range(30):
        mail = f"client{n}@example.com"
        people.append(f"Luc;DURAND{n};{mail};Lyon")
        for rank in range(6):
            day = TODAY - timedelta(days=14 * (5 - rank) + 10)
            name = f"<b>Lettre</b> **{rank}**"
            events.append(f"{day:%d/%m/%Y} 08:00;{mail};email_sent;{name}")
            if rank >= n % 8:
                events.append(f"{day:%d/%m/%Y} 09:00;{mail};email_open;{name}")
            if rank == 5 and n % 3 == 0:
                events.append(f"{day:%d/%m/%Y} 09:05;{mail};email_click;{name}")
        if n % 6 == 0:
            orders.append(f"C{n};{TODAY - timedelta(days=8):%d/%m/%Y};40,00;{mail}")
    with Workspace.open(path) as base:
        base.set_as_of(TODAY)
        bring(base, "\n".join(people), "clients.csv")
        bring(base, "\n".join(events), "activite.csv")
        bring(base, "\n".join(orders), "commandes.csv")


@pytest.fixture
def drawn(base: Path) -> Callable[..., AppTest]:
    """drawn(lang="fr") → the screen."""

    def draw(lang: str = "fr") -> AppTest:
        app = AppTest.from_function(screen, default_timeout=60)
        app.query_params["lang"] = lang
        return app.run()

    return draw


def click(app: AppTest, picture: str, *marks: str) -> AppTest:
    points = [{"customdata": [mark, ""]} for mark in marks]
    selection: dict[str, Any] = {"points": points, "point_indices": [0], "box": [], "lasso": []}
    app.session_state[f"engagement_{picture}_0"] = {"selection": selection}
    return app.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_nothing_it_says_which_file_to_bring_and_gives_its_model(
    base: Path, drawn: Callable[..., AppTest], lang: str
) -> None:
    app = drawn(lang)
    assert not app.exception and not RAW_KEY.search(said(app))
    assert len(app.get("download_button")) == 1
    with Workspace.open(base) as workspace:
        bring(workspace, "\n".join(["Prénom;Nom;E-mail", "Luc;DURAND;luc@example.com"]), "clients.csv")
    app = drawn(lang)
    assert not app.exception and not RAW_KEY.search(said(app))
    assert len(app.get("download_button")) == 1 and not app.get("plotly_chart")
    assert "Brevo" in said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_alone_gives_rates_tiers_and_last_signs(
    base: Path, drawn: Callable[..., AppTest], lang: str
) -> None:
    lines = ["Prénom;Nom;E-mail;Taux d’ouverture;Date du dernier clic;E-mails envoyés"]
    days = (3, 100, 300)
    lines += [
        f"Luc;D{n};l{n}@example.com;{n * 10} %;{TODAY - timedelta(days=day):%d/%m/%Y};9"
        for n, day in enumerate(days)
    ]
    with Workspace.open(base) as workspace:
        workspace.set_as_of(TODAY)
        bring(workspace, "\n".join(lines), "clients.csv")
    app = drawn(lang)
    assert not app.exception and not RAW_KEY.search(said(app))
    seen = read(cached.report("engagement"))
    assert (seen.heard, seen.mailed, seen.rated) == (True, False, 3)
    assert seen.tiers() == {
        "very": 1, "engaged": 0, "warm": 1, "cold": 0, "dormant": 1, "new": 0, "never": 0, "unknown": 0
    }  # fmt: skip
    assert not re.search("Depuis le|Since", said(app)), "the file knows no past"
    assert seen.bars("clicked").values == (1, 0, 1, 1, 0, 0)
    assert seen.bars("rates").values == (1, 1, 1, 0, 0)


def test_facts_funnel_and_campaigns_are_those_of_the_shop(base: Path, drawn: Callable[..., AppTest]) -> None:
    readers(base)
    app = drawn()
    assert not app.exception and not RAW_KEY.search(said(app))
    seen = read(cached.report("engagement"))
    ranks = [n % 8 for n in range(30)]
    assert seen.bars("funnel").values == (
        30, 30, sum(rank <= 5 or n % 3 == 0 for n, rank in enumerate(ranks)), 10, 5
    )  # fmt: skip
    silent = sum(rank > 5 and n % 3 != 0 for n, rank in enumerate(ranks))
    assert (seen.silence.contacts, seen.silence.mails) == (silent, silent * 6)  # type: ignore[union-attr]
    assert f"**{silent} contacts** n’ont jamais ouvert" in said(app)
    newest = seen.campaigns.rows[0]  # type: ignore[union-attr]
    assert (newest[3], newest[7], newest[10]) == (30, 10, 5)
    assert "10 clics seulement" in said(app)
    assert seen.best is None


def test_what_moved_adds_up_to_everyone(base: Path, drawn: Callable[..., AppTest]) -> None:
    readers(base)
    text = said(drawn())
    ((parts, whole),) = re.findall(r"\*\*Depuis le [^*]+\*\* : (.+) = (\d+) contacts\.", text)
    assert sum(int(re.findall(r"\d+", part)[0]) for part in parts.split(" + ")) == int(whole) == 30
    seen = read(cached.report("engagement"))
    assert f"{seen.bars('moved')['down']} en baisse" in parts or not seen.bars("moved")["down"]
    assert sum(seen.tiers().values()) == 30


def test_the_price_of_an_e_mail_gives_the_cost_of_never_openers(
    base: Path, drawn: Callable[..., AppTest]
) -> None:
    readers(base)
    assert "Coût" not in said(drawn())
    cached.workspace().set_price("email", Decimal("0.05"))
    mails = read(cached.report("engagement")).silence.mails  # type: ignore[union-attr]
    euros = f"{mails * 0.05:.2f}".replace(".", ",")
    assert f"Coût : {euros}" in said(drawn())


def test_a_tier_a_step_and_a_fact_become_segments(base: Path, drawn: Callable[..., AppTest]) -> None:
    readers(base)
    app = click(drawn(), "tiers", f"very|{TODAY.isoformat()}")
    (count,) = re.findall(r"\*\*Très engagé\*\* : (\d+) contacts", said(app))
    app = press(app, "Créer un segment")
    draft = app.session_state["carnet.draft_segment"]
    assert isinstance(draft, Draft)
    assert cached.workspace().evaluator.count(draft.segment()) == int(count)
    assert "**Ont acheté ensuite** : 5 contacts" in said(click(drawn(), "funnel", "bought"))
    app = drawn()
    app = app.button(key="engagement_fact_silent").click().run()
    assert "**N’ouvrent jamais** : " in said(app)
    app = app.button(key="engagement_clear").click().run()
    assert "**À faire :** cliquez sur « Voir qui »" in said(app)


def test_a_segment_narrows_the_page(base: Path, drawn: Callable[..., AppTest]) -> None:
    readers(base)
    with Workspace.open(base) as workspace:
        saved = workspace.segments.save("Acheteurs", {"field": "orders_count", "op": ">=", "value": 1})
    app = drawn()
    app = app.selectbox[0].set_value(saved.key).run()
    assert not app.exception
    assert "**5 contacts** sur 5 (100" in said(app)
