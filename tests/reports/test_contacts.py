"""Pages of people: every order, page and column held against plain Python over the same rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from segmentation.reports.contacts import USUAL
from segmentation.results import Report, Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.reports.test_search import bare


def rows(report: Report) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in report.sheets["people"].rows]


def test_every_page_in_the_order_of_names(shop: Workspace) -> None:
    found: list[tuple[Any, ...]] = []
    pages = int(str(shop.report("contacts", size=500).figures["pages"]))
    for page in range(1, pages + 1):
        asked = shop.report("contacts", columns=("last_name", "first_name"), page=page, size=500)
        found += rows(asked)
    names = "contact_id, last_name, first_name, full_name, company_name, email"
    people = shop.database.run(Statement(f"SELECT {names} FROM contacts WHERE live")).rows

    def order(row: tuple[Any, ...]) -> tuple[object, ...]:
        number, last, first, full, company, email = row
        name = next((bare(part) for part in (last, full, company, first, email) if part), None)
        return (name is None, name or "", first is None, bare(first or ""), number)

    assert [row[0] for row in found] == [row[0] for row in sorted(people, key=order)]
    assert len(found) == shop.contacts


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    "code", ["total_spent", "last_purchase_date", "rfm_segment", "city", "age", "created_at"]
)
def test_any_column_sorts_with_empty_values_last(shop: Workspace, code: str, descending: bool) -> None:
    asked = shop.report("contacts", columns=(code,), sort=(code, descending), size=100)
    shown = [row[1] for row in rows(asked)]
    everyone = [row[1] for row in rows(shop.report("contacts", columns=(code,), size=10_000))]
    filled = [value for value in everyone if value is not None]

    def key(value: Any) -> Any:
        return bare(value) if isinstance(value, str) else value

    best = sorted(filled, key=key, reverse=descending)[:100]
    assert [key(value) for value in shown[: len(best)]] == [key(value) for value in best]
    assert best
    assert all(value is None for value in shown[len(best) :])


def test_the_usual_columns_open_with_who_and_what_was_bought(shop: Workspace, tmp_path: Path) -> None:
    shown = [column.key for column in shop.report("contacts", size=1).sheets["people"].columns[1:]]
    assert shown[:4] == ["last_name", "first_name", "last_purchase_date", "total_spent"]
    lines = ["Nom;E-mail;Date du dernier clic"]
    lines += [f"D{n};l{n}@example.com;0{n}/11/2026" for n in range(1, 9)]
    with Workspace.open(tmp_path / "base.duckdb", as_of=date(2026, 11, 22)) as base:
        bring(base, "\n".join(lines))
        heard = [column.key for column in base.report("contacts").sheets["people"].columns[1:]]
    assert heard == ["last_name", "last_own_contact", "email"]


def test_pages_stay_in_bounds_and_unknown_columns_are_left_out(shop: Workspace) -> None:
    last = shop.report("contacts", columns=("last_name", "gone"), page=999, size=50)
    assert last.figures["page"] == last.figures["pages"]
    assert [column.key for column in last.sheets["people"].columns] == ["contact", "last_name"]
    assert shop.report("contacts", page=-4).figures["page"] == 1
    nobody = shop.report("contacts", text="zzzzzzzz")
    assert (nobody.figures["total"], rows(nobody)) == (0, [])


def test_nobody_chose_the_columns_so_they_hold_something(shop: Workspace) -> None:
    shown = [column.key for column in shop.report("contacts").sheets["people"].columns][1:]
    assert set(shown) <= set(USUAL)
    assert {"last_name", "email", "total_spent"} <= set(shown)
    for place, code in enumerate(shown):
        page = shop.report("contacts", sort=(code, True), columns=tuple(shown), size=1)
        assert rows(page)[0][place + 1] is not None


def test_a_new_base_has_nobody_to_show(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Workspace.open(tmp_path_factory.mktemp("new") / "new.duckdb") as base:
        report = base.report("contacts", text="ana")
        assert (report.figures["total"], rows(report)) == (0, [])


def test_people_known_by_their_number_alone_are_shown_by_it(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "b.duckdb") as base:
        bring(base, "N° commande;N° client;Date;Montant TTC\nF1;C-7;2026-01-02;10\n", "commandes.csv")
        sheet = base.report("contacts").sheets["people"]
    assert sheet.columns[1].key == "contact_id"
    assert next(iter(sheet.rows))[1] == "C-7"
