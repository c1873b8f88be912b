"""What a company does: the activity of a NAF code, and its sector among nineteen plain ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from segmentation.reference.files import ACTIVITIES, SECTORS, rows


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of the NAF (rev. 2), or only its division when the code is unknown (`code` None)."""

    code: str | None
    label: str
    division: str
    division_label: str
    sector: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A plain sector: a key and its labels."""

    key: str
    french: str
    english: str


@cache
def sectors() -> dict[str, Sector]:
    return {row["sector"]: Sector(row["sector"], row["label_fr"], row["label_en"]) for row in rows(SECTORS)}


@cache
def sectors_of_divisions() -> dict[str, str]:
    """Division (« 56 ») → key of its sector."""
    return {row["division"]: row["sector"] for row in rows(SECTORS)}


@cache
def activities() -> dict[str, Activity]:
    """NAF code without its dot (« 5610A ») → activity."""
    sector = sectors_of_divisions()
    return {
        row["code_sans_point"]: Activity(
            row["code"], row["libelle"], row["division"], row["division_libelle"], sector[row["division"]]
        )
        for row in rows(ACTIVITIES)
    }


@cache
def _divisions() -> dict[str, Activity]:
    return {
        found.division: Activity(
            None, found.division_label, found.division, found.division_label, found.sector
        )
        for found in activities().values()
    }


def activity_of(naf_code: str | None) -> Activity | None:
    """« 56.10A », « 5610a » → the activity; an unknown code (a newer NAF) falls back to its division;
    None when even the division is unknown. An unknown code is not an invalid one."""
    bare = re.sub(r"[^0-9A-Z]", "", (naf_code or "").upper())
    if re.fullmatch(r"\d{3}[A-Z]", bare):
        bare = "0" + bare  # a spreadsheet took the zero of agriculture
    return activities().get(bare) or _divisions().get(bare[:2])
