"""The colours of every picture, in light and in dark: the theme's own, and one for each RFM segment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import streamlit as st

_SETTINGS = Path(__file__).parents[3] / ".streamlit" / "config.toml"

_WHITE_TO, _INK_FROM = 0.183, 0.211
"""Luminance up to which white has a contrast of 4.5 at least, and from which nearly black has."""

SEGMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "champions": ("#0B5850", "#5EEAD4"),
        "loyal": ("#0F766E", "#2BB3A3"),
        "potential_loyalist": ("#2478AC", "#5BB7E8"),
        "new": ("#4F5BD5", "#8E9BFF"),
        "promising": ("#8455B8", "#B992E6"),
        "need_attention": ("#8A6D00", "#E3C64A"),
        "about_to_sleep": ("#A8620A", "#F2A541"),
        "at_risk": ("#C2410C", "#F98B5A"),
        "cant_lose": ("#B83263", "#F07C9E"),
        "hibernating": ("#5B6B7D", "#9AA8B8"),
        "lost": ("#4F4A4A", "#828D9A"),
        "prospects": ("#6B7A1B", "#B5C04A"),
    }
)
"""RFM segment → its colour on light and on dark; the same everywhere it is drawn."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a renderer needs to match the page: colours as ``#rrggbb``."""

    dark: bool
    background: str
    text: str
    line: str
    accent: str
    categories: tuple[str, ...]
    scale: tuple[str, ...]
    diverging: tuple[str, ...]

    def of(self, key: object, position: int = 0) -> str:
        """The colour of a mark: its RFM segment's own, else the palette's at ``position``."""
        if isinstance(key, str) and key in SEGMENTS:
            return SEGMENTS[key][self.dark]
        return self.categories[position % len(self.categories)]

    def shade(self, share: float) -> str:
        """The colour of ``share`` in [0, 1] on the sequential scale, between its two nearest steps."""
        return _along(self.scale, share)

    def lean(self, share: float) -> str:
        """The colour of ``share`` in [0, 1] on the diverging scale: 0.5 is neither more nor less."""
        return _along(self.diverging, share)

    def ink(self, background: str) -> str:
        """White, else nearly black, else black: the first that reads well on ``background``."""
        ground = _luminance(background)
        return "#FFFFFF" if ground <= _WHITE_TO else "#000000" if ground < _INK_FROM else "#10161B"


def current() -> Look:
    """The look of the theme the browser shows now."""
    return look(st.context.theme.type == "dark")


@cache
def look(dark: bool) -> Look:
    """The look of the light or the dark theme, read once from the application's settings."""
    theme = tomllib.loads(_SETTINGS.read_text(encoding="utf-8"))["theme"]["dark" if dark else "light"]
    return Look(
        dark=dark,
        background=theme["backgroundColor"],
        text=theme["textColor"],
        line=theme["borderColor"],
        accent=theme["chartCategoricalColors"][0],
        categories=tuple(theme["chartCategoricalColors"]),
        scale=tuple(theme["chartSequentialColors"]),
        diverging=tuple(theme["chartDivergingColors"]),
    )


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _along(scale: tuple[str, ...], share: float) -> str:
    place = min(max(share, 0.0), 1.0) * (len(scale) - 1)
    low = min(int(place), len(scale) - 2)
    return _between(scale[low], scale[low + 1], place - low)


def _between(first: str, second: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(first), _parts(second), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _luminance(colour: str) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
