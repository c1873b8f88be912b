"""From an empty base to a downloaded list in a real browser: seconds and clicks, step by step.

    python -m benchmarks.five_minutes [--shots DIR] [--only demo contacts orders large]

A click is a button, a choice or a file given; moving in the system's own file window is not counted. Seconds
are those of the machine, from a click until the screen comes to rest: nobody reads, and how long the script
then watches it stay at rest is not counted. The shortest road is walked: the button a page puts first, and a
question is answered only when it stands in the way.
Exit 1 above ten clicks, or when 5,000 rows take more than ten seconds from the file to the portrait.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from os import getloadavg
from pathlib import Path
from time import perf_counter

import openpyxl
from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.generate import Scale, generate
from benchmarks.walk import walking
from launch import chromium
from launch.environment import ROOT, Environment
from tests.browser.conftest import FLAGS
from tests.browser.driving import idle

MOST_CLICKS, MOST_SECONDS = 10, 10.0
PLAIN = ("Nom", "Prénom", "E-mail", "Téléphone", "Code postal", "Ville", "Date de naissance")
"""What a plain contact file holds: nothing about who may be written to, so the question is asked."""
UNDERSTOOD = '[class*="st-key-continue_"] button, [class*="st-key-save_"] button'
LONG = 120_000
"""Milliseconds any one step may take before the road is given up."""


@dataclass(slots=True)
class Road:
    """One walk: every step with its clicks and its seconds, and the rows of the file it ends with."""

    page: Page
    shots: Path | None
    steps: list[tuple[str, int, float]] = field(default_factory=list)
    clicks: int = 0
    rows: int = 0
    begun: float = field(default_factory=perf_counter)
    watched: float = 0.0

    def click(self, wanted: Locator) -> None:
        """One click more, and the screen at rest after it."""
        self.clicks += 1
        wanted.click(timeout=LONG)
        self.rest()

    def rest(self) -> None:
        """Wait for the screen to be at rest; how long it was watched after that is kept apart."""
        idle(self.page, LONG / 1000)
        self.watched += self.page.evaluate("performance.now() - window.__stillSince") / 1000

    def step(self, name: str) -> None:
        """Close a step: its clicks and seconds since the last one."""
        self.rest()
        seconds = perf_counter() - self.begun - self.watched
        self.steps.append((name, self.clicks - sum(c for _, c, _ in self.steps), seconds))
        if self.shots:
            self.page.screenshot(path=self.shots / f"{len(self.steps)}.png", full_page=True)
        self.begun, self.watched = perf_counter(), 0.0

    def keyed(self, key: str) -> Locator:
        """The first button whose widget has this key, or one that begins with it."""
        return self.page.locator(f'[class*="st-key-{key}"] button').first

    def bring(self, file: Path) -> None:
        """Give the file, answer what is asked of it, save it."""
        self.begun, self.watched = perf_counter(), 0.0
        self.clicks += 1
        self.page.locator('input[type="file"]').first.set_input_files(file)
        self.page.locator(UNDERSTOOD).first.wait_for(timeout=LONG)
        self.step("file understood")
        if self.keyed("continue_").count():
            customers = self.page.get_by_text("Ce sont mes clients")
            if customers.count():
                self.click(customers.first)
            self.click(self.keyed("continue_"))
            self.keyed("save_").wait_for(timeout=LONG)
            self.step("questions answered")
        self.click(self.keyed("save_"))
        self.keyed("next_step").wait_for(timeout=LONG)
        self.step("saved")

    def discover(self) -> None:
        """The one large next step: loyalty when there are purchases, else the portrait."""
        self.click(self.keyed("next_step"))
        self.step(f"seen: {self.page.get_by_role('heading', level=1).first.inner_text()}")

    def segment(self) -> None:
        """The ready-made segments, by the menu: the first one that holds somebody, aim after aim."""
        self.click(self.page.get_by_test_id("stSidebarNavLink").filter(has_text="Segments").first)
        aims = self.page.locator('[class*="st-key-aim"] button')
        for place in range(aims.count()):
            if self.keyed("ready_list_").count():
                break
            self.click(aims.nth(place))
        self.step("ready-made segments")
        self.click(self.keyed("ready_list_"))
        self.step("list opened")

    def download(self, file: Path) -> None:
        """The Excel file; a working file of everybody when none of them can be written to."""
        excel = self.keyed("list_xlsx")
        if not excel.count():
            self.click(self.page.get_by_test_id("stMain").get_by_text(re.compile("^Sans envoi")).first)
        with self.page.expect_download(timeout=LONG) as waiting:
            self.click(excel)
        waiting.value.save_as(file)
        sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
        self.rows = sum(1 for _ in sheet.iter_rows()) - 1
        self.step(f"Excel downloaded ({self.rows:,} rows)")

    def table(self) -> None:
        """Every step, then the whole."""
        for name, clicks, seconds in (*self.steps, ("TOTAL", self.clicks, self.seconds)):
            print(f"  {clicks:3d} clicks  {seconds:6.1f} s  {name}", flush=True)

    @property
    def seconds(self) -> float:
        """All the steps together."""
        return sum(seconds for _, _, seconds in self.steps)


def demo(folder: Path) -> Path:
    """The demonstration's contact file, 3,195 rows of a French spreadsheet."""
    return ROOT / "data" / "demo" / "clients.csv"


def contacts(folder: Path) -> Path:
    """A plain contact file of 300 rows, silent about consent."""
    whole = generate(folder, Scale(300, 1, 1), kinds=("contacts",))["contacts"]
    plain = folder / "mes contacts.csv"
    with (
        whole.open(encoding="utf-8", newline="") as source,
        plain.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.DictWriter(out, PLAIN, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(csv.DictReader(source, delimiter=";"))
    return plain


def orders(folder: Path) -> Path:
    """An orders file of 20,000 rows of 2,000 customers, known by their number only."""
    return generate(folder, Scale(2_000, 20_000, 1), kinds=("orders",))["orders"]


def large(folder: Path) -> Path:
    """A contact file of 5,000 rows and 25 columns."""
    return generate(folder, Scale(5_000, 1, 1), kinds=("contacts",))["contacts"]


FILES: dict[str, Callable[[Path], Path]] = {
    "demo": demo,
    "contacts": contacts,
    "orders": orders,
    "large": large,
}


def go(road: Road, file: Path, name: str) -> bool:
    """Walk one road to its end; whether it keeps its promises."""
    road.bring(file)
    road.discover()
    seen = road.seconds
    road.segment()
    road.download(file.parent / f"{name}.xlsx" if name != "demo" else Path(tempfile.mkdtemp()) / "demo.xlsx")
    road.table()
    print(f"  from the file to the first picture: {seen:.1f} s (load of the machine: {getloadavg()[0]:.1f})")
    return road.clicks <= MOST_CLICKS and road.rows > 0 and (name != "large" or seen <= MOST_SECONDS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--only", nargs="*", choices=tuple(FILES), default=[])
    asked = parser.parse_args()
    kept = True
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)
        for name in asked.only or FILES:
            place = Path(folder) / name
            place.mkdir()
            file, shots = FILES[name](place), asked.shots / name if asked.shots else None
            if shots:
                shots.mkdir(parents=True, exist_ok=True)
            with walking(browser, str(FILES[name].__doc__), None) as walk:
                kept &= go(Road(walk.page, shots), file, name)
        browser.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
