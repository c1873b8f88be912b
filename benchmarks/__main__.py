"""What Carnet costs, in one command: `python -m benchmarks` (100,000 contacts, 1M orders, 3M events).

Imports by stage beside DuckDB's ``read_csv`` of the same rows; the wait after editing each criterion, beside
hand-written SQL of the same answer; a workbook from end to end. Answers are compared: a difference ends the
run. Files are generated once, in ``data/benchmarks/<size>``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.edits import Answered, Edited, answers, edits
from benchmarks.generate import FOLDER, LAST_DAY, SCALES, Scale, generate, paths
from benchmarks.imports import Imported, add_places, measured, old_spreadsheet, workbook
from benchmarks.tables import edit_table, import_table

PARTS = ("imports", "excel", "edits")
EXCEL_ROWS = 100_000
BASE, RAW = "measured.duckdb", "raw.duckdb"


@dataclass(slots=True)
class Measures:
    """All that one run measured."""

    size: Scale
    machine: str
    imports: list[Imported] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    edit: Edited | None = None


def measure(
    folder: Path,
    scale: Scale,
    *,
    parts: Sequence[str] = PARTS,
    kinds: Sequence[str] = (),
    turns: int = 7,
    tell: Callable[[Measures], None] = lambda made: None,
) -> Measures:
    """Run the parts over the files of a scale; ``kinds`` narrows the imports.

    ``tell`` is given what is measured once the imports are, before the questions are asked.
    """
    wanted = tuple(kind for kind in paths(folder) if not kinds or kind in kinds)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, DuckDB"
    made = Measures(scale, f"{machine} {duckdb.__version__}")
    files = generate(folder, scale) if set(parts) != {"imports"} else generate(folder, scale, kinds=wanted)
    if "imports" in parts:
        made.imports += _imports(folder, {kind: files[kind] for kind in wanted})
    if "excel" in parts:
        made.imports.append(_excel(folder, files["contacts"], min(EXCEL_ROWS, scale.contacts)))
    tell(made)
    if "edits" in parts:
        day = date.fromisoformat(LAST_DAY)
        made.answers = answers(folder / BASE, folder / RAW, day, turns=turns)
        made.edit = edits(folder / BASE, day, turns=turns)
    return made


def _imports(folder: Path, files: dict[str, Path]) -> list[Imported]:
    """Every file into one new base, and into plain tables."""
    for name in (BASE, RAW):
        _remove(folder / name)
    found = []
    for kind, path in files.items():
        brought = old_spreadsheet(path) if kind == "contacts" else path
        found.append(measured(kind, brought, path, folder / BASE, folder / RAW))
    add_places(folder / RAW)
    return found


def _excel(folder: Path, contacts: Path, rows: int) -> Imported:
    """The first contacts as a workbook, into a base of its own; beside ``read_csv`` of the whole file."""
    base, raw = folder / "excel.duckdb", folder / "excel_raw.duckdb"
    try:
        return measured("contacts_xlsx", workbook(contacts, rows), contacts, base, raw)
    finally:
        _remove(base)
        _remove(raw)


def _remove(base: Path) -> None:
    for path in (base, base.with_name(f"{base.name}.wal")):
        path.unlink(missing_ok=True)


def _print_imports(made: Measures) -> None:
    size = made.size
    print(f"{size.contacts:,} contacts, {size.orders:,} orders, {size.events:,} events · {made.machine}")
    if made.imports:
        print("", *import_table(made.imports), sep="\n", flush=True)


def main() -> None:
    """Measure, print the tables, write JSON when asked."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("--size", choices=SCALES, default="small")
    reader.add_argument("--part", choices=PARTS, action="append", help="only this part (may be repeated)")
    reader.add_argument("--kind", choices=paths(FOLDER), action="append", help="only imports of this kind")
    reader.add_argument("--turns", type=int, default=7, help="how many times each question is asked")
    reader.add_argument("--data", type=Path, help="folder of the files (default: data/benchmarks/SIZE)")
    reader.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file too")
    chosen = reader.parse_args()
    folder = chosen.data or FOLDER / chosen.size
    if "edits" in (chosen.part or PARTS) and "imports" not in (chosen.part or PARTS):
        if not (folder / BASE).exists():
            reader.error("the edits need a base: run the imports first")
    if chosen.kind and (chosen.part or list(PARTS)) != ["imports"]:
        reader.error("--kind goes with --part imports")
    made = measure(
        folder,
        SCALES[chosen.size],
        parts=chosen.part or PARTS,
        kinds=chosen.kind or (),
        turns=chosen.turns,
        tell=_print_imports,
    )
    if made.edit is not None:
        print("", *edit_table(made.answers, made.edit), sep="\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(asdict(made), indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
