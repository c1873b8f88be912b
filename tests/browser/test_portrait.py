"""In a browser, a département clicked anywhere becomes a segment; the list beside does so by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.browser.driving import Running, idle

TOWNS = ("33000;Bordeaux", "33000;Bordeaux", "33200;Bordeaux", "64000;Pau", "75011;Paris")


@pytest.fixture(scope="module")
def people(start_carnet: Callable[..., Running], tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A server whose base holds forty contacts of a plain file."""
    path = tmp_path_factory.mktemp("people") / "carnet.duckdb"
    lines = ["Prénom;Nom;Email;Code postal;Ville"]
    lines += [f"Luc;DURAND{n};c{n}@orange.fr;{TOWNS[n % 5]}" for n in range(40)]
    with Workspace.open(path) as base:
        bring(base, "\n".join(lines))
    return start_carnet(path)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_a_departement_of_the_map_becomes_a_segment(
    people: Running, open_page: Callable[..., Page], theme: str, width: int
) -> None:
    page = open_page(f"{people.url}/portrait", theme=theme, width=width)
    france = page.locator(".js-plotly-plot").first
    france.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    # the points of the map are in the order of the shapes: those of the Gironde are many
    place = page.evaluate(
        """() => {
          const plot = document.querySelector('.js-plotly-plot');
          const layer = plot.data.at(-1);
          const at = layer.customdata.map((mark, n) => [mark[0], n]).filter(one => one[0].endsWith('|33'));
          const [, n] = at[Math.floor(at.length / 2)];
          const { xaxis, yaxis } = plot._fullLayout;
          const box = plot.getBoundingClientRect();
          return [box.left + xaxis._offset + xaxis.l2p(layer.x[n]),
                  box.top + yaxis._offset + yaxis.l2p(layer.y[n])];
        }"""
    )
    page.mouse.move(place[0] - 3, place[1])
    page.mouse.move(*place)
    page.mouse.click(*place)
    idle(page)
    expect(page.get_by_text("Département : Gironde : 24 contacts")).to_be_visible()
    page.get_by_role("button", name="Créer un segment").click()
    idle(page)
    expect(page.get_by_role("region", name="24 premiers contacts")).to_be_visible()
    expect(page.get_by_label("Nom du segment")).to_have_value(re.compile(r"Département\s: Gironde"))


def test_the_list_chooses_from_the_keyboard(people: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{people.url}/portrait", lang="en-US")
    choose = page.get_by_role("combobox", name="Choose: Where they are")
    choose.focus()
    page.keyboard.type("Pyr")
    page.keyboard.press("Enter")
    idle(page)
    expect(page.get_by_text("Department: Pyrénées-Atlantiques: 8 contacts")).to_be_visible()
