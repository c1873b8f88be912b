"""Where the open data lie, and how a file of them is read: text stays text, and only once per process."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "reference"

POSTAL_CODES: Final = FOLDER / "fr_codes_postaux.parquet"  # one row per French postal code
POSTAL_TOWNS: Final = FOLDER / "fr_codes_postaux_communes.parquet"  # every (postal code, town) pair
ARRONDISSEMENTS: Final = FOLDER / "fr_arrondissements.csv"  # points of the districts of three cities
TOWNS: Final = FOLDER / "fr_communes.parquet"
DEPARTMENTS: Final = FOLDER / "fr_departements.csv"
REGIONS: Final = FOLDER / "fr_regions.csv"
DEPARTMENT_MAP: Final = FOLDER / "fr_departements_map.json"
POSTAL_CODES_ABROAD: Final = FOLDER / "intl_codes_postaux_odbl.parquet"  # ODbL: stays a file of its own
TOWNS_ABROAD: Final = FOLDER / "intl_towns.parquet"  # points of towns where that file has none
FIRST_NAMES: Final = FOLDER / "fr_prenoms_rang.parquet"
LAST_NAMES: Final = FOLDER / "fr_noms_famille.parquet"
EMAIL_DOMAINS: Final = FOLDER / "email_domains.parquet"
EMAIL_CORRECTIONS: Final = FOLDER / "email_domain_corrections.csv"
COUNTRIES: Final = FOLDER / "countries.csv"
COUNTRY_ALIASES: Final = FOLDER / "country_aliases.csv"
ACTIVITIES: Final = FOLDER / "fr_naf_rev2.csv"
SECTORS: Final = FOLDER / "sectors.csv"


@cache
def rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file, every value as text: Namibia's code stays « NA », Ain's stays « 01 »."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def parquet(path: Path, names: list[str] | None = None) -> pa.Table:
    """A Parquet file as a table; `pq.read_table` would first spend 0.3 s importing Arrow's dataset module."""
    return pq.ParquetFile(path).read(columns=names)


def columns(path: Path, names: list[str]) -> list[list[object]]:
    """Some columns of a Parquet file, as plain Python lists in file order."""
    table = parquet(path, names)
    return [table.column(name).to_pylist() for name in names]
