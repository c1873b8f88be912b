"""In a browser, a click on loyalty says who is there and goes on; the table does so from the keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import Running, click_middle, idle, settled


def click_cell(page: Page, row: int, column: int) -> str:
    """Click a cell of the grid, counted from the top left; how many people it says it holds."""
    grid = page.locator(".js-plotly-plot").first
    cell = grid.locator(".trace.bars").nth(row).locator(".point").nth(column)
    said = cell.locator("text tspan").first.text_content() or ""
    click_middle(page, cell)
    return said


def test_a_click_on_the_grid_says_who_is_there_and_becomes_a_list(
    shop: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{shop.url}/rfm", theme="dark")
    held = click_cell(page, 0, 4)
    expect(page.get_by_text(f"Champions (6 commandes et plus) : {held} clients")).to_be_visible()
    page.get_by_role("button", name="Préparer la liste").click()
    idle(page)
    expect(page.get_by_text(f"sur {held} contacts")).to_be_visible()


def test_a_click_on_the_grid_becomes_a_saved_segment_of_that_size(
    shop: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{shop.url}/rfm")
    held = click_cell(page, 3, 0)
    page.get_by_role("button", name="Créer un segment").click()
    idle(page)
    name = page.get_by_label("Nom du segment")
    expect(name).to_have_value("En sommeil (1 commande)")
    page.get_by_role("button", name="Enregistrer").click()
    idle(page)
    page.goto(f"{shop.url}/segments")
    idle(page)
    expect(page.get_by_text("En sommeil (1 commande)").first).to_be_visible()
    expect(page.get_by_text(f"{held} contacts").first).to_be_visible()


def test_the_last_picture_clicked_is_the_choice(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/rfm", lang="en-US")
    click_cell(page, 0, 0)
    expect(page.get_by_text("New customers (1 order):")).to_be_visible()
    page.get_by_role("tab", name="Groups by size").click()
    idle(page)
    click_middle(page, page.locator(".js-plotly-plot .slice").filter(has_text="Lost"))
    expect(page.get_by_text("Lost: ")).to_be_visible()
    assert page.get_by_text("New customers (1 order):").count() == 0


def test_the_table_chooses_from_the_keyboard(shop: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{shop.url}/rfm")
    table = page.get_by_test_id("stDataFrame").last
    box = settled(page, table)
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    idle(page)
    expect(page.get_by_text("Clients fidèles : ")).to_be_visible()
