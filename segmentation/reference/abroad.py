"""Postal codes of ten other countries: a file of its own licence (ODbL), read country by country.

Points exist for Belgium, Canada (first three signs), Great Britain (areas) and the United States only.
"""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from segmentation.reference.files import POSTAL_CODES_ABROAD

COARSE = frozenset({"GB"})  # countries whose points are those of wide areas


@cache
def table() -> pa.Table:
    """country, postal_code, city, region_code, lat, lon: the first row of each code, country by country."""
    read = pq.read_table(POSTAL_CODES_ABROAD)
    names = ["localite", "region_code", "lat", "lon"]
    keyed = read.group_by(["pays", "code_postal"], use_threads=False)
    first = keyed.aggregate([(name, "first") for name in names])
    kept = first.select(["pays", "code_postal", *(f"{name}_first" for name in names)])
    renamed = kept.rename_columns(["country", "postal_code", "city", "region_code", "lat", "lon"])
    text, real = pa.string(), pa.float64()
    kinds = [text, text, text, text, real, real]
    return renamed.cast(pa.schema(list(zip(renamed.schema.names, kinds, strict=True))))


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
