"""Every screen in every state, as pictures to be looked at: bases × languages × themes × widths.

    python -m benchmarks.pictures --out DIR [--bases demo twelve contacts orders empty] [--screens rfm value]
           [--files FILE …] [--languages fr en] [--themes light dark] [--widths 1280 390]

One picture per screen, as tall as its page, under DIR/<base>/, and one sheet of all of them per combination.
With ``--files``, instead: each file brought into an empty base, under DIR/<file>/: what is understood of it,
what is said before and after it is saved, then the quality of its base, its duplicates and its figures.
A page wider than its window, a raw key or an error on a page is told; exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice, product
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks import five_minutes
from benchmarks.five_minutes import LONG, UNDERSTOOD
from launch import chromium, server
from launch.environment import ROOT, Environment
from segmentation.i18n import words
from segmentation.workspace import Workspace
from tests.browser.conftest import FLAGS
from tests.browser.driving import idle

TALLEST = 4_000
SHOWN = 2_000
"""Pixels of a page: at most in its picture, at most in a sheet."""
RAW_KEY = re.compile(r"\b(?:page|field|choice|error|report|action)\.[a-z_]+(?:\.[a-z_]+)*\b")


def bring(base: Workspace, file: Path) -> None:
    """Import a file as it is understood."""
    table = base.read(file, file.name)
    base.commit(base.prepare(base.request(table, base.recognise(table))))


def demo(base: Workspace, folder: Path) -> None:
    """The demonstration."""
    base.demo()


def twelve(base: Workspace, folder: Path) -> None:
    """Twelve people of the demonstration's contact file."""
    few = folder / "douze.csv"
    with (ROOT / "data" / "demo" / "clients.csv").open("rb") as whole:
        few.write_bytes(b"".join(islice(whole, 13)))
    bring(base, few)


def contacts(base: Workspace, folder: Path) -> None:
    """A plain file of 300 contacts."""
    bring(base, five_minutes.contacts(folder))


def orders(base: Workspace, folder: Path) -> None:
    """The demonstration's orders, without its contacts."""
    bring(base, ROOT / "data" / "demo" / "commandes.csv")


def empty(base: Workspace, folder: Path) -> None:
    """Nothing yet."""


BASES: dict[str, Callable[[Workspace, Path], None]] = {
    make.__name__: make for make in (demo, twelve, contacts, orders, empty)
}


def screens(page: Page) -> list[tuple[str, str]]:
    """Each entry of the menu: its name in the address ("home" for the first) and its address."""
    links = page.get_by_test_id("stSidebarNavLink").all()
    paths = [urlsplit(str(link.get_attribute("href"))).path for link in links]
    return [(path.strip("/") or "home", path) for path in paths]


def picture(page: Page, file: Path) -> list[str]:
    """Save the page as tall as it is; what is wrong with it, in words."""
    tall = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
    width = int(page.evaluate("window.innerWidth"))
    page.set_viewport_size({"width": width, "height": min(max(tall, 900), TALLEST)})
    page.wait_for_timeout(700)
    page.screenshot(path=file)
    wider = int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
    text = page.get_by_test_id("stMain").inner_text()
    page.set_viewport_size({"width": width, "height": 900})
    wrong = [f"{wider} pixels wider than its window"] if wider > 0 else []
    wrong += [f"raw key {key}" for key in set(RAW_KEY.findall(text))]
    return wrong + ["an error is shown"] * page.get_by_test_id("stException").count()


def sheet(files: list[Path], file: Path) -> None:
    """The pictures side by side, cut at the same height, at half their size."""
    shots = [Image.open(one).convert("RGB") for one in files]
    wide, tall = shots[0].width // 2, max(min(shot.height, SHOWN) for shot in shots) // 2
    columns = min(len(shots), max(1, 2_600 // wide))
    rows = -(-len(shots) // columns)
    whole = Image.new("RGB", (columns * (wide + 8), rows * (tall + 8)), "gray")
    for place, shot in enumerate(shots):
        cut = shot.crop((0, 0, shot.width, min(shot.height, SHOWN)))
        row, column = divmod(place, columns)
        whole.paste(cut.resize((wide, cut.height // 2)), (column * (wide + 8), row * (tall + 8)))
    whole.save(file)


Look = tuple[str, str, int]
"""A language, a theme, a width."""


@contextmanager
def opened(make: Callable[[Workspace, Path], None]) -> Iterator[Callable[[Look], Page]]:
    """A base served and a browser; called with a look, an own window on its first page."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        with Workspace.open(folder / "carnet.duckdb") as base:
            make(base, folder)
        served = server.start(Environment(), server.next_free(8650), folder / "carnet.duckdb")
        browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)

        def window(look: Look) -> Page:
            language, theme, width = look
            size = ViewportSize(width=width, height=900)
            page = browser.new_context(viewport=size, color_scheme=theme, locale=language).new_page()
            page.goto(f"{served.url}/?lang={language}")
            idle(page, 120)
            return page

        try:
            served.wait_until_it_answers()
            served.open_first_session(Environment())
            yield window
        finally:
            browser.close()
            served.close()


def of_base(name: str, asked: argparse.Namespace) -> Iterator[str]:
    """Picture every screen of a base; what is wrong, in words."""
    out = asked.out / name
    out.mkdir(parents=True, exist_ok=True)
    with opened(BASES[name]) as window:
        for look in product(asked.languages, asked.themes, asked.widths):
            page, files = window(look), []
            for screen, path in screens(page):
                if asked.screens and screen not in asked.screens:
                    continue
                page.goto(urljoin(page.url, f"{path}?lang={look[0]}"))
                idle(page, 120)
                files.append(out / f"{screen}_{'_'.join(map(str, look))}.png")
                for fault in picture(page, files[-1]):
                    yield f"{files[-1].name}: {fault}"
            if files:
                sheet(files, asked.out / f"{name}_{'_'.join(map(str, look))}.png")
            page.context.close()


def of_file(file: Path, look: Look, out: Path) -> Iterator[str]:
    """Picture the way of one file into an empty base and what is then said of it; what is wrong, in words."""
    taken: list[Path] = []
    with opened(empty) as window:
        page = window(look)

        def rest(step: str) -> list[str]:
            idle(page, 120)
            taken.append(out / f"{step}_{'_'.join(map(str, look))}.png")
            return [f"{file.stem}/{taken[-1].name}: {fault}" for fault in picture(page, taken[-1])]

        def press(key: str) -> None:
            page.locator(f'[class*="st-key-{key}"] button').first.click(timeout=LONG)

        page.locator('input[type="file"]').first.set_input_files(file)
        page.locator(UNDERSTOOD).first.wait_for(timeout=LONG)
        yield from rest("1_understood")
        if page.locator('[class*="st-key-continue_"] button').count():
            customers = page.get_by_text(words(look[0])("page.import.consent.customer"), exact=True)
            if customers.count():
                customers.first.click()
                idle(page, 120)
            press("continue_")
            page.locator('[class*="st-key-save_"] button').first.wait_for(timeout=LONG)
            yield from rest("2_before_saving")
        press("save_")
        page.locator('[class*="st-key-next_step"] button').first.wait_for(timeout=LONG)
        yield from rest("3_saved")
        page.goto(urljoin(page.url, f"/quality?lang={look[0]}"))
        yield from rest("4_quality")
        for place, name in ((1, "5_duplicates"), (2, "6_in_detail")):
            page.get_by_role("tab").nth(place).click()
            yield from rest(name)
    sheet(taken, out.parent / f"{out.name}_{'_'.join(map(str, look))}.png")


def of_files(asked: argparse.Namespace) -> Iterator[str]:
    """Picture the way of every file in every look; what is wrong, in words."""
    for file, *look in product(asked.files, asked.languages, asked.themes, asked.widths):
        out = asked.out / file.stem
        out.mkdir(parents=True, exist_ok=True)
        language, theme, width = look
        yield from of_file(file, (language, theme, width), out)


def main() -> int:
    """Picture what is asked, tell what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bases", nargs="+", choices=BASES, default=list(BASES))
    parser.add_argument("--screens", nargs="+", default=[])
    parser.add_argument("--languages", nargs="+", default=["fr", "en"])
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    parser.add_argument("--widths", nargs="+", type=int, default=[1280, 390])
    parser.add_argument("--files", nargs="+", type=Path, default=[])
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    told = [of_files(asked)] if asked.files else [of_base(name, asked) for name in asked.bases]
    faults = 0
    for fault in chain.from_iterable(told):
        faults += 1
        print(fault, flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
