"""What an import leaves to look at, on a base small enough to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.reports.after_import import meant
from segmentation.results import Report
from segmentation.workspace import Workspace
from tests.bringing import bring

FIRST = (
    "prénom;nom;e-mail;mobile;ville\nAna;Roy;ana@example.com;06 39 98 00 01;Lyon\n"
    "Bob;Sy;bob@gmial.com;;Paris\nZoé;Lo;zoe@example.com;;Nice\n"
)
SECOND = (
    "prénom;nom;e-mail;mobile;ville\nANA;Röy;ana.roy@example.com;06 39 98 00 09;Bron\n"
    "Cléo;Py;cleo@hotmial.com;;Nice\nDan;Py;dan@example;;Nice\nEve;Ba;eve@example.com;;Lyon\n"
    "Eve;Ba;eve2@example.com;;Lyon\nZoé;Lo;zoe@example.com;;Nice\n"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with Workspace.open(tmp_path_factory.mktemp("base") / "base.duckdb") as base:
        bring(base, FIRST, kind="contacts")
        return base.report("after_import", import_id=bring(base, SECOND, kind="contacts"))


def test_the_addresses_of_this_import_the_repairable_first(told: Report) -> None:
    assert told.figures == {"people": 6, "emails": 2}
    assert list(told.sheets["emails"].rows) == [
        ("Cléo Py", "cleo@hotmial.com", "cleo@hotmail.com"),
        ("Dan Py", "dan@example", None),
    ]


def test_a_sheet_stops_and_its_figure_does_not(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        report = base.report("after_import", import_id=bring(base, SECOND, kind="contacts"), most=1)
    assert report.figures["emails"] == 2
    assert len(report.sheets["emails"].rows) == 1


@pytest.mark.parametrize(
    ("email", "better"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@b@gamil.com", "a@b@gmail.com"),
        ("a", None),
        ("a@example.com", None),
    ],
)
def test_what_was_meant(email: str, better: str | None) -> None:
    assert meant(email) == better
