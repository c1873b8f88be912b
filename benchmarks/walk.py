"""The main job in a real browser, with real files: upload, save, segment, loyalty, Excel; seconds and memory.

    python -m benchmarks.walk --data DIR [--shots DIR] [--only online_retail cdnow_master cdnow_sample]

``DIR`` holds ``online-retail/online_retail.csv.gz`` and ``cdnow/CDNOW_master.txt``, ``CDNOW_sample.txt``.
Exit 1 when a figure seen in the browser is not the published one.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import openpyxl
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from launch import chromium, server
from launch.environment import Environment
from tests.browser.conftest import FLAGS
from tests.browser.driving import idle

LONG = 600_000
"""Milliseconds a large import may take before the walk gives up."""
LOYAL = 10
"""Loyal customers of Online Retail in Germany or France, without an order in the 30 days to 9 Dec 2011."""


@dataclass(slots=True)
class Walk:
    """One walk on a base of its own: what it did, how long each step took, what it saw."""

    page: Page
    process: int
    shots: Path | None
    begun: float = field(default_factory=perf_counter)
    wrong: int = 0

    def step(self, name: str) -> None:
        """Say the seconds since the last step and the server's largest memory so far."""
        idle(self.page, 120)
        seconds, self.begun = perf_counter() - self.begun, perf_counter()
        print(f"  {seconds:7.1f} s  {_peak(self.process):6,.0f} MB  {name}", flush=True)
        if self.shots:
            self.page.screenshot(path=self.shots / f"{_slug(name)}.png", full_page=True)
            self.begun = perf_counter()

    def check(self, name: str, found: object, expected: object) -> None:
        """Compare what the browser shows with what is published."""
        self.wrong += found != expected
        print(f"           {'=' if found == expected else '≠'} {name}: {found} / {expected}", flush=True)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """The first button of that name in the page."""
        return self.page.get_by_role("button", name=name).first

    def open(self, screen: str) -> None:
        """A screen, by its line in the menu."""
        self.page.get_by_test_id("stSidebarNavLink").filter(has_text=screen).first.click()
        idle(self.page, 120)

    def bring(self, file: Path) -> None:
        """Drop a file on the home page and let it be understood."""
        self.page.locator('input[type="file"]').first.set_input_files(file)
        self.button(re.compile("^Enregistrer|^Voir ce qui")).wait_for(timeout=LONG)
        self.step(f"{file.name} read and understood")

    def keep(self) -> str:
        """Save what was understood; the words of the button that did."""
        ask = self.page.get_by_role("button", name="Voir ce qui va être enregistré")
        if ask.count():
            ask.first.click()
        save = self.button(re.compile("^Enregistrer"))
        save.wait_for(timeout=LONG)
        self.step("checked before saving")
        words = save.inner_text()
        save.click()
        self.button("Annuler cet import").wait_for(timeout=LONG)
        self.step("saved")
        return words

    def as_of_last_day(self) -> None:
        """Answer the question asked of data that stop long ago."""
        self.page.get_by_role("button", name=re.compile("^Calculer")).first.click()
        self.step("seen as of the last day")

    def select(self, label: str, option: str) -> None:
        """Choose in a select box."""
        self.page.get_by_label(label).first.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()
        idle(self.page, 120)

    def rule(self, name: str, operator: str | None, values: tuple[str, ...]) -> None:
        """Add a rule in the builder: its field by the search, its operator, its values."""
        page = self.page
        page.get_by_role("button", name="critère").first.click()
        page.get_by_placeholder("ville, achats, âge…").fill(name)
        page.keyboard.press("Enter")
        idle(page)
        page.get_by_test_id("stPopoverBody").get_by_role("button", name=name, exact=True).first.click()
        idle(page)
        line = page.locator('[class*="st-key-rule_"]').last
        if operator:
            line.get_by_role("combobox").first.click()
            page.get_by_role("option", name=operator, exact=True).click()
            idle(page)
        for value in values:
            box = page.locator('[class*="st-key-rule_"]').last.locator("input").nth(1)
            box.fill(value)
            if box.get_attribute("type") == "number":
                box.press("Enter")
            else:
                page.get_by_role("option", name=value, exact=True).first.click()
                page.keyboard.press("Tab")  # leaves the menu, which hides the page while it is open
            idle(page)


def _peak(process: int) -> float:
    """The largest memory a process has held, in MB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower()).strip("_")


def digits(text: str) -> int:
    """The number a text shows, whatever separates its thousands."""
    return int("".join(filter(str.isdigit, text)) or 0)


@contextmanager
def walking(browser: Browser, name: str, shots: Path | None) -> Iterator[Walk]:
    """A walk on an empty base, its server and its page, all gone afterwards."""
    print(name, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        served = server.start(Environment(), server.next_free(8600), Path(folder) / "carnet.duckdb")
        try:
            served.wait_until_it_answers()
            served.open_first_session(Environment())
            context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris")
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(served.url)
            idle(page, 60)
            yield Walk(page, served.process.pid, shots)
            context.close()
        finally:
            served.close()


def online_retail(walk: Walk, data: Path, folder: Path) -> None:
    """UCI Online Retail: from the file to ten loyal customers in an Excel file."""
    file = folder / "online_retail.csv"
    with gzip.open(data / "online-retail" / "online_retail.csv.gz", "rb") as source, file.open("wb") as out:
        shutil.copyfileobj(source, out)
    walk.begun = perf_counter()
    walk.bring(file)
    walk.keep()
    walk.as_of_last_day()
    walk.check("contacts", contacts(walk), 4_372)
    walk.open("Fidélité")
    walk.step("loyalty seen")
    walk.open("Segments")
    walk.button("Nouveau segment").click()
    idle(walk.page)
    walk.rule("Groupe RFM", None, ("Clients fidèles",))
    walk.rule("Pays", "est l’un de", ("Germany", "France"))
    walk.rule("Date dernier achat", "il y a plus de", ("30",))
    walk.step("segment built")
    found = walk.page.get_by_test_id("stMetricValue").first.inner_text()
    walk.check("loyal in Germany or France, nothing for 30 days", digits(found), LOYAL)
    walk.page.get_by_label("Nom du segment").fill("Fidèles DE FR")
    walk.page.keyboard.press("Enter")
    idle(walk.page)
    walk.button("Enregistrer").click()
    idle(walk.page)
    walk.button(re.compile("^Plus")).click()
    walk.button("Préparer la liste").click()
    walk.step("list opened")
    walk.page.get_by_test_id("stMain").get_by_text(re.compile("^Sans envoi")).first.click()
    idle(walk.page)
    with walk.page.expect_download() as waiting:
        walk.button("Télécharger Excel").click()
    file = folder / "list.xlsx"
    waiting.value.save_as(file)
    walk.step("Excel downloaded")
    sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
    walk.check("rows in the Excel file", sum(1 for _ in sheet.iter_rows()) - 1, LOYAL)


def cdnow_master(walk: Walk, data: Path, folder: Path) -> None:
    """CDNOW, the master file: purchases with their headers."""
    walk.begun = perf_counter()
    walk.bring(data / "cdnow" / "CDNOW_master.txt")
    walk.keep()
    walk.as_of_last_day()
    walk.check("contacts", contacts(walk), 23_570)
    walk.open("Fidélité")
    walk.step("loyalty of the master file seen")


def cdnow_sample(walk: Walk, data: Path, folder: Path) -> None:
    """CDNOW, the sample: no header, so its columns are named on the mapping screen."""
    walk.begun = perf_counter()
    walk.bring(data / "cdnow" / "CDNOW_sample.txt")
    walk.select("Chaque ligne du fichier est…", "une commande")
    held = {1: "Identifiant contact", 3: "Commande · Date de commande", 5: "Commande · Montant TTC"}
    for place, name in held.items():
        box = walk.page.locator('[class*="st-key-field_ask"]').nth(place - 1).get_by_role("combobox")
        box.click()
        box.press_sequentially(name)
        walk.page.get_by_role("option", name=name, exact=True).first.click()
        idle(walk.page)
    walk.step("columns named")
    walk.keep()
    walk.as_of_last_day()
    walk.check("contacts", contacts(walk), 2_357)
    walk.open("Fidélité")
    walk.step("loyalty of the sample seen")


def contacts(walk: Walk) -> int:
    """The number of contacts the frame shows."""
    shown = walk.page.get_by_test_id("stSidebar").get_by_text(re.compile(r"\d contacts?$")).first
    return digits(shown.inner_text())


WALKS = {"online_retail": online_retail, "cdnow_master": cdnow_master, "cdnow_sample": cdnow_sample}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--only", nargs="*", choices=tuple(WALKS), default=[])
    asked = parser.parse_args()
    if asked.shots:
        asked.shots.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)
        for go in [WALKS[name] for name in asked.only or WALKS]:
            with walking(browser, str(go.__doc__), asked.shots) as walk:
                go(walk, asked.data, Path(folder))
                wrong += walk.wrong
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
