"""The figures of the home page, over a base small enough to count by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.reports.overview import overview
from segmentation.results import Report
from segmentation.workspace import Workspace

CONTACTS = (
    "id client;prénom;e-mail;newsletter\r\n1;Ana;ana@example.com;oui\r\n"
    "2;Bob;bob@example.com;non\r\n3;Cléo;pas une adresse;oui\r\n4;Dan;dan@example.com;\r\n"
)
ORDERS = (
    "n° commande;id client;date commande;total ttc;statut\r\n"
    "1;1;2026-11-20;100,00;payée\r\n2;1;2026-11-21;-30,00;payée\r\n3;2;2025-11-21;7,00;payée\r\n"
    "4;2;2025-11-20;50,00;payée\r\n5;3;2026-10-01;999,00;annulée\r\n6;4;2026-11-22;5,00;payée\r\n"
)


def bring(workspace: Workspace, kind: str, text: str) -> None:
    path = workspace.database.workdir / kind
    path.write_text(text, encoding="utf-8")
    table = workspace.read(path, name=f"{kind}.csv")
    workspace.commit(workspace.prepare(workspace.request(table, workspace.recognise(table, kind=kind))))


def asked(tmp_path: Path, *kinds: str) -> Report:
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 21)) as workspace:
        for kind in kinds:
            bring(workspace, kind, {"contacts": CONTACTS, "orders": ORDERS}[kind])
        return overview(workspace.database, workspace.evaluator)


def test_contacts_alone_have_no_revenue(tmp_path: Path) -> None:
    report = asked(tmp_path, "contacts")
    assert report.figures == {
        "contacts": 4,
        "reachable_email": 1,
        "to_confirm_email": 1,
        "reachable_sms": 0,
        "reachable_post": 0,
        "active_customers": 0,
        "orders": 0,
        "history": False,
        "revenue": None,
        "revenue_before": None,
        "contacts_before": None,
        "active_customers_before": None,
    }
    assert not report.charts


def test_a_year_of_sales_nets_returns_and_stops_at_the_date(tmp_path: Path) -> None:
    report = asked(tmp_path, "contacts", "orders")
    assert report.figures["orders"] == 3
    assert report.figures["revenue"] == Decimal("77.0000")
    assert report.figures["revenue_before"] == Decimal("50.0000")
    assert report.figures["active_customers"] == 2
    months = report.charts["revenue"].data
    assert months["labels"][0] == date(2025, 12, 1)
    assert months["values"][-1] == pytest.approx(Decimal(70))
    assert months["values"][:-1] == [Decimal(0)] * 11


VISITS = "n° commande;id client;date commande;total ttc\r\n"


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        ("1;1;2024-11-30;10,00\r\n2;1;2026-01-02;10,00\r\n3;2;2026-03-02;10,00\r\n", True),
        ("1;1;2024-11-30;10,00\r\n2;2;2026-01-02;10,00\r\n3;4;2026-03-02;10,00\r\n", False),
        ("1;1;2025-06-30;10,00\r\n2;1;2026-01-02;10,00\r\n3;2;2026-03-02;10,00\r\n", False),
    ],
    ids=["history", "last visits only", "too short"],
)
def test_a_trend_is_told_only_by_orders_that_tell_the_past(tmp_path: Path, orders: str, told: bool) -> None:
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 21)) as workspace:
        bring(workspace, "contacts", CONTACTS)
        bring(workspace, "orders", VISITS + orders)
        report = overview(workspace.database, workspace.evaluator)
    assert report.figures["history"] is told
    assert ("active_customers" in report.charts) is told
    assert report.figures["active_customers_before"] == (1 if told else None)
    assert "contacts" not in report.charts


def test_buyers_whom_only_their_file_knows_take_the_trend_away(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 21)) as workspace:
        bring(workspace, "contacts", CONTACTS)
        bring(workspace, "orders", ORDERS.replace("2025-11-20", "2024-11-20"))
        assert "active_customers" in overview(workspace.database, workspace.evaluator).charts
        lines = "".join(f"{n};Eve;eve{n}@example.com;01/10/2026\r\n" for n in range(10, 30))
        bring(workspace, "contacts", "id client;prénom;e-mail;date du dernier achat\r\n" + lines)
        report = overview(workspace.database, workspace.evaluator)
    assert report.figures["active_customers"] == 22
    assert "active_customers" not in report.charts and report.figures["history"]


def test_contacts_are_compared_with_those_of_the_same_day_a_year_before(tmp_path: Path) -> None:
    days = ("20/11/2025", "21/11/2025", "22/11/2025", "30/11/2025", "03/03/2026")
    people = "".join(f"{n};Eve;eve{n}@example.com;{day}\r\n" for n, day in enumerate(days))
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 21)) as workspace:
        bring(workspace, "contacts", "id client;prénom;e-mail;créé le\r\n" + people)
        report = overview(workspace.database, workspace.evaluator)
    assert report.figures["contacts_before"] == 2
    assert report.charts["contacts"].data["values"] == [4, 4, 4, 5, *[5] * 8]


def test_an_empty_base_has_an_overview(tmp_path: Path) -> None:
    assert asked(tmp_path).figures["contacts"] == 0
