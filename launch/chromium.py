"""A Chromium for the browser tests: the machine's own, else one that can be installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launch.environment import Environment, clean_environ

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""


def find(environment: Environment | None = None) -> str | None:
    """The path of a Chromium-like browser: CARNET_CHROMIUM, the machine's, or the one Playwright holds."""
    if (told := os.environ.get("CARNET_CHROMIUM")) and Path(told).exists():
        return told
    for name in NAMES:
        if path := shutil.which(name):
            return path
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    known = [Path(path) for path in MAC] + [Path(f) / path for f in folders if f for path in WINDOWS]
    for browser in known:
        if browser.exists():
            return str(browser)
    return _held_by_playwright(environment) if environment else None


def find_or_install(environment: Environment) -> str | None:
    """The same, after trying to install one where there is none; None when that failed too."""
    if path := find(environment):
        return path
    for commands in _ways(environment):
        for command in commands:
            subprocess.run(command, env=clean_environ(DEBIAN_FRONTEND="noninteractive"), check=False)
        if path := find(environment):
            return path
    return None


def _ways(environment: Environment) -> list[list[list[str]]]:
    ways = []
    if hasattr(os, "geteuid") and os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        ways.append(
            [[apt, "update", "-q"], [apt, "install", "-q", "-y", "--no-install-recommends", "chromium"]]
        )
    if sys.platform == "darwin" and (brew := shutil.which("brew")):
        ways.append([[brew, "install", "--cask", "google-chrome"]])
    ways.append([environment.command("-m", "playwright", "install", "chromium")])
    return ways


def _held_by_playwright(environment: Environment) -> str | None:
    asked = subprocess.run(
        environment.command("-c", ASK_PLAYWRIGHT),
        capture_output=True,
        text=True,
        env=clean_environ(),
        check=False,
    )
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None
