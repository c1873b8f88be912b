"""Runs the reader over files nobody here wrote: each must end in a table or in one sentence.

    python -m benchmarks.read_corpora --data DIR [--verbose]

DIR holds any of ``duckdb-csv``, ``csv-spectrum``, ``calamine-excel``. For every table, the rows of the
normalised file, read by Python and by DuckDB under the options ``Table`` gives, plus the refused rows, are
the rows read. csv-spectrum is compared cell by cell with its JSON. Exit code 1 when a file crashes the reader
or is misread.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from segmentation.errors import InputError
from segmentation.i18n import words
from segmentation.intake.read import Table, read_file
from segmentation.intake.recognise import recognise

csv.field_size_limit(1 << 30)

SLIPS = ("location_coordinates",)
"""Files of csv-spectrum whose JSON holds another phone number than the CSV."""


def main() -> int:
    """Prints one line per file that is not a plain table, then the counts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--verbose", action="store_true")
    chosen = options.parse_args()
    counts: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(chosen.data.rglob("*")):
            if not path.is_file() or path.suffix in (".json", ".md"):
                continue
            name = path.relative_to(chosen.data).as_posix()
            began = time.perf_counter()
            outcome = tried(path, Path(folder), verbose=chosen.verbose)
            slowest.append((time.perf_counter() - began, name))
            counts[outcome.partition(":")[0]] += 1
            if chosen.verbose or outcome.startswith("WRONG"):
                print(f"{name}: {outcome}")
    for outcome, count in counts.most_common():
        print(f"{count:5d}  {outcome}")
    print("slowest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in sorted(slowest)[:-4:-1]))
    return int(counts["WRONG"] > 0 or not counts)


def tried(path: Path, folder: Path, *, verbose: bool) -> str:
    """``table``, the code of the sentence, or ``WRONG: why``."""
    try:
        table = read_file(path, name=path.name, workdir=folder)
        recognise(table)
        check(table)
        expected = path.parents[1] / "json" / f"{path.stem}.json"
        if expected.exists() and path.stem not in SLIPS:
            wanted = json.loads(expected.read_text(encoding="utf-8"))
            same_cells(table, wanted if isinstance(wanted, list) else [wanted])
        table.path.unlink()
    except InputError as error:
        sentence = words("fr")(error.code, **error.values)
        return f"{error.code}: {sentence}" if verbose else error.code
    except Exception as error:
        return f"WRONG: {type(error).__name__} {error}"
    return "table"


def check(table: Table) -> None:
    """Every row is there, has the right width, and DuckDB reads the same rows."""
    rows = list(table.rows())
    assert len(rows) + table.rows_refused == table.rows_read, "rows do not add up"
    assert all(len(cells) == len(table.headers) for _, cells in rows), "a row has another width"
    columns = {"_row": "BIGINT", **dict.fromkeys(table.columns, "VARCHAR")}
    with duckdb.connect() as connection:
        loaded = connection.execute(
            "FROM read_csv(?, auto_detect=false, header=true, delim=?, quote=?, escape=?, columns=?)",
            [str(table.path), table.path_delimiter, table.path_quote, table.path_quote, columns],
        ).fetchall()
    same = [(row, [cell or "" for cell in cells]) for row, *cells in loaded]
    assert same == rows, "DuckDB reads other rows"


def same_cells(table: Table, expected: list[dict[str, str]]) -> None:
    """The cells are those of csv-spectrum's JSON; a row whose cells are all empty is blank for Carnet."""
    found = [dict(zip(table.headers, cells, strict=True)) for _, cells in table.rows()]
    wanted = [row for row in expected if any(row.values())]
    assert found == wanted, f"expected {wanted}, found {found}"


if __name__ == "__main__":
    sys.exit(main())
