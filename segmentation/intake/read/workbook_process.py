"""The process that parses one workbook and nothing else: a hostile file can only end this process.

Run in a directory of its own as
``python -I workbook_process.py FILE OUT.csv ANSWER.json MEMORY SECONDS MOST_CELLS MOST_COLUMNS [SHEET]``.
Without OUT.csv ("-") it only names the sheets. It imports nothing of Carnet.
Writes every row of the chosen sheet from the sheet's first row on, as text:
dates as ISO, whole numbers without decimals, cells in error empty.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

_LOOKED_AT = 12
"""How many sheets are looked at when none is named."""


def main(arguments: list[str]) -> int:
    """0: the answer is written; 3: it holds an error code; anything else: the file beat the reader."""
    book, out, answer, memory, seconds, most_cells, most_columns, *named = arguments
    _limit(int(memory), int(seconds))
    result, code = _answer(book, out, int(most_cells), int(most_columns), named[0] if named else None)
    Path(answer).write_text(json.dumps(result), encoding="utf-8")
    return code


def _limit(memory: int, seconds: int) -> None:
    """Caps memory, processor time and file size where the system knows how."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _answer(
    book: str, out: str, most_cells: int, most_columns: int, named: str | None
) -> tuple[dict[str, Any], int]:
    if book.endswith(".parquet"):
        return _columnar(book, out, most_cells, most_columns)
    import fastexcel

    try:
        reader = fastexcel.read_excel(book)
        names = list(reader.sheet_names)
        if out == "-":
            return {"sheets": names}, 0
        if named is not None and named not in names:
            return {"error": "error.read.no_such_sheet", "sheets": names}, 3
        chosen, others = _choose(reader, names, named, most_cells, most_columns)
    except MemoryError:
        return {"error": "error.read.heavy_workbook"}, 3
    except _TooFar as far:
        return {"error": "error.read.huge_sheet", "rows": far.rows, "columns": far.columns}, 3
    except (fastexcel.FastExcelError, OSError, ValueError) as error:
        locked = "password" in str(error).lower()
        return {"error": "error.read.password" if locked else "error.read.damaged_workbook"}, 3
    if chosen is None:
        return {"error": "error.read.empty_workbook", "sheets": names}, 3
    errors = _write(chosen, out)
    return {"sheets": names, "sheet": chosen.name, "errors": errors, "others": others}, 0


def _columnar(book: str, out: str, most_cells: int, most_columns: int) -> tuple[dict[str, Any], int]:
    """A Parquet file as rows of text under the names of its columns; it has no sheets."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    try:
        shape = parquet.read_metadata(book)
        if shape.num_columns > most_columns or shape.num_columns * shape.num_rows > most_cells:
            return {"error": "error.read.huge_sheet", "rows": shape.num_rows, "columns": shape.num_columns}, 3
        table = parquet.read_table(book)
        columns = [_as_text(pa, column) for column in table.columns]
    except MemoryError:
        return {"error": "error.read.heavy_workbook"}, 3
    except (pa.ArrowException, OSError, ValueError):
        return {"error": "error.read.damaged_workbook"}, 3
    names = [str(name) for name in table.column_names]
    text = pa.table(
        [
            pa.chunked_array([[name], *column.chunks], pa.string())
            for name, column in zip(names, columns, strict=True)
        ],
        names=[f"h{rank}" for rank in range(len(names))],
    )
    csv.write_csv(text, out, csv.WriteOptions(include_header=False, quoting_style="needed"))
    return {"sheets": [], "sheet": "", "errors": 0, "others": []}, 0


def _as_text(pa: Any, column: Any) -> Any:
    """A column as text: as Arrow writes it, else as Python says each value, lists with commas."""
    if not pa.types.is_nested(column.type) and not pa.types.is_binary(column.type):
        return column.cast(pa.string())
    said = [
        None if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for value in column.to_pylist()
    ]
    return pa.chunked_array([said], pa.string())


class _TooFar(Exception):
    """A sheet whose extent is beyond the limit."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.rows = rows
        self.columns = columns


def _choose(
    reader: Any, names: list[str], named: str | None, most_cells: int, most_columns: int
) -> tuple[Any, list[str]]:
    """The named sheet, else the first that looks like a table; the others that do, of those looked at.

    A table has two rows and two columns at least. A small sheet in front (title, instructions) gives way to
    one that is much larger.
    """
    seen: list[tuple[int, Any]] = []
    damaged = False
    for name in [named] if named is not None else names[:_LOOKED_AT]:
        sheet = _load(reader, name)
        if sheet is None:
            damaged = True
            continue
        if sheet.width > most_columns or sheet.width * sheet.total_height > most_cells:
            raise _TooFar(sheet.total_height, sheet.width)
        if sheet.width and sheet.height:
            seen.append((_weight(sheet), sheet))
    if not seen and damaged:
        raise ValueError("no sheet could be read")
    if not seen:
        return None, []
    tables = [entry for entry in seen if entry[0] > 1 and entry[1].visible == "visible"] or seen
    first = tables[0]
    largest = max(tables, key=lambda entry: entry[0])
    best = largest if largest[0] > 10 * first[0] and first[0] < 60 else first
    others = [sheet for weight, sheet in seen if weight > 1 and sheet.visible == "visible"]
    return best[1], [sheet.name for sheet in others if sheet is not best[1]]


def _weight(sheet: Any) -> int:
    """Cells of a table; 1 for a sheet that cannot be one."""
    return sheet.width * sheet.height if sheet.width > 1 and sheet.height > 1 else 1


def _load(reader: Any, name: str) -> Any:
    """One sheet as text, blank rows above kept so that rows keep their number; None when it is damaged."""
    import fastexcel

    try:
        return reader.load_sheet(
            name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True
        )
    except (fastexcel.FastExcelError, ValueError):
        return None


def _write(sheet: Any, out: str) -> int:
    """Writes the rows as CSV (comma, doubled quotes) and gives back how many cells were in error."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    batch, errors = sheet.to_arrow_with_errors()
    columns = [_plain(pc, column) for column in batch.columns]
    table = pa.table(columns, names=[f"h{index}" for index in range(len(columns))])
    csv.write_csv(table, out, csv.WriteOptions(include_header=False, quoting_style="needed"))
    return len(errors.errors) if errors else 0


def _plain(pc: Any, column: Any) -> Any:
    """Midnights become days where a column holds nothing but days; hours lose the day they never had."""
    column = column.cast("string")
    moments = pc.match_substring_regex(column, r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
    if not pc.any(moments).as_py():
        return column
    column = pc.replace_substring_regex(column, r"^1899-12-3[01] (\d{2}:\d{2}:\d{2})$", r"\1")
    days = pc.match_substring_regex(column, r"^\d{4}-\d{2}-\d{2} 00:00:00$")
    moments = pc.match_substring_regex(column, r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
    if pc.sum(days).as_py() == pc.sum(moments).as_py():
        column = pc.replace_substring_regex(column, r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", r"\1")
    return column


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
