"""Every screen in every state, as pictures to be looked at: bases × languages × themes × widths.

    python -m benchmarks.pictures --out DIR [--bases demo twelve contacts orders empty] [--screens rfm value]
                                  [--languages fr en] [--themes light dark] [--widths 1280 390]

One picture per screen, as tall as its page, under DIR/<base>/, and one sheet of all of them per combination.
A page wider than its window, a raw key or an error on a page is told; exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks import five_minutes
from launch import chromium, server
from launch.environment import ROOT, Environment
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


def of_base(name: str, asked: argparse.Namespace) -> Iterator[str]:
    """Make a base, serve it, picture it; what is wrong, in words."""
    out = asked.out / name
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        with Workspace.open(folder / "carnet.duckdb") as base:
            BASES[name](base, folder)
        served = server.start(Environment(), server.next_free(8650), folder / "carnet.duckdb")
        browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)
        try:
            served.wait_until_it_answers()
            served.open_first_session(Environment())
            for language, theme, width in product(asked.languages, asked.themes, asked.widths):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=theme, locale=language
                )
                page = context.new_page()
                page.goto(f"{served.url}/?lang={language}")
                idle(page, 120)
                files = []
                for screen, path in screens(page):
                    if asked.screens and screen not in asked.screens:
                        continue
                    page.goto(f"{served.url}{path}?lang={language}")
                    idle(page, 120)
                    files.append(out / f"{screen}_{language}_{theme}_{width}.png")
                    for fault in picture(page, files[-1]):
                        yield f"{files[-1].name}: {fault}"
                if files:
                    sheet(files, asked.out / f"{name}_{language}_{theme}_{width}.png")
                context.close()
        finally:
            browser.close()
            served.close()


def main() -> int:
    """Picture what is asked, tell what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bases", nargs="+", choices=BASES, default=list(BASES))
    parser.add_argument("--screens", nargs="+", default=[])
    parser.add_argument("--languages", nargs="+", default=["fr", "en"])
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    parser.add_argument("--widths", nargs="+", type=int, default=[1280, 390])
    asked = parser.parse_args()
    faults = 0
    for name in asked.bases:
        for fault in of_base(name, asked):
            faults += 1
            print(f"{name}: {fault}", flush=True)
        print(f"{name}: done", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
