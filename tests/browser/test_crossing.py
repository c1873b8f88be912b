"""In a browser, a click on a cell of a crossing says who is there and becomes a segment of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import Running, click_middle, idle, settled


def click_cell(page: Page, row: int, column: int) -> str:
    """Click a cell, counted from the top left, as a hand does; what it says."""
    cell = page.locator(".js-plotly-plot").first.locator(".trace.bars").nth(row).locator(".point").nth(column)
    said = cell.locator("text").first.text_content() or ""
    click_middle(page, cell)
    return said


def test_a_click_on_a_cell_becomes_a_segment_with_its_count(
    shop: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{shop.url}/crossing")
    held = click_cell(page, 0, 1)
    assert int(held) > 10
    panel = page.locator(".st-key-crossing_chosen")
    expect(panel.get_by_text(re.compile(rf"Champions × .*\s: {held} contacts"))).to_be_visible()
    panel.get_by_role("button", name="Créer un segment").click()
    idle(page)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(held)


def test_the_table_chooses_a_row_from_the_keyboard(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/crossing", lang="en-US")
    page.get_by_text("The same figures as a table").click()
    idle(page)
    table = page.get_by_test_id("stDataFrame")
    box = settled(page, table)
    panel = page.locator(".st-key-crossing_chosen")
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    expect(panel.get_by_text("Champions: ")).to_be_visible()
    idle(page)
    page.keyboard.press("ArrowDown")
    idle(page)
    expect(panel.get_by_text("Loyal customers: ")).to_be_visible()
