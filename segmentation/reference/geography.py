"""Where a postal code is: département, region, a point on the globe; and which codes lie within a distance.

A French code has a French geography only when the country is France, one of its territories, or not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from segmentation.reference import abroad
from segmentation.reference.countries import FRENCH_TERRITORIES, is_french
from segmentation.reference.files import (
    ARRONDISSEMENTS,
    DEPARTMENTS,
    POSTAL_CODES,
    columns,
    rows,
)

EARTH_KM: Final = 6371.0088  # mean radius, IUGG
_CORSICA: Final = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
_ISLANDS: Final = {"97133": "977", "97150": "978"}
_MONACO: Final = (43.7384, 7.4246)


@dataclass(frozen=True, slots=True)
class Department:
    """A French département or overseas territory, with its region (codes of INSEE)."""

    code: str
    name: str
    region_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Place:
    """A postal code. `lat`, `lon` in degrees; not `precise`: only the middle of its département or area."""

    country: str
    postal_code: str
    city: str | None = None
    department: str | None = None
    department_name: str | None = None
    region: str | None = None
    region_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    precise: bool = False


@cache
def departments() -> dict[str, Department]:
    """Code → département, the 96 of the mainland first."""
    return {
        row["code"]: Department(row["code"], row["nom"], row["reg"], row["reg_nom"])
        for row in rows(DEPARTMENTS)
    }


def postal_key(postal_code: str, country: str | None = "FR") -> str:
    """The form in which a postal code is looked up: a lost leading zero given back, « F-69003 » → « 69003 »;
    the habits of other countries are those of `abroad.key`."""
    if country and not is_french(country):
        return abroad.key(postal_code, country)
    bare = re.sub(r"[^0-9A-Z]", "", postal_code.upper()).removeprefix("F")
    return bare.zfill(5) if bare.isdigit() and len(bare) == 4 else bare


def department_of(postal_code: str, country: str | None = "FR") -> str | None:
    """The code of the département: by the table (32 codes straddle two), else by the rules of the prefix
    (Corsica 2A and 2B, three figures overseas). None outside France and for Monaco."""
    if not is_french(country):
        return None
    key = postal_key(postal_code, country)
    known = _french().get(key)
    return known.department if known else _department_by_prefix(key)


def _department_by_prefix(key: str) -> str | None:
    if not re.fullmatch(r"\d{5}", key):
        return None
    if key.startswith(("97", "98")):
        code = _ISLANDS.get(key, key[:3])
    else:
        code = _CORSICA.get(key[:3], key[:2])
    return code if code in departments() else None


def region_of(department: str) -> Department | None:
    """The département of that code, which carries its region: « 69 » → Auvergne-Rhône-Alpes."""
    return departments().get(department)


def place_of(postal_code: str, country: str | None = "FR") -> Place | None:
    """What is known of a postal code, or None. An unknown French code still has its département."""
    if not postal_code:
        return None
    key = postal_key(postal_code, country)
    if country and not is_french(country):
        return _abroad(country, key)
    if key.startswith("980"):
        return Place("MC", key, "Monaco", lat=_MONACO[0], lon=_MONACO[1], precise=True)
    found = _french().get(key)
    if found:
        return found
    code = _department_by_prefix(key)
    return _placed(key, None, code, None, None, precise=False) if code else None


def _placed(
    key: str, city: str | None, code: str, lat: float | None, lon: float | None, *, precise: bool
) -> Place:
    there = departments()[code]
    return Place("FR", key, city, code, there.name, there.region, there.region_code, lat, lon, precise)


@cache
def _french() -> dict[str, Place]:
    """Postal code → place. The districts of Paris, Lyon and Marseille have points of their own."""
    districts = {row["code_postal"]: (float(row["lat"]), float(row["lon"])) for row in rows(ARRONDISSEMENTS)}
    found = {}
    names = ["code_postal", "dep", "commune_principale", "lat", "lon", "precision"]
    for key, code, city, lat, lon, precision in zip(*columns(POSTAL_CODES, names), strict=True):
        key = str(key)
        if key in districts:
            lat, lon = districts[key]
        found[key] = _placed(
            key, str(city), str(code), _degrees(lat), _degrees(lon), precise=precision == "commune"
        )
    return found


def _abroad(country: str, key: str) -> Place | None:
    row = abroad.rows_of(country).get(key)
    if row is None:
        return None
    city, region = row["city"], row["region_code"]
    lat, lon = _degrees(row["lat"]), _degrees(row["lon"])
    town, state = (str(name) if name else None for name in (city, region))
    return Place(country, key, town, region_code=state, lat=lat, lon=lon, precise=bool(row["precise"]))


def _degrees(value: object) -> float | None:
    return round(float(value), 5) if isinstance(value, float) else None


def french_places() -> Iterator[Place]:
    """Every known French code. Overseas codes come twice: under « FR » and under their own country."""
    own = {department: country for country, department in FRENCH_TERRITORIES.items()}
    for place in _french().values():
        yield place
        if place.department in own:
            yield replace(place, country=own[place.department])
    for country in ("FR", "MC"):
        yield Place(country, "98000", "Monaco", lat=_MONACO[0], lon=_MONACO[1], precise=True)


def kilometres(lat: float, lon: float, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
    """Great-circle distances in km from one point to many (haversine), degrees in."""
    here, there = np.radians([lat, lon]), np.radians(np.stack([lats, lons]))
    half = np.sin((there[0] - here[0]) / 2) ** 2
    half += np.cos(here[0]) * np.cos(there[0]) * np.sin((there[1] - here[1]) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


@cache
def _points() -> tuple[list[tuple[str, str]], np.ndarray, np.ndarray]:
    """(country, postal code) of every located code, and their latitudes and longitudes."""
    near = [place for place in french_places() if place.lat is not None and place.lon is not None]
    far = abroad.table().filter(abroad.table()["lat"].is_valid())
    keys = [(place.country, place.postal_code) for place in near]
    keys += zip(far["country"].to_pylist(), far["postal_code"].to_pylist(), strict=True)
    lats = np.concatenate([[place.lat for place in near], far["lat"].to_numpy()])
    lons = np.concatenate([[place.lon for place in near], far["lon"].to_numpy()])
    return keys, lats, lons


def within_km(postal_code: str, km: float, country: str | None = "FR") -> frozenset[tuple[str, str]]:
    """The (country, postal code) pairs whose point is at most `km` from that of `postal_code`, itself too;
    empty when the origin has no known point."""
    origin = place_of(postal_code, country)
    if origin is None or origin.lat is None or origin.lon is None:
        return frozenset()
    keys, lats, lons = _points()
    near = kilometres(origin.lat, origin.lon, lats, lons) <= km
    return frozenset(keys[index] for index in np.flatnonzero(near))
