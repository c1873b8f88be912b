"""A person without a mouse: Tab until something is reached, keys on it, and how many were pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.driving import idle

WHOLE = ("BODY", "MAIN", "IFRAME", "CANVAS", "TABLE", "TD", "TH")
"""Focused elements that hold much more than their name: told by what they are."""


@dataclass
class Keyboard:
    """The keyboard of one page; ``pressed`` counts every key, each letter of a text too."""

    page: Page
    pressed: int = field(default=0)

    def focused(self) -> str:
        """What has the focus, as a screen reader tells it: « button "Enregistrer" »."""
        tag = str(self.page.evaluate("document.activeElement.tagName"))
        if tag in WHOLE:
            return tag.lower()
        said = self.page.locator(":focus").first.aria_snapshot()
        return said.splitlines()[0].removeprefix("- ").strip("':") if said else tag.lower()

    def press(self, key: str, times: int = 1) -> None:
        """The same key, ``times`` times, and the page at rest."""
        for _ in range(times):
            self.page.keyboard.press(key)
        self.pressed += times
        idle(self.page)

    def write(self, text: str) -> None:
        """A text, letter by letter."""
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def to(self, name: str, *, most: int = 45, back: bool = False) -> str:
        """Tab (``back``: Shift+Tab) until the focus says ``name``, a pattern; fails after ``most`` tabs."""
        met: list[str] = []
        for _ in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self.pressed += 1
            met.append(self.focused())
            if re.search(name, met[-1]):
                return met[-1]
        raise AssertionError(f"no {name!r} within {most} tabs, but {met}")
