"""Scores the reader on polluted copies of one clean file, by the method of the Pollock benchmark.

    python -m benchmarks.pollock [--all] [--verbose]

Vitagliano et al., "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023: for each file, 1 point when it
loads and nine measures in [0, 1] (precision, recall and F1 of the header's cells, of whole records and of
cells, as multisets), 10 at best. The simple score is the mean over files; the weighted one weighs each
pollution by how often the authors met it in real files. The files here are made anew, of the same families,
from a source of our own; what a row pollution makes unreadable is expected as it stands without the
pollution. ``--all`` pollutes every row and column instead of a sample. A file that holds nothing may be
refused with a sentence.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from segmentation.errors import InputError
from segmentation.intake.read import read_file

HEADER = ("DATE", "TIME", "Qty", "PRODUCTID", "Price", "ProductType", "ProductDescription", "URL", "Comments")
ROWS = 83
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Polluted:
    """A file: its bytes, the header and rows a reader should find, its weight among real files."""

    name: str
    data: bytes
    weight: float
    header: Cells = HEADER
    rows: Sequence[Cells] = field(default_factory=list)


def source(rows: int = ROWS) -> list[list[str]]:
    """A small shop's sales, with commas, quotes and accents in their cells."""
    dice = random.Random(7)
    table = []
    for number in range(rows):
        kind = dice.choice(("Paper", "Ink", "Toys, games", 'Box 12"', "Thé"))
        table.append(
            [
                f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/2018",
                f"{dice.randint(8, 19):02d}:{dice.randint(0, 59):02d}",
                str(dice.randint(1, 40)),
                f"AB{1000 + number}",
                f"{dice.randint(100, 90000) / 100:.2f}",
                kind,
                f"{kind} no. {number}, standard",
                f"https://shop.example/p/{number}",
                dice.choice(("", "late, but whole", 'said "fine"', "ok")),
            ]
        )
    return table


def written(
    table: Sequence[Cells], *, mark: str = ",", quote: str = '"', escape: str | None = None, end: str = "\r\n"
) -> str:
    """The table as text with every cell quoted; ``escape`` goes before an inner quote, doubled by default."""
    before = quote if escape is None else escape
    lines = (
        mark.join(f"{quote}{cell.replace(quote, before + quote)}{quote}" for cell in row) for row in table
    )
    return "".join(line + end for line in lines)


def file_pollutions() -> Iterator[Polluted]:
    """One file a family of the whole-file pollutions, with the weight of the survey."""
    rows = source()
    table = [HEADER, *rows]
    text = written(table)

    def made(name: str, content: str, weight: float, **expected: object) -> Polluted:
        found: dict[str, object] = {"header": HEADER, "rows": rows, **expected}
        return Polluted(name, content.encode(), weight, **found)  # type: ignore[arg-type]

    yield made("clean", text, 1)
    yield made("no payload", "", 15, header=(), rows=[])
    yield made("no trailing newline", text.removesuffix("\r\n"), 184)
    yield made("double trailing newline", text + "\r\n", 5)
    yield made("no header", written(rows), 470, header=())
    for count in (2, 3):
        more = [[f"{name} {turn}" for name in HEADER] for turn in range(2, count + 1)]
        joined = [" ".join((name, *(row[i] for row in more))) for i, name in enumerate(HEADER)]
        yield made(f"header of {count} rows", written([HEADER, *more, *rows]), 47, header=joined)
    yield made("preamble", '"Sales of the shop"\r\n"made in 2018"\r\n\r\n' + text, 282)
    other = source(10)
    for name, width in (("same", 9), ("more", 12), ("fewer", 6)):
        second = [[*row, "x", "y", "z"][:width] for row in ([*HEADER], *other)]
        yield made(f"two tables, {name} columns", text + "\r\n" + written(second), 62.7)
    yield made("header only", written([HEADER]), 3, rows=[])
    yield made("one row", written(table[:2]), 4, rows=rows[:1])
    yield made("records ended by CR", written(table, end="\r"), 7)
    yield made("records ended by LF", written(table, end="\n"), 1691)
    for name, mark, weight in (
        ("tab", "\t", 4),
        ("semicolon", ";", 834),
        ("space", " ", 4),
        ("', '", ", ", 101),
    ):
        yield made(f"cells cut by {name}", written(table, mark=mark), weight)
    yield made("quoted with '", written(table, quote="'"), 11)
    yield made("quotes escaped by \\", written(table, escape="\\"), 1)
    plain = [[cell.replace('"', "") for cell in row] for row in rows]
    yield made("quotes not escaped", written([HEADER, *plain]), 7, rows=plain)


def row_pollutions(every: bool) -> Iterator[Polluted]:
    """One row polluted at a time: a separator too few or too many, a stray quote, another separator."""
    rows = source()
    lines = written([HEADER, *rows]).split("\r\n")[:-1]
    width = len(HEADER)
    places = [(row, column) for row in range(1, ROWS + 1) for column in range(width)]
    if not every:
        places = random.Random(3).sample(places, 60)

    def file(name: str, row: int, line: str, weight: float) -> Polluted:
        text = "\r\n".join([*lines[:row], line, *lines[row + 1 :], ""])
        return Polluted(f"{name}, row {row}", text.encode(), weight, HEADER, rows)

    for row, column in places:
        cells = [written([[cell]]).strip() for cell in rows[row - 1]]
        share = 260 / len(places)
        if column < width - 1:
            less = [*cells[:column], cells[column] + cells[column + 1], *cells[column + 2 :]]
            yield file("separator missing", row, ",".join(less), share)
        yield file("separator too many", row, ",".join([*cells[:column], "", *cells[column:]]), share)
        stray = cells[column][:2] + '"' + cells[column][2:]
        yield file(
            "stray quote", row, ",".join([*cells[:column], stray, *cells[column + 1 :]]), 8.5 / len(places)
        )
        yield file("another separator", row, ";".join(cells), 1 / len(places))


def scores(polluted: Polluted, folder: Path) -> float:
    """The ten points of a file."""
    path = folder / "file.csv"
    path.write_bytes(polluted.data)
    try:
        table = read_file(path, name="file.csv", workdir=folder)
    except InputError:
        return 10.0 if not polluted.header and not polluted.rows else 0.0
    header = list(table.headers) if table.header_row else []
    loaded = [cells for _, cells in table.rows()]
    return (
        1.0
        + sum(measures(polluted.header, header))
        + sum(measures(list(map(tuple, polluted.rows)), list(map(tuple, loaded))))
        + sum(measures([c for row in polluted.rows for c in row], [c for row in loaded for c in row]))
    )


def measures(wanted: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two multisets; all 1 when nothing was wanted."""
    if not wanted:
        return (1.0, 1.0, 1.0)
    shared = (Counter(wanted) & Counter(found)).total()
    if not shared:
        return (0.0, 0.0, 0.0)
    recall, precision = shared / len(wanted), shared / len(found)
    return (precision, recall, 2 * precision * recall / (precision + recall))


def score_all(
    every: bool = False, tell: Callable[[str, float], None] = lambda _n, _s: None
) -> tuple[float, float]:
    """(simple, weighted) over all files; ``tell`` is given each file's name and points."""
    total = weighted = weights = count = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for polluted in (*file_pollutions(), *row_pollutions(every)):
            points = scores(polluted, Path(folder))
            tell(polluted.name, points)
            total, count = total + points, count + 1
            weighted, weights = weighted + points * polluted.weight, weights + polluted.weight
    return total / count, weighted / weights


def main() -> None:
    """Prints the files that lose points, then the two scores."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="pollute every row and column")
    options.add_argument("--verbose", action="store_true", help="say the points of every file")
    chosen = options.parse_args()

    def tell(name: str, points: float) -> None:
        if chosen.verbose or points < 9.8:
            print(f"{points:6.3f}  {name}")

    simple, weighted = score_all(chosen.all, tell)
    print(f"simple {simple:.3f} of 10, weighted {weighted:.3f}")


if __name__ == "__main__":
    main()
