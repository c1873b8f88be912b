"""A deep link right after a start shows its page in the frame, in the reader’s language and letters."""

import socket
from collections.abc import Callable
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from launch.waiting import WaitingPage
from tests.browser.driving import Running, idle


def test_a_deep_link_on_a_new_server_shows_its_page_until_the_command_is_closed(
    carnet: Running, start_carnet: Callable[..., Running], open_page: Callable[..., Page]
) -> None:
    first = open_page(carnet.url)
    path = urlsplit(first.get_by_test_id("stSidebarNavLink").last.get_attribute("href")).path
    assert path.strip("/"), "a page other than the first"
    running = start_carnet()
    page = open_page(f"{running.url}{path}?id=9")
    assert page.get_by_test_id("stSidebarNavLink").count() > 1, (
        f"the page is outside its frame: {running.said}"
    )
    assert page.get_by_role("dialog").count() == 0, "a dialog lies over the page"
    assert page.url.startswith(f"{running.url}{path}"), "the reader was sent elsewhere"
    assert page.get_by_test_id("stException").count() == 0
    page.close()
    said = running.stop()
    assert running.process.returncode == 0
    assert "Carnet est fermé." in said
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", running.port), 1)


@pytest.mark.parametrize(
    ("lang", "step"), [("fr-FR", "Réception des composants"), ("en-US", "Receiving components")]
)
def test_the_waiting_page_turns_into_the_app(
    carnet: Running, open_page: Callable[..., Page], lang: str, step: str
) -> None:
    waiting = WaitingPage()
    waiting.say("receiving", done=5, total=10)
    page = open_page(waiting.url, lang=lang, rest=False)
    expect(page.get_by_role("status")).to_contain_text(step)
    assert page.get_by_role("progressbar").evaluate("bar => bar.value") == 0.5
    handover = Thread(target=waiting.ready, args=(carnet.url,))
    handover.start()
    page.wait_for_url(f"{carnet.url}/**")
    handover.join()
    idle(page)
    expect(page.get_by_test_id("stSidebarNavLink").nth(1)).to_be_visible()


def test_the_waiting_page_says_why_it_failed(open_page: Callable[..., Page]) -> None:
    waiting = WaitingPage()
    page = open_page(waiting.url, rest=False)
    telling = Thread(target=waiting.failed, args=("network_missing", {}))
    telling.start()
    expect(page.get_by_role("heading")).to_have_text("Carnet n’a pas pu s’ouvrir")
    expect(page.locator("#intro")).to_contain_text("vérifiez la connexion à Internet")
    telling.join()


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
