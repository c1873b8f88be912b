"""One contact, held against the demonstration's own files read in plain Python: rows, counts, origins."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from segmentation.errors import InputError
from segmentation.reports.contact import EXPECTED, LATEST
from segmentation.results import Report, Statement
from segmentation.store.fold import refold_contacts
from segmentation.workspace import Workspace
from tests.reports.test_search import bare

FILES = Path(__file__).parents[2] / "data" / "demo"


def records(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with (FILES / name).open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def ids(report: Report) -> set[str]:
    return {str(row[1]) for row in report.sheets["ids"].rows}


@pytest.fixture(scope="module")
def some(shop: Workspace) -> list[Report]:
    """The cards of thirty people, merged ones among them."""
    sql = "SELECT contact_id FROM identities GROUP BY 1 ORDER BY count(*) DESC, hash(contact_id) LIMIT 30"
    return [shop.report("contact", contact=row[0]) for row in shop.database.run(Statement(sql)).rows]


def test_values_come_from_a_row_of_that_person(some: list[Report]) -> None:
    people = records("clients.csv", "cp1252")
    seen = 0
    for report in some:
        own = {place: row for place, row in enumerate(people, 2) if row["N° client"] in ids(report)}
        for code, value, number, place, kind, name, *_ in report.sheets["values"].rows:
            if code in ("last_name", "postal_code") and own:
                assert (number, kind, name) == (1, "contacts", "clients.csv")
                raw = own[int(str(place))]["Nom" if code == "last_name" else "CP"]
                assert bare(raw).replace(" ", "").lstrip("0") == bare(str(value)).replace(" ", "").lstrip("0")
                later = [row for at, row in own.items() if at > int(str(place))]
                assert not any(row["Nom"].strip() for row in later if code == "last_name")
                seen += 1
    assert seen > 30


def test_purchases_and_actions_are_all_theirs(some: list[Report]) -> None:
    orders = Counter(row["N° client"] for row in records("commandes.csv"))
    events = Counter(row["N° client"] for row in records("evenements.csv"))
    bought: dict[str, set[str]] = {}
    for row in records("lignes.csv"):
        bought.setdefault(row["N° commande"], set()).add(row["Produit"])
    for report in some:
        assert report.figures["orders"] == sum(orders[one] for one in ids(report))
        shown = report.sheets["orders"].rows
        assert len(shown) == min(LATEST, int(str(report.figures["orders"])))
        days = [row[0] for row in shown if isinstance(row[0], datetime)]
        assert days == sorted(days, reverse=True)
        for row in shown:
            items = row[6] or []
            assert {bare(str(item)) for item in items} == {bare(name) for name in bought.get(str(row[1]), ())}  # type: ignore[attr-defined]
        known = sum(events[one] for one in ids(report))
        assert 0 <= known - int(str(report.figures["events"])) <= known * 0.02 + 1, "repeated rows are one"


def test_gaps_are_what_has_no_value(some: list[Report]) -> None:
    for report in some:
        stored = {row[0] for row in report.sheets["values"].rows}
        gaps = set(report.figures["gaps"])  # type: ignore[call-overload]
        assert gaps <= set(EXPECTED) - stored
        assert ("email" in gaps) == ("email" not in stored)


def test_a_merged_contact_is_the_one_they_became(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        one, other = (base.add_contact({"first_name": name}).contact_id for name in ("Ana", "Anna"))
        with base.database.session() as session, session.transaction(write=True):
            session.run(Statement("INSERT INTO merges VALUES (?, ?, 3)", (other, one)))
            session.run(Statement("CREATE TEMP TABLE both_people AS SELECT contact_id FROM contacts"))
            refold_contacts(session, "both_people")
            session.bump()
        report = base.report("contact", contact=int(str(other)))
        assert (report.figures["contact"], report.figures["asked"]) == (one, other)
        values = {row[0]: row[1:3] for row in report.sheets["values"].rows}
        assert values["first_name"] == ("Anna", 2), "the later row speaks, of whomever it was"


@pytest.mark.parametrize("number", [0, -1, 10**9])
def test_nobody_has_no_card(shop: Workspace, number: int) -> None:
    with pytest.raises(InputError, match=r"error\.contact\.unknown"):
        shop.report("contact", contact=number)
