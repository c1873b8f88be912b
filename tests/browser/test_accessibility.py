"""axe-core looks at every screen, light and dark: nothing that keeps somebody from reading or using it.

What is left is Streamlit's own markup, listed in ``EXCUSED``; an excuse that no longer serves fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from app import MENU
from segmentation.workspace import Workspace
from tests.browser.driving import Running, idle
from tests.browser.test_import import CLIENTS, drop, see

MENDED = ("moderate", "serious", "critical")
"""Impacts that fail; what is left out, minor, is the role of Streamlit's drop zone."""

EXCUSED = {
    # rule: (what it is about, as a CSS selector; whose markup it is and why it cannot be mended from here)
    "list": (
        '[data-testid="stSidebarNavItems"]',
        "Streamlit's menu: the groups of st.navigation are div between ul and li",
    ),
    "listitem": (
        '[data-testid="stSidebarNavItems"] > div > li',
        "Streamlit's menu: the same div; every line of it is a link with its name",
    ),
    "svg-img-alt": (
        '[data-testid="stMetricChart"] svg g[role="graphics-symbol"]',
        "Streamlit's st.metric: an empty group of its small Vega chart; the figure and its trend are text",
    ),
}

GROUND = {False: "rgb(251, 251, 250)", True: "rgb(18, 23, 28)"}
"""The page's background, light and dark, as .streamlit/config.toml says."""

LOOK = """async ([rules, excused, mended]) => {
  const options = {resultTypes: ["violations"], elementRef: true};
  if (rules.length) options.runOnly = rules;
  const {violations} = await axe.run(options);
  const found = {left: [], used: []};
  for (const rule of violations) {
    const selector = excused[rule.id];
    for (const {element, impact, html, failureSummary} of rule.nodes) {
      if (selector && element && element.matches(selector)) found.used.push(rule.id);
      else if (mended.includes(impact))
        found.left.push(`${rule.id} (${impact}): ${html.slice(0, 300)} ${failureSummary}`);
    }
  }
  return found;
}"""


@dataclass
class Eye:
    """What axe-core saw, over the places of one test."""

    left: list[str] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    dark: bool = False

    def look(self, page: Page, place: str, *rules: str) -> None:
        """Look at the page as it is, its frames too; with ``rules``, by these alone."""
        page.mouse.move(0, 0)
        for frame in page.frames:
            frame.evaluate("script => { window.axe || (0, eval)(script) }", AXE_SCRIPT)
        selectors = {rule: selector for rule, (selector, _) in EXCUSED.items()}
        found = page.evaluate(LOOK, [list(rules), selectors, MENDED])
        self.left += [f"{place}: {one}" for one in found["left"]]
        self.used.update(found["used"])

    def look_twice(self, page: Page, place: str) -> None:
        """Every rule in the theme the page is in, the contrasts in the other; the page stays in that one."""
        self.look(page, place)
        self.dark = not self.dark
        page.emulate_media(color_scheme="dark" if self.dark else "light")
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", GROUND[self.dark])
        idle(page)
        self.look(page, f"{place}, {'dark' if self.dark else 'light'}", "color-contrast")


def narrow(page: Page, eye: Eye, place: str) -> None:
    """Look at the same page on a telephone, its menu folded."""
    page.set_viewport_size({"width": 390, "height": 844})
    idle(page)
    eye.look(page, f"{place}, 390")
    page.set_viewport_size({"width": 1280, "height": 900})
    idle(page)


@pytest.fixture(scope="module")
def shop(start_carnet: Callable[..., Running], shop_file: Callable[[], Path]) -> Running:
    """A server on the demonstration shop, with one segment saved."""
    path = shop_file()
    with Workspace.open(path) as base:
        base.segments.save("Lyon", {"field": "city", "op": "is", "value": "Lyon"}, colour="orange")
    return start_carnet(path)


def test_every_screen_of_the_menu_and_what_opens_from_it(
    shop: Running, open_page: Callable[..., Page]
) -> None:
    eye, page = Eye(), open_page(shop.url)
    for place, screen in enumerate(one for group in MENU.values() for one in group):
        page.get_by_test_id("stSidebarNavLink").nth(place).press("Enter")
        expect(page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_be_visible()
        idle(page)
        eye.look_twice(page, screen.name)
        if screen.name in ("home", "crossing"):
            narrow(page, eye, screen.name)
    page.goto(f"{shop.url}/contacts?contact=7")
    idle(page)
    eye.look_twice(page, "a contact's card")
    page.goto(f"{shop.url}/segments?segment=lyon")
    idle(page)
    eye.look_twice(page, "the builder with a rule")
    narrow(page, eye, "the builder")
    page.get_by_role("button", name="Critère").first.press("Enter")
    expect(page.locator("[class*=st-key-search_] input").first).to_be_visible()
    eye.look(page, "the criteria to choose from")
    page.goto(f"{shop.url}/lists?segment=lyon")
    idle(page)
    eye.look_twice(page, "a list filled in")
    assert eye.left == []
    assert set(eye.used) == set(EXCUSED), "an excuse that no longer serves must go"


def test_an_empty_base_and_a_file_about_to_be_written(
    carnet: Running, open_page: Callable[..., Page]
) -> None:
    eye, page = Eye(), open_page(carnet.url)
    eye.look_twice(page, "home, empty")
    narrow(page, eye, "home, empty")
    drop(page, "clients.csv", CLIENTS)
    see(page, "Pouvez-vous écrire à ces personnes")
    page.get_by_text("Ce sont mes clients").click()
    idle(page)
    eye.look_twice(page, "what was understood")
    page.get_by_role("button", name="Voir ce qui va être enregistré").click()
    see(page, re.compile("4 lignes lues"))
    idle(page)
    eye.look_twice(page, "before writing")
    assert eye.left == []
