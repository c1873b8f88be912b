"""A large CSV given to a real browser: the memory of the server before, during and after, step by step.

    python -m benchmarks.upload [--megabytes 250]

The file is the contacts of ``benchmarks.generate``, cut or drawn out to the size asked. Each step says its
seconds, the most memory the server held during it, and what it holds at its end (Linux).
"""

from __future__ import annotations

import argparse
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from playwright.sync_api import sync_playwright

from benchmarks.generate import FOLDER, Scale, generate
from benchmarks.walk import LONG, walking
from launch import chromium
from launch.environment import Environment
from tests.browser.conftest import FLAGS
from tests.browser.driving import idle

BYTES_A_ROW = 187
"""About what one row of the contact file takes."""
EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(slots=True)
class Watch:
    """The resident memory of a process, looked at all the time."""

    process: int
    most: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)

    def now(self) -> float:
        """What the process holds, in MB; files mapped by the system are among them."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000  # type: ignore[index]

    def look(self) -> None:
        while not self.ended.wait(EVERY):
            self.most = max(self.most, self.now())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step and say its memory, the most and the last."""
        self.most, begun = self.now(), perf_counter()
        yield
        seconds, last = perf_counter() - begun, self.now()
        print(f"{seconds:7.1f} s  {self.most:6,.0f} MB at most  {last:6,.0f} MB then  {name}", flush=True)


def file_of(megabytes: int, folder: Path) -> Path:
    """A contact file of about so many megabytes; made once."""
    rows = megabytes * 1_000_000 // BYTES_A_ROW
    return generate(folder, Scale(rows, 0, 0), kinds=("contacts",))["contacts"]


def main() -> None:
    """Give the file, save it, leave the screen; one line each."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("--megabytes", type=int, default=250)
    reader.add_argument("--data", type=Path, help="folder of the file (default: data/benchmarks/upload_N)")
    asked = reader.parse_args()
    file = file_of(asked.megabytes, asked.data or FOLDER / f"upload_{asked.megabytes}")
    print(f"{file.stat().st_size / 1e6:,.0f} MB", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(Environment()), args=FLAGS)
        with walking(browser, "upload", None) as walk:
            watch = Watch(walk.process)
            looking = threading.Thread(target=watch.look, daemon=True)
            looking.start()
            with watch.step("before"):
                idle(walk.page, 60)
            with watch.step("given, read and understood"):
                walk.page.locator('input[type="file"]').first.set_input_files(file)
                walk.button(re.compile("^Enregistrer|^Voir ce qui")).wait_for(timeout=LONG)
            with watch.step("checked and saved"):
                walk.keep()
            with watch.step("ten seconds after leaving the screen"):
                walk.page.get_by_test_id("stSidebarNavLink").filter(has_text="Contacts").first.click()
                walk.page.wait_for_timeout(10_000)
            watch.ended.set()
            looking.join()
        browser.close()


if __name__ == "__main__":
    main()
