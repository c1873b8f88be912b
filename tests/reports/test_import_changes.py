"""Two imports of one kind compared, against the two files read by the test itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from segmentation.workspace import Workspace
from tests.bringing import bring

EARLIER = (
    "id client;prénom;nom;e-mail;ville;taille\n1;Ana;Roy;ana@example.com;Lyon;M\n"
    "2;Bob;Sy;bob@example.com;Paris;L\n3;Cléo;Py;cleo@example.com;Nice;S\n4;Dan;Lo;dan@example.com;Nice;S\n"
)
LATER = (
    "id client;prénom;nom;e-mail;ville;taille\n1;Ana;Roy;ana@example.com;Lyon;M\n"
    "2;Bob;Sy;bob@example.com;Lille;XL\n3;Cléo;Py;cleo@example.com;;S\n5;Eve;Ba;eve@example.com;Lyon;S\n"
    "6;;;flo@example.com;Lyon;S\n"
)
ORDERS = "n° commande;id client;date commande;total ttc\n"


def told(earlier: str, later: str) -> dict[str, int]:
    """The counts, from the files: an empty cell says nothing."""
    one, other = (
        {row[next(iter(row))]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
        for text in (earlier, later)
    )
    both = one.keys() & other.keys()
    changed = [k for k in both if any(v and v != one[k][h] for h, v in other[k].items())]
    return {
        "new": len(other.keys() - one.keys()),
        "gone": len(one.keys() - other.keys()),
        "changed": len(changed),
        "same": len(both) - len(changed),
    }


def test_contacts_say_who_and_what(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        first, second = bring(base, EARLIER, kind="contacts"), bring(base, LATER, kind="contacts")
        report = base.report("import_changes", kind="contacts", before=first, after=second)
        back = base.report("import_changes", kind="contacts", before=second, after=first)
    assert report.figures == told(EARLIER, LATER) == {"new": 2, "gone": 1, "changed": 1, "same": 2}
    assert back.figures == told(LATER, EARLIER)
    assert report.sheets["new"].rows == [
        ("Eve Ba", "eve@example.com"),
        ("flo@example.com", "flo@example.com"),
    ]
    assert report.sheets["gone"].rows == [("Dan Lo", "dan@example.com")]
    people = {outcome: len(ids) for outcome, ids in report.sheets["people"].rows}
    assert people == report.figures
    changes = {(who, before, after) for who, _, before, after in report.sheets["changed"].rows}
    assert changes == {("Bob Sy", "Paris", "Lille"), ("Bob Sy", "L", "XL")}


def test_orders_are_counted_and_a_sheet_stops(tmp_path: Path) -> None:
    before = ORDERS + "1;1;2026-01-01;10\n2;1;2026-01-02;20\n"
    after = ORDERS + "2;1;2026-01-02;25\n3;2;2026-01-03;30\n4;2;2026-01-03;30\n"
    with Workspace.open(tmp_path / "base.duckdb") as base:
        first, second = bring(base, before, kind="orders"), bring(base, after, kind="orders")
        report = base.report("import_changes", kind="orders", before=first, after=second)
        assert report.figures == told(before, after) == {"new": 2, "gone": 1, "changed": 1, "same": 0}
        assert not report.sheets
        people = bring(base, EARLIER, kind="contacts"), bring(base, LATER, kind="contacts")
        short = base.report("import_changes", kind="contacts", before=people[0], after=people[1], most=1)
    assert [len(short.sheets[name].rows) for name in ("new", "gone", "changed")] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["contacts", "orders", "order_lines", "events"])
def test_every_kind_can_be_compared(tmp_path: Path, kind: str) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        report = base.report("import_changes", kind=kind, before=1, after=2)
    assert set(report.figures.values()) == {0}
