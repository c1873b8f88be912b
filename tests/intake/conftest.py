"""A base of its own for each test of the intake, and files written as the reader leaves them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from segmentation.intake.load import commit, prepare
from segmentation.intake.plan import ImportRequest
from segmentation.intake.read.table import RefusedRow, Table, internal_names
from segmentation.intake.report import ImportReport
from segmentation.results import Statement
from segmentation.store import imports
from segmentation.store.bases import open_base
from segmentation.store.database import Database


class Base:
    """A base with the few gestures the tests repeat."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._files = 0

    def table(
        self, headers: Sequence[str], rows: Sequence[Sequence[str]], refused: Sequence[RefusedRow] = ()
    ) -> Table:
        """A table as the reader leaves it; row 1 is the header."""
        self._files += 1
        path = self.database.workdir / f"table_{self._files}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["_row", *internal_names(len(headers))])
            writer.writerows([number, *row] for number, row in enumerate(rows, 2))
        return Table(
            name=f"file_{self._files}.csv",
            format="csv",
            encoding="utf-8",
            delimiter=",",
            quote='"',
            sheet=None,
            sheets=(),
            header_row=1,
            headers=tuple(headers),
            rows_read=len(rows) + len(refused),
            rows_refused=len(refused),
            refused=tuple(refused),
            skipped=0,
            path=path,
            path_delimiter=",",
            path_quote='"',
            notes=(),
        )

    def request(
        self, kind: str, headers: dict[str, str | None], rows: Sequence[Sequence[str]], **more: object
    ) -> ImportRequest:
        """A request for rows under ``headers``, each with its "entity.key" (None = own field)."""
        refused = more.pop("refused", ())
        table = self.table(list(headers), rows, refused)  # type: ignore[arg-type]
        source = more.pop("source", "shop")
        mapping = dict(enumerate(headers.values()))
        return ImportRequest(table, kind, source, mapping, **more)  # type: ignore[arg-type]

    def load(
        self, kind: str, headers: dict[str, str | None], rows: Sequence[Sequence[str]], **more: object
    ) -> ImportReport:
        """Prepare and commit at once."""
        return commit(prepare(self.database, self.request(kind, headers, rows, **more)))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.database.run(Statement(sql)).rows

    def undo(self, import_id: int) -> None:
        with self.database.session() as session, session.transaction(write=True):
            imports.undo(session, import_id)

    def says(self) -> dict[str, list[tuple[object, ...]]]:
        """All that the base says now, whatever the imports it comes from."""
        asked = {
            "contacts": "SELECT * EXCLUDE (first_import, last_import) FROM contacts WHERE live ORDER BY ALL",
            "consents": "SELECT contact_id, channel, state FROM consents ORDER BY ALL",
            "memberships": "SELECT * FROM memberships ORDER BY ALL",
            "orders": "SELECT * FROM orders ORDER BY ALL",
            "order_lines": "SELECT * FROM order_lines ORDER BY ALL",
            "events": "SELECT * FROM events ORDER BY ALL",
            "identities": "SELECT source, external_id, contact_id FROM identities ORDER BY ALL",
            "user_columns": "SELECT entity, header, type FROM user_columns ORDER BY ALL",
        }
        return {name: self.rows(sql) for name, sql in asked.items()}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with open_base(tmp_path / "base.duckdb") as database:
        yield Base(database)


@pytest.fixture(scope="session")
def base_class() -> type[Base]:
    """For tests that open many bases of their own."""
    return Base


@pytest.fixture
def counts() -> Callable[[ImportReport], tuple[int, ...]]:
    """(read, new, updated, unchanged, merged, rejected) of an import."""

    def of(report: ImportReport) -> tuple[int, ...]:
        p = report.preview
        return (p.rows_read, p.new, p.updated, p.unchanged, p.merged, p.rejected)

    return of
