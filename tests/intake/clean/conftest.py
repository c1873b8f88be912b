"""One base for all the tables of cases, and the way from raw cells to clean values."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from segmentation.intake.clean.cleaning import clean_columns
from segmentation.intake.clean.columns import Cleaned, Column
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.join_back import join_back
from segmentation.intake.plan import _storage
from segmentation.results import Statement
from segmentation.store.bases import open_base
from segmentation.store.database import Database
from segmentation.store.schema import STORAGE

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Clean values by row, flags (valid, mobile), raw cells that could not be read, and the report."""

    values: list[object]
    flags: list[object]
    unread: list[object]
    cleaned: Cleaned

    @property
    def repairs(self) -> dict[str, int]:
        return {repair.rule: repair.count for repair in self.cleaned.repairs}


@pytest.fixture(scope="package")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("clean") / "bench.duckdb"
    with open_base(path) as database:
        yield database


@pytest.fixture
def clean(bench: Database) -> Callable[..., Outcome]:
    """``clean("contacts.email", "email", cells)`` → what becomes of a column of these cells."""

    def of(
        name: str,
        kind: str,
        cells: Sequence[str],
        *,
        countries: Sequence[str] | None = None,
        header: str = "H",
        off: frozenset[str] = frozenset(),
        order: str | None = None,
        decimal: str | None = None,
        inverted: bool = False,
    ) -> Outcome:
        path = bench.workdir / "cells.csv"
        names = ["_row", "h000", *(["h001"] if countries else [])]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            for number, cell in enumerate(cells):
                writer.writerow([number + 2, cell, *([countries[number]] if countries else [])])
        entity, _, key = name.partition(".")
        storage = STORAGE[kind] if entity == "own" else _storage(entity, key, kind)
        columns = [Column("h000", header, name, kind, storage, order, decimal, inverted)]
        if countries:
            columns.append(Column("h001", "Pays", "contacts.country", "country", "VARCHAR"))
        with bench.session() as session:
            session.stage_csv("staged", path, names, skip=1)
            cleaned = clean_columns(session, columns, Context("", "text", today=TODAY), off, lambda _: None)
            select = join_back(cleaned, columns[1] if countries else None)
            rows = session.run(Statement(f"SELECT * FROM ({select}) ORDER BY row_number"))
            unread = [str(next(iter(row[-1].values()))) if row[-1] else None for row in rows.rows]  # type: ignore[attr-defined]
            flagged = kind in ("email", "phone")
            flags = [row[2] if flagged else None for row in rows.rows]
            return Outcome([row[1] for row in rows.rows], flags, unread, cleaned[0])

    return of
