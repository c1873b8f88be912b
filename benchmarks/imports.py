"""What an import costs by stage, beside DuckDB's own ``read_csv`` of the same rows in UTF-8.

Each import and each ``read_csv`` runs in a process of its own. The contact file is brought in as an old
spreadsheet writes it: cp1252, semicolons, dates as 31/12/2026.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from benchmarks.stopwatch import Cost, Stages, apart, now, peak_memory
from segmentation.intake.plan import ConsentAnswer
from segmentation.reference.look_ups import TABLES
from segmentation.workspace import Workspace

_ISO = re.compile(rb"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
STAGED = ("read", "stage")
"""The stages that turn a file into a table of text."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One import measured: rows, the cost of each stage in order, memory in MB, and ``read_csv``'s cost."""

    name: str
    rows: int
    stages: Mapping[str, Cost]
    memory: float
    plain: Cost
    plain_memory: float

    @property
    def total(self) -> Cost:
        return sum(self.stages.values(), Cost())

    @property
    def staging(self) -> Cost:
        return sum((cost for name, cost in self.stages.items() if name in STAGED), Cost())


def old_spreadsheet(path: Path) -> Path:
    """The same file in cp1252 with French dates, beside the first; made once."""
    made = path.with_name(f"{path.stem}_cp1252.csv")
    if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
        with path.open("rb") as lines, made.open("wb") as out:
            while block := lines.readlines(1 << 22):
                text = _ISO.sub(rb"\3/\2/\1", b"".join(block))
                out.write(text.decode("utf-8").encode("cp1252"))
    return made


def workbook(path: Path, rows: int) -> Path:
    """The first rows of a file as an Excel workbook, texts as texts, beside the first; made once."""
    made = path.with_name(f"{path.stem}_{rows}.xlsx")
    if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
        book = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet("Clients")
        for number, row in enumerate(_rows_of(path, rows)):
            sheet.write_row(number, 0, row)
        book.close()
    return made


def _rows_of(path: Path, rows: int) -> Iterator[tuple[str, ...]]:
    with duckdb.connect() as connection:
        source = f"read_csv(?, delim=';', header=false, all_varchar=true) LIMIT {rows + 1}"
        connection.execute(f"SELECT * FROM {source}", [str(path)])
        while block := connection.fetchmany(10_000):
            yield from block


def measured(name: str, path: Path, plain: Path, base: Path, raw: Path) -> Imported:
    """Import ``path`` into ``base``; read ``plain`` into a table of ``raw`` named ``name``."""
    cost, plain_memory = apart(read_plainly, name, plain, raw)
    rows, stages, memory = apart(bring_in, path, base)
    return Imported(name, rows, stages, memory, cost, plain_memory)


def bring_in(path: Path, base: Path) -> tuple[int, dict[str, Cost], float]:
    """Import a file as the command line would; rows loaded, costs by stage, peak memory in MB."""
    stages = Stages()
    with Workspace.open(base) as opened:
        with stages.stage("read"):
            table = opened.read(path)
        with stages.stage("recognise"):
            recognition = opened.recognise(table)
            request = opened.request(table, recognition, consent=ConsentAnswer("unknown"))
        with opened.prepare(request, progress=stages) as prepared:
            stages.close()
            report = opened.commit(prepared, progress=stages)
        with stages.stage("seal"):
            opened.database.sealed()
    stages.costs.pop("done", None)
    return report.preview.rows_loaded, stages.costs, peak_memory()


def read_plainly(name: str, path: Path, raw: Path) -> tuple[Cost, float]:
    """DuckDB's own reading of a file into a table on disk, types guessed; its cost and peak memory in MB."""
    with duckdb.connect(str(raw), config={"threads": os.cpu_count() or 1}) as connection:
        begun = now()
        connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM read_csv(?)", [str(path)]
        ).fetchall()
        connection.execute("CHECKPOINT").fetchall()
        return now() - begun, peak_memory()


def add_places(raw: Path) -> None:
    """The towns of the open data in ``raw`` too: hand-written SQL about distances needs them."""
    with duckdb.connect(str(raw)) as connection:
        connection.register("postal", TABLES["ref_postal"]())
        connection.execute("CREATE OR REPLACE TABLE places AS SELECT * FROM postal").fetchall()
