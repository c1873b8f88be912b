"""CSV: opens as it is, cannot run, and comes back through the intake as it went."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.lists.csv_file import SCRIPT, Dialect, write_csv
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.lists.payloads import DANGEROUS, HARMLESS, ODD


def written(headers: list[str], *rows: list[object], dialect: Dialect = SCRIPT) -> bytes:
    out = io.BytesIO()
    assert write_csv(out, headers, rows, dialect=dialect) == len(rows)
    return out.getvalue()


def test_each_type_is_written_plainly() -> None:
    row = [None, "Lyon", True, False, 12, Decimal("1234.5000"), 0.5, date(2026, 1, 2),
           datetime(2026, 1, 2, 3, 4, 5), ["a", "b;c"], float("nan"), "+33639980001",
           date(1850, 1, 1)]  # fmt: skip
    data = written(["h"] * len(row), row, dialect=Dialect())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1] == (
        '"";"Lyon";"oui";"non";"12";"1234,5";"0,5";"2026-01-02";"2026-01-02 03:04:05";'
        '"a, b;c";"";"+33639980001";"1850-01-01"'
    )
    assert data.endswith(b"\r\n")
    assert written(["a"], [Decimal("1.50")], [True]) == b'"a"\n"1.5"\n"true"\n'


@pytest.mark.parametrize("dialect", [SCRIPT, Dialect()], ids=["script", "people"])
def test_every_payload_is_read_back_and_none_runs(dialect: Dialect) -> None:
    texts = [*DANGEROUS, *HARMLESS, *ODD]
    data = written(["=cmd|' /C calc'!A0"], *([text] for text in texts), dialect=dialect)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=dialect.delimiter))
    assert rows[0] == ["'=cmd|' /C calc'!A0"]
    assert len(rows) == len(texts) + 1
    for text, row in zip(texts, rows[1:], strict=True):
        guarded = text in DANGEROUS
        assert row == [("'" if guarded else "") + text.replace("\0", "")]


def test_a_list_of_rows_comes_out_as_it_is() -> None:
    assert written(["a", "b"], [["=1", "x"], "y"]) == b'"a","b"\n"\'=1, x","y"\n'


def test_export_then_import_changes_nothing(tmp_path: Path) -> None:
    """The guard goes out with the file and comes off at the door."""
    texts = [text for text in (*DANGEROUS, *HARMLESS) if text.strip("\0") == text.strip() and len(text) > 2]
    data = written(["E-mail", "Commentaire"], *([f"a{n}@example.org", text] for n, text in enumerate(texts)))
    (tmp_path / "f.csv").write_bytes(data)
    with Workspace.open(tmp_path / "base.duckdb") as base:
        table = base.read(tmp_path / "f.csv")
        with base.prepare(base.request(table, base.recognise(table))) as prepared:
            base.commit(prepared)
        rows = base.database.run(Statement("SELECT notes FROM contacts WHERE live ORDER BY contact_id")).rows
    assert [row[0] for row in rows] == texts
