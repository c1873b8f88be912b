"""Driving Carnet as a person does: start it, watch its pages, wait until it is at rest."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import FloatRect, Locator, Page

from launch.environment import ROOT, clean_environ
from launch.server import answers

STILL = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const still = app && app.dataset.testConnectionState === "CONNECTED"
    && ["notRunning", "compilationError"].includes(app.dataset.testScriptState)
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  const now = performance.now();
  if (!still) { window.__stillSince = 0; return false; }
  window.__stillSince ||= now;
  return now - window.__stillSince > 300;
}"""


@dataclass
class Running:
    """One server started by `start.py`, alone in its group of processes."""

    port: int
    base: Path
    process: subprocess.Popen[str]
    said: str
    """What it had said until it was open."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> str:
        """Close it as a person would; all that it said. A second call does nothing."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        if self.process.stdout and not self.process.stdout.closed:
            self.said += self.process.communicate(timeout=30)[0]
        return self.said

    def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=30)


def free_port() -> int:
    """A port that nobody holds."""
    with socket.socket() as seat:
        seat.bind(("127.0.0.1", 0))
        return int(seat.getsockname()[1])


def start(base: Path, *arguments: str, port: int | None = None, **environ: str) -> Running:
    """Start Carnet on a base as a person would, and wait until it says that it is open."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, ROOT / "start.py", "--no-browser", "--port", str(port), "--base", base, *arguments],
        env=clean_environ(LANG="fr_FR.UTF-8", **environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        if f":{port}" in line and answers(port):
            return Running(port, base, process, "".join(said))
    raise RuntimeError(f"Carnet did not start (exit code {process.wait()}): {''.join(said)}")


@dataclass
class Watch:
    """What the pages of one test asked for and suffered."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Record this page's requests to other hosts, its WebSockets included, and its errors."""
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda stream: self._asked(stream.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.outside.append(url)


def click_middle(page: Page, mark: Locator) -> None:
    """Click the middle of a picture's mark, as a hand does: the picture must first see the mouse come."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    idle(page)


def settled(page: Page, mark: Locator) -> FloatRect:
    """Where something is once what stands above it has taken its height."""
    mark.scroll_into_view_if_needed()
    box, before = mark.bounding_box(), None
    while box is None or box != before:
        page.wait_for_timeout(250)
        box, before = mark.bounding_box(), box
    return box


def fits(page: Page) -> None:
    """The page is never wider than the window: on a desk and a telephone, light and dark; it stays there."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            idle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (theme, width)


def idle(page: Page, seconds: float = 30) -> None:
    """Wait until the app is connected and its script has been at rest for a moment."""
    page.evaluate("window.__stillSince = 0")
    page.wait_for_function(STILL, timeout=seconds * 1000)


def open_demo(page: Page, seconds: float = 90) -> None:
    """Ask for the demonstration and wait until the page looks at it; the first time, it is made."""
    page.get_by_role("button", name=re.compile("démonstration|demo shop")).first.click()
    shop = page.get_by_test_id("stSidebar").get_by_text("Maison Colette")
    shop.wait_for(state="attached", timeout=seconds * 1000)
    idle(page, seconds)
