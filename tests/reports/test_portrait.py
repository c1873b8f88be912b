"""Every figure of the portrait equals plain pandas, on the demonstration shop and on a file of contacts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.reports.portrait_split import index, wilson
from segmentation.results import Report, Statement
from segmentation.workspace import Workspace

ROOT = Path(__file__).parents[2]
NOW = date(2026, 11, 15)
AGES = {"0-17": (0, 17), "18-24": (18, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54),
        "55-64": (55, 64), "65+": (65, 999)}  # fmt: skip
SENIORITY = {"3_months": (0, 90), "1_year": (91, 365), "2_years": (366, 730), "5_years": (731, 1825),
             "older": (1826, 99999)}  # fmt: skip

DIVISIONS = {"10": "food", "55": "hospitality", "56": "hospitality"} | dict.fromkeys(
    ("69", "70", "73"), "professional"
)
COUNTRIES = {"France": "FR", "Belgique": "BE", "Suisse": "CH", "Luxembourg": "LU"}


def bring(base: Workspace, file: Path, name: str) -> None:
    table = base.read(file, name=name)
    with base.prepare(base.request(table, base.recognise(table))) as prepared:
        base.commit(prepared)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The contacts of the demonstration shop, without its orders."""
    path = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    with Workspace.open(path, as_of=NOW) as base:
        bring(base, ROOT / "data" / "demo" / "clients.csv", "clients.csv")
        yield base


@pytest.fixture(scope="module")
def people(shop: Workspace) -> pd.DataFrame:
    """The contacts as the base keeps them, as a table of pandas indexed by contact."""
    names = (
        "contact_id birth_date civility gender postal_code city country company_name naf_code interests"
        " acquisition_channel created_at first_name"
    ).split()
    rows = shop.database.run(
        Statement(f"SELECT {', '.join(names)} FROM contacts WHERE live ORDER BY contact_id")
    ).rows
    return pd.DataFrame(rows, columns=names).set_index("contact_id")


def counts(report: Report, theme: str) -> dict[object, int]:
    return {row[1]: int(str(row[2])) for row in report.sheets[theme].rows if row[2]}


def age(born: Any) -> float:
    if born is None or pd.isna(born):
        return math.nan
    born = pd.Timestamp(born)
    return NOW.year - born.year - ((NOW.month, NOW.day) < (born.month, born.day))


def department(codes: pd.Series, countries: pd.Series) -> pd.Series:
    table = pd.read_parquet(ROOT / "data/reference/fr_codes_postaux.parquet").set_index("code_postal")["dep"]
    french = codes.where(
        (countries.isna() | countries.isin(["France", "FR"])) & codes.str.fullmatch(r"\d{5}")
    )
    return french.map(table).fillna(french.str[:2])


def folded(texts: pd.Series) -> pd.Series:
    """Lower case, without accents, hyphens and apostrophes as spaces."""
    plain = texts.str.lower().str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
    return plain.str.replace(r"[-']+", " ", regex=True).str.strip()


def banded(values: pd.Series, bands: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    found = {key: int(values.between(low, high).sum()) for key, (low, high) in bands.items()}
    return {key: n for key, n in found.items() if n}


def check(report: Report, table: pd.DataFrame) -> None:
    """Each theme of a report against the same rows in pandas."""
    figures: Mapping[str, Any] = report.figures
    ages = table["birth_date"].map(age)
    assert counts(report, "age_band") == banded(ages, AGES)
    assert figures["median_age"] == ages.median()
    given = table["civility"].map({"Mme": "F", "M.": "M", "Mlle": "F"}).fillna(table["gender"])
    assert counts(report, "gender") == given.value_counts().to_dict()
    assert figures["known"]["gender"] == given.notna().sum()
    places = department(table["postal_code"], table["country"])
    assert counts(report, "department") == places.value_counts().to_dict()
    towns = folded(table["city"].dropna()).value_counts()
    told = counts(report, "city")
    numbers = dict(zip(folded(pd.Series([str(name) for name in told])), told.values(), strict=True))
    assert numbers == {name: towns[name] for name in numbers}
    assert sorted(numbers.values(), reverse=True) == sorted(towns, reverse=True)[:10]
    days = (pd.Timestamp(NOW) - pd.to_datetime(table["created_at"])).dt.days
    assert counts(report, "seniority") == banded(days, SENIORITY)
    pros = table["company_name"].notna() | table["naf_code"].notna()
    assert counts(report, "clientele") == {"business": pros.sum(), "likely_consumer": (~pros).sum()}
    sectors = table["naf_code"].dropna().str[:2].map(DIVISIONS)
    assert counts(report, "activity_sector") == sectors.value_counts().to_dict()
    assert counts(report, "acquisition_channel") == table["acquisition_channel"].value_counts().to_dict()
    tastes = table["interests"].explode().dropna().value_counts()
    assert sorted(counts(report, "interests").values(), reverse=True) == list(tastes.head(10))
    assert all(tastes[name] == n for name, n in counts(report, "interests").items())
    assert figures["known"]["interests"] == table["interests"].map(bool).sum()
    countries = table["country"].dropna().replace(COUNTRIES)
    assert counts(report, "country") == countries.value_counts().to_dict()


def test_the_whole_shop(shop: Workspace, people: pd.DataFrame) -> None:
    report = shop.report("portrait")
    figures = report.figures
    assert (figures["contacts"], figures["base"], figures["compared"]) == (len(people), len(people), False)
    assert figures["distinct"] == ()
    check(report, people)


def test_a_part_against_the_shop(shop: Workspace, people: pd.DataFrame) -> None:
    inside = people[people["postal_code"].isin(["69003", "69100"])]
    asked = criterion_from_json({"field": "postal_code", "op": "in", "value": ["69003", "69100"]})
    report = shop.report("portrait", asked)
    figures: Mapping[str, Any] = report.figures
    assert (figures["contacts"], figures["compared"]) == (len(inside), True)
    check(report, inside)
    for sheet in report.sheets.values():
        known, base_known = figures["known"][sheet.title], figures["base_known"][sheet.title]
        rows: list[Any] = list(sheet.rows)
        for key, _, contacts, share, base, base_share, found in rows:
            assert share == pytest.approx(contacts / known)
            assert base_share == pytest.approx(base / base_known)
            if found is not None:
                assert found == pytest.approx(share / base_share), key
    villeurbanne = next(row for row in report.sheets["city"].rows if row[1] == "Villeurbanne")
    everyone, here = (frame["city"].dropna().eq("Villeurbanne") for frame in (people, inside))
    assert villeurbanne[6] == pytest.approx(here.mean() / everyone.mean())
    assert ("city", "villeurbanne") in figures["distinct"]


def test_distances_are_those_between_centres(shop: Workspace, people: pd.DataFrame) -> None:
    codes = pd.read_parquet(ROOT / "data/reference/fr_codes_postaux.parquet").set_index("code_postal")
    districts = pd.read_csv(ROOT / "data/reference/fr_arrondissements.csv", dtype={"code_postal": str})
    points = pd.concat([codes[["lat", "lon"]], districts.set_index("code_postal")[["lat", "lon"]]])
    points = points[~points.index.duplicated(keep="last")].astype(float)
    french = people[people["country"].isna() | people["country"].isin(["France", "FR"])]
    here = np.radians(points.loc["69003"].to_numpy())
    there = np.radians(points.reindex(french["postal_code"]).to_numpy().T)
    half = np.sin((there[0] - here[0]) / 2) ** 2
    half += np.cos(here[0]) * np.cos(there[0]) * np.sin((there[1] - here[1]) / 2) ** 2
    km = pd.Series(2 * 6371.0088 * np.arcsin(np.sqrt(half)))
    report = shop.report("portrait", origin="69003")
    bands = {"5": (-1, 5), "10": (5, 10), "25": (10, 25), "50": (25, 50), "100": (50, 100)}
    expected = {key: int(((km > low) & (km <= high)).sum()) for key, (low, high) in bands.items()}
    filled = int(people["postal_code"].notna().sum())
    expected["beyond"] = filled - sum(expected.values())
    assert counts(report, "distance") == expected
    near: Any = report.figures["near"]
    smallest = next(limit for limit in (5, 10, 25, 50, 100) if 2 * (km <= limit).sum() >= filled)
    assert near[:2] == (smallest, int((km <= smallest).sum()))
    assert (report.figures["origin"], report.figures["origin_city"]) == ("69003", "Lyon")
    assert shop.report("portrait", origin="00000").figures["origin"] is None


@pytest.mark.parametrize("segment", [None, {"field": "city", "op": "is", "value": "Lyon"}])
def test_every_part_is_its_criterion(shop: Workspace, segment: Mapping[str, object] | None) -> None:
    asked = criterion_from_json(segment) if segment else None
    report = shop.report("portrait", asked)
    checked = 0
    for theme, chart in report.charts.items():
        for row in list(report.sheets[theme].rows)[:5]:
            own = chart.criteria[str(row[0])]
            whole: Any = {"all": [segment, own]} if segment else own
            assert shop.evaluator.count(criterion_from_json(whole)) == row[2], (theme, row)
            checked += 1
    assert checked > 30


def test_deduced_genders_are_apart_from_those_given(shop: Workspace, people: pd.DataFrame) -> None:
    report = shop.report("portrait")
    silent = people[people["civility"].isna() & people["gender"].isna()]
    known: Any = report.figures["known"]
    assert 0 < known["gender_deduced"] <= len(silent)
    assert known["gender"] + known["gender_deduced"] <= len(people)
    ranks = pd.read_parquet(ROOT / "data/reference/fr_prenoms_rang.parquet")
    names = folded(silent["first_name"])
    only = set(folded(ranks[ranks["rang_m"].isna()]["prenom_norm"]))
    assert counts(report, "gender_deduced")["F"] >= int(names.isin(only).sum())


PLAIN = pd.DataFrame(
    {
        "Prénom": ["Marie", "Jean", "Camille", "Sophie", "Luc", "Anne"] * 2,
        "Nom": [f"Durand{n}" for n in range(12)],
        "Email": [f"p{n}@cabinet-roux.fr" if n < 3 else f"p{n}@orange.fr" for n in range(12)],
        "Code postal": ["33000", "33200", "33000", "75011", "33000", ""] * 2,
        "Ville": ["Bordeaux", "Bordeaux", "Bordeaux", "Paris", "Bordeaux", ""] * 2,
    }
)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A file of twelve contacts: names, e-mails, towns; nothing else."""
    folder = tmp_path_factory.mktemp("twelve")
    (folder / "contacts.csv").write_text(PLAIN.to_csv(index=False, sep=";"), encoding="utf-8")
    with Workspace.open(folder / "b.duckdb", as_of=NOW) as base:
        bring(base, folder / "contacts.csv", "contacts.csv")
        yield base


def test_a_plain_file_of_contacts(twelve: Workspace) -> None:
    report = twelve.report("portrait")
    assert report.figures["contacts"] == 12
    expected = PLAIN["Code postal"].replace("", np.nan).dropna().str[:2].value_counts().to_dict()
    assert counts(report, "department") == expected == {"33": 8, "75": 2}
    assert counts(report, "city") == PLAIN["Ville"].replace("", np.nan).value_counts().to_dict()
    assert counts(report, "gender_deduced") == {"F": 6, "M": 4}
    assert counts(report, "clientele") == {"likely_business": 3, "likely_consumer": 9}
    assert counts(report, "distance") == {"5": 8, "beyond": 2}
    assert (report.figures["origin"], report.figures["near"][0]) == ("33000", 5)  # type: ignore[index]
    assert report.figures["median_age"] is None and report.figures["since"] is None
    assert not {"age_band", "gender", "interests", "acquisition_channel", "seniority"} & set(report.sheets)


def test_a_part_too_small_is_compared_with_nothing(twelve: Workspace) -> None:
    asked = criterion_from_json({"field": "city", "op": "is", "value": "Paris"})
    report = twelve.report("portrait", asked)
    assert report.figures["contacts"] == 2
    assert report.figures["distinct"] == ()
    assert all(row[6] is None for sheet in report.sheets.values() for row in sheet.rows)


def test_nobody(twelve: Workspace) -> None:
    report = twelve.report("portrait", criterion_from_json({"field": "city", "op": "is", "value": "Rome"}))
    assert report.figures["contacts"] == 0
    assert not report.sheets


@pytest.mark.parametrize(
    ("contacts", "known", "base", "base_known", "expected"),
    [
        (40, 100, 200, 1000, 2.0),
        (22, 100, 200, 1000, None),  # may be chance
        (9, 30, 50, 1000, None),  # fewer than ten, found or expected
        (0, 100, 200, 1000, 0.0),  # none where twenty were expected
        (20, 29, 50, 1000, None),  # an audience too small
        (30, 100, 0, 1000, None),
        (100, 100, 1000, 1000, None),  # everybody, here as there
    ],
)
def test_an_index_is_only_told_when_it_is_believed(
    contacts: int, known: int, base: int, base_known: int, expected: float | None
) -> None:
    assert index(contacts, known, base, base_known) == (
        expected if expected is None else pytest.approx(expected)
    )


def test_wilson_of_published_cases() -> None:
    """Newcombe 1998, table I: 81 of 263 and 0 of 20, at 95 %."""
    z = 1.959964
    assert wilson(81, 263, z) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20, z) == pytest.approx((0.0, 0.1611), abs=5e-5)
