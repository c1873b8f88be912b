"""Contacts in a real browser: rows drawn, sorted by the base, opened by a click; an edit is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.driving import Running, fits, idle
from tests.browser.test_bad_input import fill

PEOPLE = "Prénom;Nom;E-mail;Mobile;Ville;Newsletter\r\n" + "".join(
    f"Prénom{n:03d};Nom{n:03d};c{n:03d}@example.com;0639980{n:03d};{('Lyon', 'Paris')[n % 2]};oui\r\n"
    for n in range(250)
)


@pytest.fixture(scope="module")
def shop(start_carnet: Callable[..., Running], tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A server on 250 people."""
    base = tmp_path_factory.mktemp("people") / "carnet.duckdb"
    fill(base, "clients.csv", PEOPLE)
    return start_carnet(base)


def rows(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title*='agGrid'], iframe[title*='aggrid']").first


def test_find_open_edit_and_undo(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/contacts?lang=fr")
    drawn = rows(page).locator(".ag-center-cols-container .ag-row")
    expect(drawn.first).to_contain_text("Nom000")
    assert drawn.count() >= 10
    rows(page).get_by_text("Nom", exact=True).click()
    rows(page).get_by_text("Nom", exact=True).click()
    expect(drawn.first).to_contain_text("Nom249", timeout=30_000)
    page.get_by_role("textbox", name="Chercher").fill("nmo 123")
    page.keyboard.press("Enter")
    idle(page)
    page.get_by_role("textbox", name="Chercher").fill("prenom123")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 contact trouvé")).to_be_visible()
    drawn.get_by_text("Nom123", exact=True).click()
    expect(page.get_by_role("heading", name="Prénom123 Nom123")).to_be_visible()
    expect(page).to_have_url(re.compile("contact=124"))
    page.get_by_role("button", name="Modifier").click()
    page.get_by_role("textbox", name="Ville").fill("Bron")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("1 valeur modifiée")).to_be_visible()
    expect(page.get_by_text("Bron · contact n° 124")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Paris · contact n° 124")).to_be_visible()
    page.get_by_role("button", name="Tous les contacts").click()
    expect(drawn.first).to_contain_text("Nom123")
    page.go_back()
    expect(page.get_by_role("heading", name="Prénom123 Nom123")).to_be_visible()


def test_pages_and_a_tag_for_the_ticked(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/contacts?lang=en")
    drawn = rows(page).locator(".ag-center-cols-container .ag-row")
    page.get_by_test_id("stPagination").get_by_text("3").click()
    expect(drawn.first).to_contain_text("Nom200")
    for place in range(2):
        rows(page).locator(".ag-row .ag-checkbox-input").nth(place).click()
        idle(page)
    page.get_by_role("button", name="Tag", exact=True).click()
    expect(page.get_by_text("the 2 ticked contacts")).to_be_visible()
    page.get_by_role("textbox", name="Tag name").fill("fair 2026")
    page.keyboard.press("Enter")
    idle(page)
    page.get_by_role("button", name="Add the tag").click()
    expect(page.get_by_text("2 contacts now have the tag “fair 2026”.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 contacts now have")).to_have_count(0)


@pytest.mark.parametrize("place", ["contacts", "contacts?contact=1"])
def test_the_screen_fits(shop: Running, open_page: Callable[..., Page], place: str) -> None:
    fits(open_page(f"{shop.url}/{place}"))
