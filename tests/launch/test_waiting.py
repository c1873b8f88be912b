"""The waiting page says each step in the reader's language, and hands over."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from launch.waiting import WaitingPage


@pytest.fixture
def page() -> Iterator[WaitingPage]:
    shown = WaitingPage()
    yield shown
    shown._close(0)


def get(page: WaitingPage, path: str = "", lang: str = "fr") -> str:
    asked = urllib.request.Request(page.url + path, headers={"Accept-Language": lang})
    with urllib.request.urlopen(asked, timeout=5) as reply:
        return str(reply.read().decode())


def state(page: WaitingPage, lang: str = "fr") -> dict[str, object]:
    told: dict[str, object] = json.loads(get(page, "state", lang))
    return told


def test_the_page_is_in_the_reader_s_language_and_asks_nobody_else(page: WaitingPage) -> None:
    french, english = get(page, lang="fr-FR"), get(page, lang="en-GB,en;q=0.9")
    assert '<html lang="fr">' in french and "Carnet se prépare" in french
    assert '<html lang="en">' in english and "Carnet is getting ready" in english
    assert "http://" not in french and "https://" not in french


def test_steps_move_on(page: WaitingPage) -> None:
    assert state(page)["share"] is None
    page.say("receiving", done=10, total=40)
    assert state(page, "en") == {
        "step": "Receiving components… 10 of 40",
        "share": 0.25,
        "url": None,
        "failed": None,
    }
    page.say("installing")
    assert state(page)["step"] == "Installation des composants…" and state(page)["share"] is None


def test_the_font_and_the_icon_are_served(page: WaitingPage) -> None:
    with urllib.request.urlopen(page.url + "inter.woff2", timeout=5) as reply:
        assert reply.read(4) == b"wOF2"
    with urllib.request.urlopen(page.url + "carnet.png", timeout=5) as reply:
        assert reply.read(4) == b"\x89PNG"


def test_ready_waits_for_a_reader_then_closes() -> None:
    page = WaitingPage()
    told: list[object] = []
    reader = threading.Timer(0.2, lambda: told.append(state(page)["url"]))
    reader.start()
    assert page.ready("http://127.0.0.1:8501", patience=5)
    reader.join()
    assert told == ["http://127.0.0.1:8501"]
    with pytest.raises(urllib.error.URLError):
        get(page)


def test_ready_without_a_reader_does_not_wait_for_ever() -> None:
    assert not WaitingPage().ready("http://127.0.0.1:8501", patience=0.1)


def test_a_failure_is_said_in_words() -> None:
    page = WaitingPage()
    told: list[dict[str, object]] = []
    reader = threading.Timer(0.2, lambda: told.append(state(page, "en")))
    reader.start()
    page.failed("port_taken", {"port": 1, "other": 2})
    reader.join()
    assert "already taken" in str(told[0]["failed"])
