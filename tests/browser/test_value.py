"""In a browser, a bar of value becomes a saved segment of its size; a cell answers on a telephone too."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import Running, click_middle, idle


def test_a_bar_becomes_a_saved_segment(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/value")
    page.get_by_role("tab", name="Reviennent-ils").click()
    idle(page)
    delays = page.locator(".js-plotly-plot:visible").first
    click_middle(page, delays.locator(".trace.bars .point").last)
    panel = page.get_by_text("Une seule commande pour l’instant : ")
    expect(panel).to_be_visible()
    count = panel.inner_text().rsplit(": ", 1)[1].split(" client")[0]
    page.get_by_role("button", name="Créer un segment").click()
    idle(page)
    page.get_by_role("button", name="Enregistrer").click()
    idle(page)
    page.goto(f"{shop.url}/segments")
    idle(page)
    expect(page.get_by_text("Une seule commande pour l’instant").first).to_be_visible()
    expect(page.get_by_text(f"{count} contacts").first).to_be_visible()


def test_a_cohort_is_chosen_on_a_telephone(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/value", lang="en-US", theme="dark", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Do they come back?").click()
    idle(page)
    grid = page.locator(".js-plotly-plot:visible").last
    click_middle(page, grid.locator(".trace.bars").first.locator(".point").first)
    expect(page.get_by_text("back 1 quarter later: ")).to_be_visible()
