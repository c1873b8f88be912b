"""How long each screen takes in a real browser on a large base, and a change of one rule's value.

    python -m benchmarks.screens [--size small] [--keep DIR] [--turns 5] [--edits 7] [--only home rfm …]

The base (100,000 contacts, 1M orders, 3M events) is made once and kept in ``DIR``; a copy of it is walked.
Every screen is loaded once, then visited by its line in the menu, turn after turn. A screen is drawn when its
title is there, the script at rest, no element stale or a skeleton, and the pictures and grids in sight hold
their marks; the edit, when the panel also shows the size that the engine found apart. Seconds run in the page
from the click. Exit 1 when a median is above its target.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from os import getloadavg
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import FOLDER, LAST_DAY, SCALES, VERSION, Scale, generate
from benchmarks.imports import bring_in
from benchmarks.questions import tree
from benchmarks.stopwatch import apart
from benchmarks.tables import aligned
from launch import chromium, server
from launch.environment import Environment
from segmentation.criteria.codec import criterion_from_json
from segmentation.i18n import words
from segmentation.workspace import Workspace
from tests.browser.conftest import FLAGS
from tests.browser.driving import idle

PAGE, EDIT = 1.0, 0.6
"""Targets in seconds: a screen that was loaded once, and a change of one rule's value."""
SAVED = "lecteurs"
"""Name and key of the segment that is edited."""
FIRST_DAYS = 20
"""The window of the rule that is edited, at first; each edit adds ten days."""
LANGUAGE = "fr"
LONG = 120_000
"""Milliseconds after which a screen is given up."""

WATCH = """([title, size]) => {
  const drawn = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testConnectionState !== "CONNECTED") return false;
    if (!["notRunning", "compilationError"].includes(app.dataset.testScriptState)) return false;
    if (document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')) return false;
    const seen = (one) => one.offsetParent !== null && one.getClientRects().length > 0;
    for (const one of document.querySelectorAll('[data-testid="stPlotlyChart"]'))
      if (seen(one) && !one.querySelector(".main-svg")) return false;
    for (const one of document.querySelectorAll('iframe[data-testid="stCustomComponentV1"]'))
      if (seen(one) && !one.contentDocument?.querySelector(".ag-row, .ag-overlay")) return false;
    if (size === null) return true;
    const figure = document.querySelector('[data-testid="stMetricValue"]');
    return !!figure && Number(figure.textContent.replace(/\\D/g, "")) === size;
  };
  const titled = () => document.querySelector("h1")?.textContent.trim() === title;
  const w = window.__screen = {};
  const begin = (event) => { w.begun ??= event.timeStamp; };
  for (const kind of ["click", "keydown"])
    document.addEventListener(kind, begin, {capture: true, once: true});
  const look = () => {
    const now = performance.now();
    if (w.begun !== undefined && titled()) {
      w.titled ??= now;
      if (!drawn()) w.still = undefined;
      else if ((w.still ??= now) < now - 300) {
        w.seconds = [w.titled - w.begun, w.still - w.begun].map((ms) => ms / 1000);
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Watches the page from the next click or key on; then ``__screen.seconds``: title there, all drawn."""


@dataclass(slots=True)
class Timed:
    """One screen, or the edit: seconds until its title and until it is drawn, turn by turn; the first."""

    name: str
    target: float
    first: float | None = None
    titled: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median turn."""
        return median(self.drawn)

    @property
    def kept(self) -> bool:
        """Whether the median keeps the target."""
        return self.median <= self.target


def base_of(folder: Path, scale: Scale) -> Path:
    """The base of that scale, made once in ``folder`` from generated files, with one saved segment."""
    base, stamp = folder / "screens.duckdb", folder / "screens.json"
    wanted = json.dumps({"version": VERSION, "scale": asdict(scale)})
    if base.exists() and stamp.exists() and stamp.read_text() == wanted:
        return base
    stamp.unlink(missing_ok=True)
    for path in (base, base.with_name(f"{base.name}.wal")):
        path.unlink(missing_ok=True)
    for kind, file in generate(folder, scale).items():
        rows, costs, _ = apart(bring_in, file, base)
        print(f"  {kind}: {rows:,} rows in {sum(cost.wall for cost in costs.values()):.0f} s", flush=True)
    with Workspace.open(base) as opened:
        opened.set_as_of(date.fromisoformat(LAST_DAY))
        opened.segments.save(SAVED, tree(FIRST_DAYS))
    stamp.write_text(wanted)
    return base


def sizes(base: Path, edits: int) -> Mapping[int, int]:
    """Days of the edited rule → how many people the engine finds with it."""
    days = range(FIRST_DAYS, FIRST_DAYS + 10 * (edits + 1), 10)
    with Workspace.open(base) as opened:
        return {one: opened.evaluator.count(criterion_from_json(tree(one))) for one in days}


@contextmanager
def watched(page: Page, title: str, size: int | None = None) -> Iterator[list[float]]:
    """Time what is done inside, until the screen of that title is drawn: [title there, all drawn]."""
    seconds: list[float] = []
    page.evaluate(WATCH, [title, size])
    yield seconds
    page.wait_for_function("() => !!window.__screen.seconds", timeout=LONG)
    seconds += page.evaluate("() => window.__screen.seconds")


def visit(page: Page, name: str) -> list[float]:
    """Open one screen by the menu."""
    w = words(LANGUAGE)
    link = page.get_by_test_id("stSidebarNavLink").filter(
        has=page.get_by_text(w(f"page.{name}.menu"), exact=True)
    )
    with watched(page, w(f"page.{name}.title")) as seconds:
        link.first.click()
    return seconds


def screens(page: Page, names: Sequence[str], turns: int) -> list[Timed]:
    """Every screen loaded once, then visited turn after turn."""
    w = words(LANGUAGE)
    found = [Timed(w(f"page.{name}.menu"), PAGE) for name in names]
    for name, timed in zip(names, found, strict=True):
        timed.first = visit(page, name)[1]
        print(f"  {timed.first:6.2f} s  first load of {timed.name}", flush=True)
    for _ in range(turns):
        for name, timed in zip(names, found, strict=True):
            titled, drawn = visit(page, name)
            timed.titled.append(titled)
            timed.drawn.append(drawn)
    return found


def edit(page: Page, url: str, found: Mapping[int, int]) -> Timed:
    """The saved segment in the builder, the days of its last rule changed again and again."""
    w = words(LANGUAGE)
    timed = Timed(w("page.segments.build_title"), EDIT)
    page.goto(f"{url}/segments?segment={SAVED}&lang={LANGUAGE}")
    idle(page, LONG / 1000)
    for one in list(found)[1:]:
        box = page.locator('[class*="st-key-rule_"]').last.locator('input[type="number"]').last
        box.fill(str(one))
        with watched(page, w("page.segments.build_title"), found[one]) as seconds:
            box.press("Enter")
        timed.titled.append(seconds[0])
        timed.drawn.append(seconds[1])
    return timed


@contextmanager
def served(base: Path) -> Iterator[tuple[Page, str]]:
    """A page of Carnet on a copy of that base, and its address; all gone afterwards."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "carnet.duckdb"
        shutil.copyfile(base, copy)
        running = server.start(Environment(), server.next_free(8600), copy)
        try:
            running.wait_until_it_answers()
            running.open_first_session(Environment())
            browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)
            context = browser.new_context(
                locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900}
            )
            page = context.new_page()
            page.set_default_timeout(LONG)
            page.goto(f"{running.url}/contacts?lang={LANGUAGE}")
            idle(page, LONG / 1000)
            yield page, running.url
            browser.close()
        finally:
            running.close()


def measure(base: Path, *, turns: int, edits: int, only: Sequence[str] = ()) -> list[Timed]:
    """The screens of the menu (or ``only`` those), then the edit."""
    found = sizes(base, edits)
    with served(base) as (page, url):
        names = [name for name in menu(page) if not only or name in only]
        return [*screens(page, names, turns), edit(page, url, found)]


def menu(page: Page) -> list[str]:
    """Every screen by its name, in the order of the menu; the first stands at the root."""
    links = page.get_by_test_id("stSidebarNavLink").all()
    return [urlsplit(str(link.get_attribute("href"))).path.strip("/") or "home" for link in links]


def table(timed: Sequence[Timed]) -> list[str]:
    """One line per screen: seconds, with the target beside."""
    rows = [
        [
            one.name,
            f"{one.first:.2f}" if one.first is not None else "",
            *(f"{value:.2f}" for value in (median(one.titled), one.median, max(one.drawn))),
            f"≤ {one.target:.1f}" + ("" if one.kept else " missed"),
        ]
        for one in timed
    ]
    headers = ["screen, seconds", "first load", "title", "drawn, median", "drawn, max", "target"]
    return aligned(headers, rows)


def main() -> int:
    """Measure, print the table; 1 when a target is missed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("--size", choices=SCALES, default="small")
    reader.add_argument(
        "--keep", type=Path, help="folder of the files and the base (default: data/benchmarks/SIZE)"
    )
    reader.add_argument("--turns", type=int, default=5, help="how many times each screen is visited")
    reader.add_argument("--edits", type=int, default=7, help="how many times the rule is changed")
    reader.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these screens, two at least")
    asked = reader.parse_args()
    scale, folder = SCALES[asked.size], asked.keep or FOLDER / asked.size
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{scale.contacts:,} contacts, {scale.orders:,} orders, {scale.events:,} events", flush=True)
    base = base_of(folder, scale)
    timed = measure(base, turns=asked.turns, edits=asked.edits, only=asked.only)
    print("", *table(timed), f"load of the machine: {getloadavg()[0]:.1f}", sep="\n")
    return 0 if all(one.kept for one in timed) else 1


if __name__ == "__main__":
    sys.exit(main())
