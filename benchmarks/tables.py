"""The measures as text tables that a person reads and that Markdown shows as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.edits import Answered, Edited
from benchmarks.imports import Imported

Row = Sequence[str]


def aligned(headers: Row, rows: Iterable[Row], *, left: int = 1) -> list[str]:
    """Lines of a Markdown table; the first ``left`` columns are words, the others figures."""
    listed = [list(headers), *(list(row) for row in rows)]
    widths = [max(len(row[place]) for row in listed) for place in range(len(headers))]

    def line(row: Row) -> str:
        cells = (
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return f"| {' | '.join(cells)} |"

    rule = ["-" * width if place < left else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return [line(listed[0]), line(rule), *(line(row) for row in listed[1:])]


def import_table(imports: Sequence[Imported]) -> list[str]:
    """One column per import, one line per stage: seconds of processor, the wall beside the total."""
    stages = list(dict.fromkeys(stage for one in imports for stage in one.stages))
    rows = [
        [stage, *(f"{one.stages[stage].cpu:.2f}" if stage in one.stages else "" for one in imports)]
        for stage in stages
    ]
    rows += [
        ["total", *(f"{one.total.cpu:.2f}" for one in imports)],
        ["read_csv", *(f"{one.plain.cpu:.2f}" for one in imports)],
        ["read and stage / read_csv", *(f"{one.staging.cpu / one.plain.cpu:.1f} ×" for one in imports)],
        ["total / read_csv", *(f"{one.total.cpu / one.plain.cpu:.1f} ×" for one in imports)],
        ["total, seconds on the wall", *(f"{one.total.wall:.1f}" for one in imports)],
        ["peak memory, MB", *(f"{one.memory:.0f}" for one in imports)],
        ["peak memory of read_csv, MB", *(f"{one.plain_memory:.0f}" for one in imports)],
    ]
    headers = ["import, seconds of processor", *(f"{one.name} ({one.rows:,})" for one in imports)]
    return aligned(headers, rows)


def edit_table(answers: Sequence[Answered], edit: Edited) -> list[str]:
    """One line per criterion, then the tree of five."""
    rows = [
        [
            *(one.family, one.name, f"{one.people:,}"),
            *(f"{ms:.1f}" for ms in (one.cold, one.cached, one.sql)),
            f"{one.ratio:.2f} ×",
        ]
        for one in answers
    ]
    headers = ["family", "criterion, ms", "people", "first time", "kept", "SQL by hand", "ratio"]
    found = f"{edit.people:,} people"
    return [
        *aligned(headers, rows, left=2),
        "",
        f"A tree of five, one criterion edited ({found}): every count {edit.size:.0f} ms;",
        f"with channels, weight, small pictures and 50 rows {edit.screen:.0f} ms.",
    ]
