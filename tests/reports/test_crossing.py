"""The crossing against plain pandas and the Evaluator: every cell of every pair, on a random shop."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.criteria.segment import as_segment
from segmentation.errors import CriterionError
from segmentation.predictive.rfm import Cuts
from segmentation.reports.crossing import BETWEEN, TOTAL, crossing
from segmentation.results import Report
from segmentation.store.database import Database
from tests.reports.conftest import hear

NOW = date(2026, 11, 22)
PEOPLE = 170
TOWNS = ("Lyon", "LYON", "Bron", "Paris", "=1+1", None)
TAGS = (["thé"], ["thé", "café"], ["café", "Thé"], ["rare"], [], None)


@pytest.fixture(scope="module")
def shop(base: Database, fill: Any) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    people, orders = [], []
    for contact in range(1, PEOPLE + 1):
        town = TOWNS[int(rng.integers(0, len(TOWNS)))]
        points = None if rng.random() < 0.2 else int(rng.integers(0, 40))
        joined = None if rng.random() < 0.1 else date(2023, 1, 1) + timedelta(days=int(rng.integers(0, 1300)))
        tags = TAGS[int(rng.integers(0, len(TAGS)))]
        people.append(
            {"contact_id": contact, "city": town, "loyalty_points": points, "created_at": joined,
             "interests": tags, "gender": (None, "F", "M")[int(rng.integers(0, 3))]}
        )  # fmt: skip
        for rank in range(int(rng.choice([0, 0, 1, 2, 5])) + (3 if town == "Bron" else 0)):
            amount = Decimal(int(rng.integers(-2000, 9000))) / 100
            orders.append((contact, amount, f"{contact}-{rank}"))
    fill("contacts", *people)
    fill("contacts", {"contact_id": 900, "city": "Lyon", "live": False})
    fill(
        "orders",
        *(
            {"contact_id": contact, "order_date": "2026-05-05", "amount": amount, "order_key": key}
            for contact, amount, key in orders
        ),
    )
    sold = pd.DataFrame(orders, columns=["contact_id", "amount", "key"])
    frame = pd.DataFrame(people).set_index("contact_id")
    paid = sold[sold.amount > 0].groupby("contact_id").amount
    frame["net"] = sold.groupby("contact_id").amount.sum().reindex(frame.index, fill_value=Decimal(0))
    frame["gross"] = paid.sum().reindex(frame.index, fill_value=Decimal(0))
    frame["orders"] = paid.size().reindex(frame.index, fill_value=0)
    return frame


@pytest.fixture(scope="module")
def catalogue(shop: pd.DataFrame, catalogue_at: Callable[..., Catalogue]) -> Catalogue:
    known = catalogue_at(NOW, Cuts())
    saved = {"petits": as_segment(criterion_from_json({"field": "orders_count", "op": "<=", "value": 1}))}
    object.__setattr__(known, "segments", saved)
    return known


def told(base: Database, catalogue: Catalogue, rows: str, columns: str, ids: str = "", **more: Any) -> Report:
    with base.session() as session:
        hear(session, *([ids] if ids else []))
        return crossing(session, catalogue, rows=rows, columns=columns, **more)


def town(frame: pd.DataFrame) -> pd.Series:
    return frame.city.map(lambda city: str(city).lower() if isinstance(city, str) else "?")


def banded(values: pd.Series, edges: list[Any]) -> pd.Series:
    """The place of each value among half-open bands, "?" without a value; another way than the product's."""

    def place(value: Any) -> str:
        return "?" if value is None or value != value else str(sum(value >= edge for edge in edges))

    return values.map(place)


def places(report: Report, side: str) -> dict[str, str]:
    """Key of a slice → what ``town`` or ``banded`` calls it."""
    named, place = {}, 0
    for key, role, value, _ in report.sheets[side].rows:
        if role == "band":
            named[str(key)], place = str(place), place + 1
        elif role == "unknown":
            named[str(key)] = "?"
        elif role in ("in", "out"):
            named[str(key)] = str(key)
        else:
            named[str(key)] = str(value).lower()
    return named


PAIRS: list[tuple[str, str, dict[str, Any]]] = [
    ("city", "loyalty_points", {}),
    ("city", "loyalty_points", {"column_cuts": (5, 20, 30)}),
    ("created_at", "city", {"row_cuts": ("2024-01-01", "2025-07-01")}),
    ("city", "segment:petits", {}),
    ("loyalty_points", "gender", {"row_cuts": (10,)}),
]


def axis(frame: pd.DataFrame, code: str, cuts: Any) -> pd.Series:
    if code == "city":
        return town(frame)
    if code == "segment:petits":
        return frame.orders.map(lambda count: "in" if count <= 1 else "out")
    if code == "gender":
        return frame.gender.map(lambda gender: str(gender).lower() if isinstance(gender, str) else "?")
    edges = [date.fromisoformat(cut) if isinstance(cut, str) else cut for cut in cuts]
    return banded(frame[code], edges)


@pytest.mark.parametrize(("rows", "columns", "more"), PAIRS)
def test_every_cell_is_that_of_pandas_and_of_its_criterion(
    base: Database, shop: pd.DataFrame, catalogue: Catalogue, rows: str, columns: str, more: dict[str, Any]
) -> None:
    report, evaluator = told(base, catalogue, rows, columns, **more), Evaluator(base, catalogue)
    down = axis(shop, rows, more.get("row_cuts") or report.figures["rows_cuts"])
    across = axis(shop, columns, more.get("column_cuts") or report.figures["columns_cuts"])
    row_names, column_names = places(report, "rows"), places(report, "columns")
    assert set(down) <= set(row_names.values()) and set(across) <= set(column_names.values())
    seen = 0
    for row, column, contacts, _, revenue, basket, row_share, column_share, *_ in report.sheets["cells"].rows:
        one = shop[
            (down == row_names.get(str(row), "")) | (row == TOTAL)
        ]  # fmt: skip
        one = one[(across[one.index] == column_names.get(str(column), "")) | (column == TOTAL)]
        whole = len(shop) if row == TOTAL else int((down == row_names[str(row)]).sum())
        high = len(shop) if column == TOTAL else int((across == column_names[str(column)]).sum())
        assert contacts == len(one), (row, column)
        assert revenue == sum(one.net, Decimal(0))
        count = int(one.orders.sum())
        mean = sum(one.gross, Decimal(0)) / count if count else None
        assert basket is None if mean is None else abs(Decimal(str(basket)) - mean) < Decimal("0.0001")
        assert row_share == (pytest.approx(len(one) / whole) if whole else None)
        assert column_share == (pytest.approx(len(one) / high) if high else None)
        criterion = criterion_from_json(report.charts["cells"].criteria[f"{row}{BETWEEN}{column}"])
        assert evaluator.count(criterion) == contacts, (row, column)
        seen += 1
    assert seen == (len(row_names) + 1) * (len(column_names) + 1)


def test_a_list_counts_a_contact_in_each_of_its_values(
    base: Database, shop: pd.DataFrame, catalogue: Catalogue
) -> None:
    report, evaluator = told(base, catalogue, "interests", "city", most_rows=2), Evaluator(base, catalogue)
    assert report.figures["rows_overlaps"] and report.figures["link"] is None
    folded = shop.interests.map(
        lambda tags: {tag.lower() for tag in (tags if isinstance(tags, list) else ())}
    )
    expected = {
        "thé": folded.map(lambda tags: "thé" in tags),
        "café": folded.map(lambda tags: "café" in tags),
        "~": folded.map(lambda tags: tags == {"rare"}),
        "?": folded.map(lambda tags: not tags),
    }
    cells = {(row[0], row[1]): row[2] for row in report.sheets["cells"].rows}
    for key, role, value, _ in report.sheets["rows"].rows:
        name = str(value).lower() if role == "value" else str(key)
        assert cells[key, TOTAL] == int(expected[name].sum()), key
        assert cells[key, "=Bron"] == int((expected[name] & (shop.city == "Bron")).sum())
    for mark, criterion in report.charts["cells"].criteria.items():
        row, _, column = mark.partition(BETWEEN)
        assert evaluator.count(criterion_from_json(criterion)) == cells[row, column], mark


def test_index_and_residuals_are_those_of_their_formulas(
    base: Database, shop: pd.DataFrame, catalogue: Catalogue
) -> None:
    report = told(base, catalogue, "city", "segment:petits")
    known = shop[shop.city.notna()]
    table = pd.crosstab(town(known), known.orders.map(lambda count: "in" if count <= 1 else "out"))
    total = table.to_numpy().sum()
    names = places(report, "rows")
    for row, column, contacts, *_, index, expected, residual, _ in report.sheets["cells"].rows:
        if TOTAL in (row, column) or row == "?":
            assert (index, expected, residual) == (None, None, None)
            continue
        here, there = table.loc[names[str(row)]].sum(), table[str(column)].sum()
        chance = here * there / total
        assert expected == pytest.approx(chance)
        assert index == pytest.approx(contacts / chance)
        spread = math.sqrt(chance * (1 - here / total) * (1 - there / total))
        assert residual == pytest.approx((contacts - chance) / spread)
    squared = sum(
        (table.iloc[i, j] - table.iloc[i].sum() * table.iloc[:, j].sum() / total) ** 2
        / (table.iloc[i].sum() * table.iloc[:, j].sum() / total)
        for i in range(table.shape[0])
        for j in range(table.shape[1])
    )
    assert report.figures["link"] == pytest.approx(math.sqrt(squared / total))
    assert report.figures["known"] == total
    first = report.figures["surprises"][0]
    assert first.startswith("=Bron"), "people of Bron all bought: the planted surprise comes first"
    assert len({mark.partition(BETWEEN)[0] for mark in report.figures["surprises"]}) == len(
        report.figures["surprises"]
    ), "a cell and its mirror are not told twice"


def test_an_audience_narrows_and_nobody_is_a_table_of_zeros(
    base: Database, shop: pd.DataFrame, catalogue: Catalogue
) -> None:
    few = told(
        base, catalogue, "city", "gender", "SELECT unnest(range(1, 51))::INTEGER AS contact_id"
    )  # fmt: skip
    assert few.figures["contacts"] == 50
    cells = {(row[0], row[1]): row[2] for row in few.sheets["cells"].rows}
    assert cells["=Bron", TOTAL] == int((shop.loc[1:50].city == "Bron").sum())
    nobody = told(base, catalogue, "city", "gender", "SELECT 1 AS contact_id WHERE FALSE")
    assert (nobody.figures["contacts"], nobody.figures["surprises"]) == (0, ())


def test_what_cannot_be_asked_is_refused(base: Database, shop: pd.DataFrame, catalogue: Catalogue) -> None:
    for code in ("nothing", "segment:gone"):
        with pytest.raises(CriterionError):
            told(base, catalogue, code, "city")


def test_moments_of_the_calendar_can_be_asked_by_name(
    base: Database, shop: pd.DataFrame, catalogue: Catalogue
) -> None:
    report = told(base, catalogue, "created_at", "gender", row_cuts=("year",))
    assert report.figures["rows_cuts"] == (date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1))
    cells = {(row[0], row[1]): row[2] for row in report.sheets["cells"].rows}
    inside = shop.created_at.map(lambda day: isinstance(day, date) and day.year == 2024)
    assert cells["2024-01-01..2025-01-01", TOTAL] == int(inside.sum())
