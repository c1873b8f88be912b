"""What the portrait shows of a report: themes of parts, each a click from its contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pages.parts.text import plain
from segmentation.i18n import Words
from segmentation.reference.countries import country, is_french
from segmentation.reference.geography import departments
from segmentation.results import Report

Json = Mapping[str, object]

WORDS: Mapping[str, Callable[[object], str]] = {
    "gender": lambda value: f"choice.gender.{value}",
    "gender_deduced": lambda value: f"choice.gender_deduced.{value}",
    "clientele": lambda value: f"choice.clientele.{value}",
    "activity_sector": lambda value: f"choice.activity_sector.{value}",
    "distance": lambda value: f"portrait.distance.{value}",
    "seniority": lambda value: f"portrait.seniority.{value}",
    "age_band": lambda value: f"portrait.age.{value}",
}
"""Theme → the key of a value's word; elsewhere a value is the user's own."""
COUNTY = "county"
"""The theme of departments outside France."""


@dataclass(frozen=True, slots=True)
class Part:
    """Contacts who share a value; ``index`` is None where no comparison with the base is believed."""

    theme: str
    key: str
    label: object
    contacts: int
    share: float
    base: int
    base_share: float
    index: float | None
    criterion: Json

    @property
    def mark(self) -> str:
        """What names it among all the pictures of the page."""
        return f"{self.theme}|{self.key}"

    def name(self, w: Words, *, short: bool = False) -> str:
        """Its value in the reader's words, on one line, to be escaped like any text of the user.

        ``short``: under a title that already says what is deduced.
        """
        word = WORDS.get("gender" if short and self.theme == "gender_deduced" else self.theme)
        if word and w.has(word(self.label)):
            return w(word(self.label))
        if self.theme == "country" and (known := country(str(self.label))):
            return known.name(w.language)
        return plain(self.label)


def percent(share: float, w: Words) -> str:
    """A share without decimals; one that rounds to nothing says so."""
    return w("portrait.under_one") if 0 < share < 0.005 else w.percent(share, digits=0)


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything of one version and one date. ``near`` is (km, contacts, criterion)."""

    contacts: int
    base: int
    compared: bool
    median_age: float | None
    base_median_age: float | None
    origin: str | None
    origin_city: str | None
    since: str | None
    near: tuple[int, int, Json] | None
    known: Mapping[str, int]
    base_known: Mapping[str, int]
    themes: Mapping[str, tuple[Part, ...]]
    distinct: tuple[Part, ...]

    def theme(self, name: str) -> tuple[Part, ...]:
        """The parts of a theme, none when nothing is known."""
        return self.themes.get(name, ())

    @property
    def abroad(self) -> tuple[Part, ...]:
        """The countries other than France."""
        return tuple(part for part in self.theme("country") if not is_french(part.key))

    def part(self, mark: str) -> Part | None:
        """A part by its mark."""
        theme, _, key = mark.partition("|")
        return next((part for part in self.theme(theme) if part.key == key), None)

    def of(self, theme: str, key: str) -> int:
        """How many contacts a part holds, 0 when it is not there."""
        found = self.part(f"{theme}|{key}")
        return found.contacts if found else 0


def read(report: Report) -> Portrait:
    """The report of ``segmentation.reports.portrait`` in this form."""
    figures: Mapping[str, Any] = report.figures
    themes = {name: _parts(report, name) for name in report.sheets}
    by_key = {(part.theme, part.key): part for parts in themes.values() for part in parts}
    kept = ("contacts", "base", "compared", "median_age", "base_median_age", "origin", "origin_city", "since")
    seen = Portrait(
        **{name: figures[name] for name in (*kept, "near", "known", "base_known")},
        themes=themes,
        distinct=tuple(by_key[name, key] for name, key in figures["distinct"]),
    )
    departments_seen = seen.theme("department")
    french = any(part.key.upper() in departments() for part in departments_seen)
    return seen if french or not departments_seen else _of_counties(seen)


def _of_counties(seen: Portrait) -> Portrait:
    """The same where no part of the theme of departments is a French one: they are counties, no map shows
    them."""
    themes = {COUNTY if name == "department" else name: parts for name, parts in seen.themes.items()}
    themes[COUNTY] = tuple(replace(part, theme=COUNTY) for part in themes[COUNTY])
    distinct = (replace(part, theme=COUNTY) if part.theme == "department" else part for part in seen.distinct)
    known = {COUNTY: seen.known["department"], **seen.known}
    return replace(seen, themes=themes, distinct=tuple(distinct), known=known)


def _parts(report: Report, name: str) -> tuple[Part, ...]:
    chart = report.charts[name]
    labels = _listed(chart.data["labels"])
    criteria: Mapping[str, Any] = chart.criteria
    parts = []
    for label, row in zip(labels, report.sheets[name].rows, strict=True):
        values: Sequence[Any] = row
        key, _, contacts, share, base, base_share, index = values
        parts.append(
            Part(name, key, label, contacts, share or 0.0, base, base_share or 0.0, index, criteria[key])
        )
    return tuple(parts)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
