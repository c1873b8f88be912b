"""A real server, a real Chromium: what the browser tests stand on.

Every page opened here is watched: at the end of its test, a request to another host or an error in the page
fails it. Nothing here is ever skipped: without a Chromium, the browser tests fail and say so.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from launch import chromium
from launch.environment import Environment
from tests.browser.driving import Running, Watch, idle, start

expect.set_options(timeout=20_000)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = {1280: 900, 390: 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder carries the mark `browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def start_carnet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Running]]:
    """start_carnet(base=None, port=None, **environ) → Running; every server is stopped at the end."""
    started: list[Running] = []

    def begin(base: Path | None = None, port: int | None = None, **environ: str) -> Running:
        running = start(base or tmp_path_factory.mktemp("base") / "carnet.duckdb", port=port, **environ)
        started.append(running)
        return running

    yield begin
    for running in started:
        running.stop()


@pytest.fixture(scope="session")
def carnet(
    start_carnet: Callable[..., Running], demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Running:
    """A server on an empty base, its demonstration ready: for the tests that save nothing in the base."""
    folder = tmp_path_factory.mktemp("empty")
    for name in (demo_file.name, f"{demo_file.name}.stamp"):
        shutil.copyfile(demo_file.with_name(name), folder / name)
    return start_carnet(folder / "carnet.duckdb")


@pytest.fixture(scope="session")
def shop_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """shop_file() → a base of one's own that holds the demonstration shop."""
    return lambda: Path(shutil.copyfile(demo_file, tmp_path_factory.mktemp("shop") / "carnet.duckdb"))


@pytest.fixture(scope="session")
def shop(start_carnet: Callable[..., Running], shop_file: Callable[[], Path]) -> Running:
    """A server whose own base is the demonstration shop, for the tests that only add segments to it."""
    return start_carnet(shop_file())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    path = chromium.find(Environment())
    if not path:
        pytest.fail("no Chromium or Chrome on this machine: `python3 start.py test` installs one")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when one of its pages left the machine or had an error."""
    seen = Watch()
    yield seen
    assert seen.outside == [], "a page asked another host"
    assert seen.errors == [], "an error happened in a page"


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """open_page(url, lang="fr-FR", theme="light", width=1280, rest=True) → Page, in a context of its own.

    `lang` is fr-FR or en-US, `theme` light or dark, `width` 1280 or 390; `rest` waits until the app is idle.
    """
    contexts = []

    def show(
        url: str, lang: str = "fr-FR", theme: str = "light", width: int = 1280, rest: bool = True
    ) -> Page:
        context = browser.new_context(
            locale=lang,
            timezone_id="Europe/Paris",
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            viewport={"width": width, "height": HEIGHT.get(width, 900)},
        )
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        page.goto(url)
        if rest:
            idle(page)
        return page

    yield show
    for context in contexts:
        context.close()
