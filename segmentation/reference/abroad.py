"""Postal codes of ten other countries: a file of its own licence (ODbL), read country by country.

The file has points for Belgium, Canada (first three signs), Great Britain (areas) and the United States. In
the six other countries a code takes the point of its town, where one town of that name is known.
"""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.criteria.fold import fold_text
from segmentation.reference.files import POSTAL_CODES_ABROAD, TOWNS_ABROAD, columns, parquet

COARSE = frozenset({"GB"})  # countries whose points are those of wide areas


@cache
def table() -> pa.Table:
    """country, postal_code, city, region_code, lat, lon, precise: the first row of each code of each country.
    A point is not precise when it is that of a wide area."""
    names = ["country", "postal_code", "city", "region_code", "lat", "lon"]
    text, real = pa.string(), pa.float64()
    kinds = [text, text, text, text, real, real]
    read = parquet(POSTAL_CODES_ABROAD).rename_columns(names)
    every = read.cast(pa.schema(list(zip(names, kinds, strict=True))))
    seen: set[tuple[str, str]] = set()
    first = []
    for code in zip(every["country"].to_pylist(), every["postal_code"].to_pylist(), strict=True):
        first.append(code not in seen)
        seen.add(code)
    codes = every.filter(pa.array(first))
    placed = _with_points_of_towns(codes)
    coarse = pc.is_in(placed["country"], pa.array(sorted(COARSE)))
    return placed.append_column("precise", pc.and_(placed["lat"].is_valid(), pc.invert(coarse)))


def _with_points_of_towns(codes: pa.Table) -> pa.Table:
    """The codes, those without a point taking that of their town."""
    names = ["country", "town_key", "lat", "lon"]
    points = {
        (land, town): (lat, lon) for land, town, lat, lon in zip(*columns(TOWNS_ABROAD, names), strict=True)
    }
    asked = zip(*(codes[name].to_pylist() for name in ("country", "city", "lat")), strict=True)
    nowhere = (None, None)
    found = [
        points.get((land, town_key(city)), nowhere) if lat is None else nowhere for land, city, lat in asked
    ]
    for place, name in enumerate(("lat", "lon")):
        theirs = pa.array([point[place] for point in found], pa.float64())
        index = codes.schema.get_field_index(name)
        codes = codes.set_column(index, name, pc.coalesce(codes[name], theirs))
    return codes


@cache
def town_key(city: str | None) -> str:
    """« Lausanne 25 » → « lausanne »: a delivery number is no part of a town's name."""
    if city and city.isascii() and city.isalpha():
        return city.lower()  # what folding comes to, for the plain names that most are
    return re.sub(r" \d+$", "", fold_text(city or ""))


@cache
def rows_of(country: str) -> dict[str, dict[str, object]]:
    """Postal code → city, region_code, lat, lon in one country; empty when the country is not known."""
    mine = table().filter(pc.equal(table()["country"], country)).drop_columns(["country"])
    return {str(row.pop("postal_code")): row for row in mine.to_pylist()}


def key(postal_code: str, country: str) -> str:
    """The form in which a code is looked up: « L-1009 » → « 1009 », « SW1A 1AA » → « SW », « H2X 1Y4 » →
    « H2X », « 90210-1234 » → « 90210 », « 1011 AB » → « 1011 »."""
    bare = re.sub(r"[^0-9A-Z]", "", postal_code.upper())
    if country == "GB":
        return re.sub(r"[0-9].*", "", bare)
    if country == "CA":
        return bare[:3]
    figures = re.sub(r"^[A-Z]{1,3}(?=\d)", "", bare)
    return figures[: {"US": 5, "NL": 4}.get(country, len(figures))]
