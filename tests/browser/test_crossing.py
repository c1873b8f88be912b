"""In a browser, a click on a cell of a crossing says who is there and becomes a segment of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from segmentation.workspace import Workspace
from tests.browser.driving import Running, idle


@pytest.fixture(scope="module")
def shop(start_carnet: Callable[..., Running], tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A server whose base is the demonstration shop."""
    path = tmp_path_factory.mktemp("shop") / "carnet.duckdb"
    with Workspace.open(path) as base:
        base.demo()
    return start_carnet(path)


def click_cell(page: Page, row: int, column: int) -> str:
    """Click a cell, counted from the top left, as a hand does; what it says."""
    cell = page.locator(".js-plotly-plot").first.locator(".trace.bars").nth(row).locator(".point").nth(column)
    said = cell.locator("text").first.text_content() or ""
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    idle(page)
    return said


def test_a_click_on_a_cell_becomes_a_segment_with_its_count(
    shop: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{shop.url}/crossing")
    held = click_cell(page, 0, 1)
    assert int(held) > 10
    panel = page.locator(".st-key-crossing_chosen")
    expect(panel.get_by_text(re.compile(rf"Champions × .* : {held} contacts"))).to_be_visible()
    panel.get_by_role("button", name="Créer un segment").click()
    idle(page)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(held)


def test_the_table_chooses_a_row_from_the_keyboard(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/crossing", lang="en-US")
    page.get_by_text("The same figures as a table").click()
    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)  # the picture above settles its height
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    idle(page)
    page.keyboard.press("ArrowDown")
    idle(page)
    panel = page.locator(".st-key-crossing_chosen")
    expect(panel.get_by_text("Loyal customers: ")).to_be_visible()
