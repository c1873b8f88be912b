"""The home page in a real browser: the demonstration opens at once, what is to do opens its people."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter

from playwright.sync_api import Page, expect

from tests.browser.driving import Running, fits, idle, open_demo


def test_the_demonstration_opens_in_three_seconds_after_a_start(
    start_carnet: Callable[..., Running], open_page: Callable[..., Page]
) -> None:
    first = start_carnet()
    open_demo(open_page(first.url))
    first.stop()
    running = start_carnet()
    page = open_page(running.url)
    begun = perf_counter()
    page.get_by_role("button", name="démonstration").click()
    expect(page.get_by_test_id("stMain").get_by_text("À faire cette semaine")).to_be_visible()
    assert perf_counter() - begun < 3
    running.stop()


def test_a_thing_to_do_opens_its_people_then_its_list(
    carnet: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(carnet.url)
    open_demo(page)
    money = page.get_by_text(re.compile("de votre chiffre d’affaires"))
    count = re.match(r"[\d\s]+", money.inner_text())
    assert count
    page.get_by_role("button", name="Voir qui").first.click()
    idle(page)
    expect(page).to_have_url(re.compile("/segments"))
    expect(page.get_by_test_id("stMain").get_by_text(count[0].strip(), exact=True).first).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").first.click()
    idle(page)
    page.get_by_role("button", name="Préparer la liste").first.click()
    idle(page)
    expect(page).to_have_url(re.compile("/lists"))
    expect(page.get_by_role("button", name="Télécharger Excel")).to_be_visible()


def test_the_name_of_the_start_leads_to_it(carnet: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{carnet.url}/home?lang=en")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Who are your customers?")).to_be_visible()
    assert page.url == f"{carnet.url}/?lang=en"


def test_the_page_fits(carnet: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(carnet.url)
    open_demo(page)
    fits(page)
