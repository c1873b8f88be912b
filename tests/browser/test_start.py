"""A deep link right after a start shows its page in the frame, in the reader’s language and letters."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Running, idle, paths


@pytest.mark.parametrize("path", paths()[-1:])
def test_a_deep_link_on_a_new_server_shows_its_page(
    start_carnet: Callable[..., Running], open_page: Callable[..., Page], path: str
) -> None:
    running = start_carnet()
    page = open_page(f"{running.url}/{path}?id=9")
    assert page.get_by_test_id("stSidebarNavLink").count() > 1, "the page is outside its frame"
    assert page.get_by_role("dialog").count() == 0, "a dialog lies over the page"
    assert page.url.startswith(f"{running.url}/{path}"), "the reader was sent elsewhere"
    assert page.get_by_test_id("stException").count() == 0
    running.stop()


def test_the_font_comes_with_carnet(carnet: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(carnet.url)
    idle(page)
    assert page.evaluate("document.fonts.check('16px Inter', 'Élise')")
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map(r => r.name).filter(n => n.endsWith('.woff2'))"
    )
    assert any("inter-latin-wght-normal" in name for name in loaded)


@pytest.mark.parametrize(("lang", "word"), [("fr-FR", "Accueil"), ("en-US", "Home")])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_menu_speaks_the_browser_s_language(
    carnet: Running, open_page: Callable[..., Page], lang: str, word: str, width: int
) -> None:
    page = open_page(carnet.url, lang=lang, width=width)
    if width == 390:
        page.get_by_test_id("stExpandSidebarButton").click()
        idle(page)
    assert word in page.get_by_test_id("stSidebarNav").inner_text()


def test_closing_the_command_closes_the_server(start_carnet: Callable[..., Running]) -> None:
    running = start_carnet()
    said = running.stop()
    assert running.process.returncode == 0
    assert "Carnet est fermé." in said
    with pytest.raises(OSError, match=r"refused|refusée"):
        __import__("socket").create_connection(("127.0.0.1", running.port), 1)
