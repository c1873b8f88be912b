"""The benchmark files: right sizes, unique people, reserved numbers, orders that equal their lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.generate import SCALES, Scale, generate

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return generate(tmp_path_factory.mktemp("files"), Scale(61_000, 2_000, 6_000))


@pytest.fixture(scope="module")
def rows(files: dict[str, Path]) -> Rows:
    found = {}
    for kind, path in files.items():
        with path.open(encoding="utf-8", newline="") as lines:
            found[kind] = list(csv.DictReader(lines, delimiter=";", strict=True))
    return found


def test_sizes(rows: Rows) -> None:
    assert {kind: len(rows[kind]) for kind in ("contacts", "orders", "events")} == {
        "contacts": 61_000,
        "orders": 2_000,
        "events": 6_000,
    }
    assert len(rows["contacts"][0]) == 25
    assert (SCALES["small"].contacts, SCALES["small"].orders, SCALES["small"].events) == (
        10**5,
        10**6,
        3 * 10**6,
    )


def test_people_are_unique_and_numbers_reserved(rows: Rows) -> None:
    for column in ("N° client", "E-mail"):
        assert max(Counter(row[column] for row in rows["contacts"]).values()) == 1
    phones = Counter(row["Téléphone"] for row in rows["contacts"])
    assert phones.pop("") == 1_000
    assert max(phones.values()) == 1
    assert {phone[:6] for phone in phones} == {"063998", "019900", "026191", "035301", "046571", "053649"}
    assert all(re.fullmatch(r"\d{10}", phone) for phone in phones)
    assert all(row["E-mail"].endswith(".example") for row in rows["contacts"])


def test_orders_equal_their_lines_and_know_their_customers(rows: Rows) -> None:
    sums: Counter[str] = Counter()
    for line in rows["order_lines"]:
        sums[line["N° commande"]] += Decimal(line["Montant"])
    assert sums == {row["N° commande"]: Decimal(row["Montant TTC"]) for row in rows["orders"]}
    people = {row["N° client"] for row in rows["contacts"]}
    assert {row["N° client"] for kind in ("orders", "events") for row in rows[kind]} <= people
    dates = [row["Date de commande"] for row in rows["orders"]]
    assert dates == sorted(dates)
    assert dates[-1] < "2026-11-16"


def test_a_second_run_changes_nothing_and_an_absent_stamp_rewrites_the_same(files: dict[str, Path]) -> None:
    scale = Scale(61_000, 2_000, 6_000)
    before = {kind: (path.stat().st_mtime_ns, path.read_bytes()) for kind, path in files.items()}
    folder = files["orders"].parent
    generate(folder, scale)
    assert {kind: path.stat().st_mtime_ns for kind, path in files.items()} == {
        k: v[0] for k, v in before.items()
    }
    (folder / "stamp.json").unlink()
    generate(folder, scale)
    assert {kind: path.read_bytes() for kind, path in files.items()} == {k: v[1] for k, v in before.items()}
