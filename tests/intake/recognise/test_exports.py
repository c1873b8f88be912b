"""Exports of the tools small businesses use, with invented people: no mapping by hand, consent read right."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.intake.recognise import recognise
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests import made_once

EXPORTS = Path(__file__).with_name("exports")
EXPECTED = tomllib.loads((EXPORTS / "expected.toml").read_text(encoding="utf-8"))


def test_every_export_is_expected() -> None:
    assert {path.stem for path in EXPORTS.glob("*.csv")} == set(EXPECTED)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Each export read, recognised and imported into a base of its own, nothing decided by hand."""
    found: dict[str, dict[str, object]] = {}
    for name in EXPECTED:
        path = tmp_path_factory.mktemp(name) / "base.duckdb"
        with Workspace.open(made_once.at(path, made_once.empty)) as base:
            table = base.read(EXPORTS / f"{name}.csv")
            seen = recognise(table)
            prepared = base.prepare(base.request(table, seen))
            report = base.commit(prepared)
            prepared.close()
            consents = base.database.run(
                Statement(
                    "SELECT email, state FROM contacts LEFT JOIN (SELECT * FROM consents WHERE channel ="
                    " 'email') USING (contact_id) WHERE live"
                )
            ).rows
            orders = base.database.run(
                Statement("SELECT order_id, amount, counted, order_date IS NOT NULL FROM orders ORDER BY ALL")
            ).rows
            found[name] = {
                "kind": seen.kind,
                "source": seen.source or "",
                "columns": seen.columns,
                "rejected": report.preview.rejected,
                "consents": dict(consents),
                "orders": orders,
            }
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_what_it_is(imported: dict[str, dict[str, object]], name: str) -> None:
    found = imported[name]
    assert (found["kind"], found["source"]) == (EXPECTED[name]["kind"], EXPECTED[name]["source"])
    columns = {column.header: column.field or "" for column in found["columns"]}  # type: ignore[attr-defined]
    wanted = EXPECTED[name]["fields"]
    assert {header: columns[header] for header in wanted} == wanted
    assert found["rejected"] == EXPECTED[name].get("rejected", 0)


@pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if "consent" in row])
def test_who_agreed_and_who_left(imported: dict[str, dict[str, object]], name: str) -> None:
    consents = imported[name]["consents"]
    wanted = EXPECTED[name]["consent"]
    assert {mail: consents[mail] or "" for mail in wanted} == wanted  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "orders"),
    [
        ("shopify_orders", [("#1001", "35", True), ("#1002", "15", False), ("#1003", "11", True)]),
        ("woo_orders", [("501", "30", True), ("502", "15", False)]),
        ("squarespace_orders", [("00001", "25", True)]),
        ("stripe_payments", [("ch_1", "35", True), ("ch_2", "15", False), ("ch_3", "15", True)]),
        ("sumup", [("TAAA1", "20", True), ("TAAA2", "10", True)]),
        ("eventbrite", [("1001", "20", True), ("1002", "0", False)]),
        (
            "fec",
            [
                ("AV2601", "-20.5", False),
                ("F2601", "120.5", True),
                ("F2602", "1100", True),
                ("F2603", "75", True),
            ],
        ),
    ],
)
def test_orders_and_their_amounts(
    imported: dict[str, dict[str, object]], name: str, orders: list[tuple[str, str, bool]]
) -> None:
    wanted = [(order, Decimal(amount), counted, True) for order, amount, counted in orders]
    assert imported[name]["orders"] == wanted
