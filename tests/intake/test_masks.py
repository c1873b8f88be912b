"""A masked column leaves its last signs or that it is filled; nothing of the original is in the base."""

from __future__ import annotations

from pathlib import Path

from segmentation.intake.read.table import RefusedRow
from segmentation.results import Statement
from segmentation.workspace import Workspace

IBAN = "FR76 3000 6000 0112 3456 7890 189"
ILLNESS = "arachide et lactose"
HEADERS = {"Mail": "contacts.email", "IBAN": "~last", "Allergies": "~filled", "Religion": "-"}


def test_what_is_left_is_enough_and_no_more(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ["a@x.fr", IBAN, ILLNESS, "secrète"],
        ["b@x.fr", "", " ", ""],
        ["c@x.fr", "12 34", "non", ""],
        ["", IBAN, ILLNESS, "secrète"],
    ]
    refused = [
        RefusedRow(9, ("d@x.fr", IBAN, ILLNESS, "secrète", "en trop"), "reject.width"),
        RefusedRow(10, ("e@x.fr", IBAN, ILLNESS, "secrète"), "reject.footer"),
        RefusedRow(11, (f"f@x.fr;{IBAN};{ILLNESS};secrète",), "reject.width"),
        RefusedRow(12, (IBAN, "g@x.fr", ILLNESS, "secrète"), "reject.quote"),
    ]
    report = base.load("contacts", HEADERS, rows, refused=refused)
    columns = base.rows("SELECT header, code, type FROM user_columns ORDER BY code")
    assert [(header, kind) for header, _, kind in columns] == [
        ("IBAN (…)", "text"),
        ("Allergies (…)", "boolean"),
    ]
    codes = ", ".join(str(code) for _, code, _ in columns)
    assert base.rows(f"SELECT {codes} FROM contacts ORDER BY email") == [
        ("…0189", True),
        (None, None),
        (None, True),
    ]
    assert report.preview.rejected == 5
    for (name,) in base.rows("SELECT table_name FROM duckdb_tables() WHERE NOT temporary"):
        kept = str(base.rows(f"SELECT * FROM {name}"))
        assert not any(said in kept for said in ("3000 6000", ILLNESS, "secrète")), name
    assert base.rows("SELECT row_number, raw FROM rejects ORDER BY row_number") == [
        (5, ["", "…0189", "true", ""]),
        (9, []),
        (10, ["e@x.fr", "", "", ""]),
        (11, []),
        (12, []),
    ]


def test_a_column_left_out_is_nowhere_in_a_record_of_another_width(base) -> None:  # type: ignore[no-untyped-def]
    refused = [
        RefusedRow(9, (f"d@x.fr,{IBAN}",), "reject.width"),
        RefusedRow(10, ("e@x.fr", IBAN, "x", "y"), "reject.width"),
    ]
    left_out = {"Mail": "contacts.email", "IBAN": "-"}
    base.load("contacts", left_out, [["a@x.fr", IBAN]], refused=refused)
    assert base.rows("SELECT raw FROM rejects") == [([],), ([],)]
    kept = {"Mail": "contacts.email", "IBAN": None}
    base.load("contacts", kept, [["a@x.fr", IBAN]], refused=refused, source="other")
    assert len(base.rows("SELECT raw FROM rejects WHERE len(raw) > 0")) == 2


def test_the_mask_is_remembered_for_the_next_file(tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(f"Email,IBAN\na@x.fr,{IBAN}\n", encoding="utf-8")
    with Workspace.open(tmp_path / "base.duckdb") as base:
        for known in ({"IBAN": "~"}, None):
            table = base.read(tmp_path / "clients.csv")
            seen = base.recognise(table, known=known)
            assert seen.columns[1].qualified == "~last"
            base.commit(base.prepare(base.request(table, seen)))
        assert base.database.run(Statement("SELECT count(*) FROM user_columns")).rows == [(1,)]
