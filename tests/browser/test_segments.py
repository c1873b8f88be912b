"""In a real browser: two criteria crossed, counted at once, saved, listed, and the Excel file it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from segmentation.criteria.codec import criterion_from_json
from segmentation.workspace import Workspace
from tests.browser.driving import Running, idle

SAID = {
    "fr-FR": {
        "new": "Nouveau segment", "rule": "Critère", "city": "Ville", "spent": "CA total",
        "value": "Valeur, critère {}", "compare": "Comparaison, critère {}", "name": "Nom du segment",
        "save": "Enregistrer", "more": "Plus", "list": "Préparer la liste",
        "download": "Télécharger Excel", "promise": "peuvent recevoir votre e-mail",
    },
    "en-US": {
        "new": "New segment", "rule": "Rule", "city": "Town", "spent": "Total spent",
        "value": "Value, rule {}", "compare": "Comparison, rule {}", "name": "Segment name",
        "save": "Save", "more": "More", "list": "Prepare the list",
        "download": "Download Excel", "promise": "can receive your e-mail",
    },
}  # fmt: skip
LYON = {"field": "city", "op": "is", "value": "Lyon"}
CROSSED = {"all": [LYON, {"field": "total_spent", "op": ">=", "value": 200}]}
NESTED = {
    "all": [
        {"field": "city", "op": "in", "value": ["Lyon", "Villeurbanne"]},
        {
            "any": [
                {"field": "total_spent", "op": ">=", "value": 200},
                {
                    "event": "order",
                    "measure": "count",
                    "op": ">=",
                    "value": 2,
                    "within": {"last": 90, "unit": "day"},
                    "where": {"all": [{"field": "category", "op": "in", "value": ["Thé"]}]},
                },
            ]
        },
        {"not": {"field": "rfm_segment", "op": "is", "value": "lost"}},
        {"event": "email_open", "op": "=", "value": 0, "within": {"last": 60, "unit": "day"}},
    ]
}


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    """What the demonstration shop answers, filled by ``shop``."""
    return {}


@pytest.fixture(scope="module")
def shop(
    start_carnet: Callable[..., Running], shop_file: Callable[[], Path], counts: dict[str, int]
) -> Running:
    """A server just started on the demonstration shop, where one segment is saved."""
    path = shop_file()
    with Workspace.open(path) as base:
        base.segments.save("Voisins fidèles", NESTED)
        base.segments.save("À jeter", LYON)
        for name, criterion in (("lyon", LYON), ("crossed", CROSSED), ("nested", NESTED)):
            look = base.evaluator.look(criterion_from_json(criterion))
            counts[name], counts[f"{name} reached"] = look.count, look.reach["email"].reachable
    return start_carnet(path)


def figure(page: Page, place: int) -> int:
    """A figure of the builder: 0 is the size, 1 who an e-mail reaches."""
    return digits(page.get_by_test_id("stMetricValue").nth(place).inner_text())


def digits(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def add_rule(page: Page, said: dict[str, str], field: str) -> None:
    """Find a field by its name in the picker and choose it."""
    page.get_by_role("button", name=said["rule"], exact=False).first.click()
    idle(page)
    page.locator("[class*=st-key-search_] input").first.fill(field)
    page.keyboard.press("Enter")
    idle(page)
    page.get_by_role("button", name=field, exact=True).click()
    idle(page)


@pytest.mark.parametrize(("lang", "language"), [("fr-FR", "fr"), ("en-US", "en")])
def test_a_deep_link_opens_the_builder_right_after_a_start(
    shop: Running, open_page: Callable[..., Page], counts: dict[str, int], lang: str, language: str
) -> None:
    page = open_page(f"{shop.url}/segments?segment=voisins-fideles&lang={language}", lang=lang)
    assert page.get_by_role("dialog").count() == 0
    expect(page.get_by_label(SAID[lang]["name"])).to_have_value("Voisins fidèles")
    assert figure(page, 0) == counts["nested"]
    assert page.get_by_test_id("stException").count() == 0
    first = page.locator("[class*=st-key-rule_]").first.bounding_box()
    assert first is not None and first["height"] < 60, "a rule reads as one line"


@pytest.mark.parametrize("lang", SAID)
def test_two_criteria_crossed_become_a_list_in_excel(
    shop: Running, open_page: Callable[..., Page], counts: dict[str, int], tmp_path: Path, lang: str
) -> None:
    said = SAID[lang]
    page = open_page(f"{shop.url}/segments?lang={lang[:2]}", lang=lang)
    page.get_by_role("button", name=said["new"]).click()
    idle(page)
    add_rule(page, said, said["city"])
    page.get_by_label(said["value"].format(1)).fill("Lyon")
    page.keyboard.press("Enter")
    idle(page)
    assert figure(page, 0) == counts["lyon"]
    add_rule(page, said, said["spent"])
    page.get_by_label(said["compare"].format(2)).click()
    page.get_by_role("option", name="≥", exact=True).click()
    idle(page)
    page.get_by_label(said["value"].format(2)).fill("200")
    page.keyboard.press("Enter")
    idle(page)
    assert [figure(page, place) for place in (0, 1)] == [counts["crossed"], counts["crossed reached"]]
    page.get_by_label(said["name"]).fill(f"Lyon 200 {lang}")
    page.keyboard.press("Enter")
    idle(page)
    page.get_by_role("button", name=said["save"], exact=False).first.click()
    idle(page)
    expect(page).to_have_url(re.compile("segment=lyon-200"))
    page.get_by_role("button", name=said["more"], exact=False).first.click()
    idle(page)
    page.get_by_role("button", name=said["list"]).click()
    idle(page)
    promised = page.get_by_text(said["promise"]).first.inner_text()
    assert digits(promised.split(said["promise"])[0]) == counts["crossed reached"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name=said["download"]).click()
    file = tmp_path / "list.xlsx"
    waiting.value.save_as(file)
    rows = list(openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    assert len(rows) - 1 == counts["crossed reached"]


def test_on_a_phone_the_figures_come_before_the_rules(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/segments?segment=voisins-fideles", theme="dark", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    size = page.get_by_test_id("stMetric").first.bounding_box()
    rule = page.locator("[class*=st-key-rule_]").first.bounding_box()
    assert size is not None
    assert rule is not None
    assert size["y"] < rule["y"]
    for box in page.locator("[class*=st-key-rule_] [data-testid^=st]").all():
        inside = box.bounding_box()
        assert inside is None or inside["x"] + inside["width"] <= 390


def test_a_copy_opens_and_a_deletion_is_taken_back(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/segments?segment=a-jeter")
    page.get_by_role("button", name="Plus", exact=False).first.click()
    idle(page)
    page.get_by_role("button", name="Dupliquer").click()
    idle(page)
    expect(page.get_by_label("Nom du segment")).to_have_value("Copie de À jeter")
    page.goto(f"{shop.url}/segments?segment=a-jeter")
    idle(page)
    page.get_by_role("button", name="Plus", exact=False).first.click()
    idle(page)
    page.get_by_role("button", name="Supprimer").click()
    idle(page)
    expect(page.get_by_text("Segment « À jeter » supprimé.")).to_be_visible()
    page.get_by_role("button", name="Annuler la suppression").click()
    idle(page)
    expect(page.locator("[class*=st-key-card_a-jeter]")).to_be_visible()


def test_an_aim_leads_to_a_list_and_to_a_draft(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/segments")
    page.get_by_text("Inviter près d’ici").click()
    idle(page)
    card = page.locator("[class*=st-key-ready_T22a]")
    held = digits(card.get_by_text("contacts").first.inner_text().split("contacts")[0])
    card.get_by_role("button", name="Voir et ajuster").click()
    idle(page)
    expect(page.get_by_label("Nom du segment")).to_have_value("À moins de 10 km")
    assert figure(page, 0) == held
    page.get_by_role("button", name="Mes segments").click()
    idle(page)
    page.locator("[class*=st-key-ready_T22a]").get_by_role("button", name="Préparer la liste").click()
    idle(page)
    expect(page.get_by_text("peuvent recevoir votre e-mail")).to_be_visible()
